"""The e-mails of intelligence. None says what was told, by whom, or even of what kind it is."""

from haven.kit.letters import something_to_see

ABOUT = "In Haven there is"
LINE = {"new": "{n} new for you or your organisation to look at"}


def something_new(*, to: str) -> None:
    """Something was told, sent or answered: to whoever is to look, in the same words whichever it is."""
    something_to_see(to=to, about=ABOUT, lines=LINE, counts={"new": 1})
