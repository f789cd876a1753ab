"""The screens of school policies: the register, one policy, its versions, what it rests on, and the lead's picture."""
