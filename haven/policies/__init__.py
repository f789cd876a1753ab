"""The policies a school has adopted: registered, approved, reviewed, and what each rests on in guidance.

A policy is a school's document here. Its room `policy`, as in every capability, says who may.
"""
