"""No time limit on a single example: a busy machine is not a wrong answer."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
