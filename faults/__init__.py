"""Does harm to a running Haven on purpose, and counts afterwards what was lost: `./run faults`.

It stands outside: it starts the house as an installation does, sends as a police force's program does, keeps every
receipt in a file of its own, and kills. What it finds it compares with the database as its superuser sees it.
"""
