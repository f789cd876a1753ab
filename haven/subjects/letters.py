"""The e-mails of subjects. None names a child, a record or whoever broke the glass."""

from haven.kit.letters import something_to_see

GLASS = "{n} time that a record was opened in an emergency, for you to look at"
LATE = "{n} emergency opening of a record that nobody has looked at in time"


def glass_broken(*, to: str) -> None:
    """Somebody opened a record that was not hers: its owner and the privacy officer are told that there is one."""
    something_to_see(to=to, about="In Haven there is", lines={"glass": GLASS}, counts={"glass": 1})


def review_late(*, to: str) -> None:
    """A review of broken glass is late."""
    something_to_see(to=to, about="In Haven there is", lines={"late": LATE}, counts={"late": 1})
