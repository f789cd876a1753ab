"""The e-mails of subjects. None names a child, a record, who keeps it or whoever broke the glass."""

from django.urls import reverse

from haven.kit.letters import something_to_see

GLASS = "{n} time that a record was opened in an emergency, for you to look at"
LATE = "{n} emergency opening of a record that nobody has looked at in time"
LENT = "{n} record that you may read for some days"


def lent(*, to: str) -> None:
    """Somebody was let in as a guest: that there is a record, and the page of hers that leads to it."""
    about = "In Haven there is"
    something_to_see(to=to, about=about, lines={"lent": LENT}, counts={"lent": 1}, path=reverse("subjects:lent"))


def glass_broken(*, to: str) -> None:
    """Somebody opened a record that was not hers: its owner and the privacy officer are told that there is one."""
    something_to_see(to=to, about="In Haven there is", lines={"glass": GLASS}, counts={"glass": 1})


def review_late(*, to: str) -> None:
    """A review of broken glass is late."""
    something_to_see(to=to, about="In Haven there is", lines={"late": LATE}, counts={"late": 1})
