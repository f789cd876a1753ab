"""The e-mails of consultations. They say that there is something to see, never what, and lead to the front page."""

from collections.abc import Mapping

from haven.kit.letters import something_to_see

LINES = {
    "invited": "{n} new: your organisation’s view is asked for",
    "reminded": "{n} waiting for your organisation’s view, of which the council reminds you",
    "soon": "{n} waiting for your organisation’s view, closing soon",
    "moved": "{n} closing on another day than before",
    "sent": "{n} sent: you can read what was sent",
    "answered": "{n} answered",
    "unsent": "{n} closing soon, for which your area has recorded nothing as sent",
}


def news(*, to: str, counts: Mapping[str, int]) -> None:
    """Something has happened to a consultation that concerns somebody's organisation or area."""
    something_to_see(to=to, about="Consultations on guidance", lines=LINES, counts=counts)
