"""The e-mails of audits. They say that there is something to see, never what, and lead to the front page."""

from collections.abc import Mapping

from haven.kit.letters import something_to_see

LINES = {
    "opened": "{n} new: your school is asked to answer",
    "sign": "{n} waiting for your signature",
    "soon": "{n} with a deadline that is near",
    "chased": "{n} of which the council reminds you",
    "sent-back": "{n} on which the council asks for more",
    "answered": "{n} with the council’s answer for you to read",
    "visit": "{n} with a visit, planned or written up",
    "moved": "{n} with a later deadline than before",
    "sent": "{n} sent: you can look at the receipt",
}


def news(*, to: str, counts: Mapping[str, int]) -> None:
    """Something has happened to an audit of somebody's school."""
    something_to_see(to=to, about="Safeguarding audits", lines=LINES, counts=counts)
