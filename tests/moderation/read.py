"""A return that the council has in hand, with evidence and a year before it: the steps that tests of reading share."""

from datetime import timedelta
from typing import Any

from haven.audits import services as audits
from haven.audits.models import Copy, Cycle, Return
from haven.audits.rules.life import Window
from haven.moderation import services
from haven.moderation.models import Feedback, Remark, Visit
from haven.moderation.queries.visits import visits_page
from haven.moderation.rules.sampling import Rule
from tests.audits.asked import answer, begun, opened, typed
from tests.audits.asked import answered as fully_answered
from tests.audits.sent import send
from tests.cast import NOW, TODAY, Cast

POLICY = b"Our child protection policy. " * 20
LAST_YEAR = Window(TODAY.replace(year=2025, month=1), TODAY.replace(year=2025), TODAY.replace(year=2026))


def with_file(cast: Cast, of: Return, question: str, content: bytes = POLICY, who: str = "priya") -> None:
    """Put a text file behind an answer."""
    file = ("policy.txt", content)
    asked: dict[str, Any] = {"question": question, "title": "Policy", "address": "", "file": file}
    audits.give_evidence(return_id=of.pk, **asked, by=cast.actor(who), at=NOW)


def in_hand(cast: Cast, cycle: Cycle | None = None, who: str = "priya") -> Return:
    """Oakfield’s return, sent with a file behind one of its three claims; Ashdown’s where Grace sends."""
    of = fully_answered(cast, begun(cast, cycle or opened(cast), who), who)
    with_file(cast, of, "lead-named", who=who)
    send(of)
    return again(of)


def with_year_before(cast: Cast, lived: str = "1") -> tuple[Cycle, Return]:
    """A cycle whose cycle before Oakfield answered: better on one question, worse on another. And what it sends now."""
    before = opened(cast, title="Last year", window=LAST_YEAR)
    old = fully_answered(cast, begun(cast, before))
    answer(cast, old, policy_read=typed("green", seen=1), policy_lived=typed("3", "Not lived.", seen=1))
    send(old)
    now = opened(cast, version=before.version, title="This year", before=before.pk)
    of = begun(cast, now)
    fully_answered(cast, of)
    answer(
        cast, of, policy_read=typed("red", "Lost.", seen=9, by_on=TODAY), policy_lived=typed(lived, "As told.", seen=9)
    )
    send(of)
    return now, again(of)


def again(of: Return) -> Return:
    """The return as it stands now."""
    return Return.objects.select_related("cycle", "sheet", "organisation").get(pk=of.pk)


def copy_in_hand(of: Return) -> Copy:
    """The copy that stands."""
    return of.copies.get(lapsed_at__isnull=True)


def remarked(
    cast: Cast, of: Return, question: str = "lead-named", kind: str = "comment", words: str = "Well done."
) -> Remark:
    """A remark of Marcus on one answer."""
    asked = {"question": question, "kind": kind, "words": words}
    return services.remark_on(return_id=of.pk, **asked, by=cast.actor("marcus"), at=NOW)


def given(cast: Cast, of: Return, words: str = "A careful audit.", area_will: str = "A course.") -> Feedback:
    """Feedback of Marcus, with a promise."""
    said = {"words": words, "area_will": area_will}
    return services.give_feedback(return_id=of.pk, **said, by=cast.actor("marcus"), at=NOW)


def sent_back(cast: Cast, of: Return, words: str = "Say more.") -> Feedback:
    """The return sent back by Marcus."""
    return services.send_back(return_id=of.pk, words=words, area_will="", by=cast.actor("marcus"), at=NOW)


def visited(cast: Cast, of: Return) -> Visit:
    """A visit for which a day is planned."""
    by = cast.actor("marcus")
    visit = services.add_visit(return_id=of.pk, reason="A new head.", by=by, at=NOW)
    on = {"planned_on": TODAY + timedelta(days=7), "visitor": cast.people["marcus"].pk}
    return services.plan_visit(visit_id=visit.pk, **on, by=by, at=NOW)


def drawn(cast: Cast, cycle: Cycle, rule: Rule) -> list[Visit]:
    """The visits that a rule draws."""
    by = cast.actor("marcus")
    seen = visits_page(cycle_id=cycle.pk, rule=rule, by=by, on=TODAY).digest
    return services.draw_visits(cycle_id=cycle.pk, rule=rule, seen=seen, by=by, at=NOW)
