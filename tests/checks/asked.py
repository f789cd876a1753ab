"""Checks about children of Fairhaven, all invented, and what is asked and answered in them."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from haven.access.decision import Refused
from haven.checks.models import Ask, Check
from haven.checks.rules.bands import Band
from haven.checks.services import NewCheck, ask, save_part, send_answer
from haven.subjects.models import Subject, Told
from haven.subjects.rules.naming import Identity
from haven.subjects.services import teach_at_home
from tests.behind import behind
from tests.cast import BEGAN, NOW, Cast
from tests.people.seen import enrol
from tests.subjects.known import ISLA, JONAH, child, looked_for

ATTENDANCE = "How often has the child been at school this year?"
TEACHING = "How is the child taught?"
HEALTH = "What is the child being seen for?"
PROMPTS = {
    "format": "haven-check-prompts/1",
    "version": "2026-1",
    "source": "made up for the tests",
    "prompts": {
        "school": [{"key": "attendance", "words": ATTENDANCE}],
        "council": [{"key": "teaching", "words": TEACHING}],
        "health": [{"key": "seen", "words": HEALTH}],
    },
}
QUESTIONS = (
    {"key": "attendance", "words": ATTENDANCE, "kind": "school"},
    {"key": "teaching", "words": TEACHING, "kind": "council"},
    {"key": "seen", "words": HEALTH, "kind": "health"},
)
CONCERN = "Bruises that nobody can explain"
SOON = NOW + timedelta(minutes=20)
LATER = NOW + timedelta(hours=2)


def new(cast: Cast, agencies: dict[UUID, set[UUID]], **said) -> NewCheck:
    """A check to be asked. `agencies` maps an agency to the children it is asked about."""
    made = NewCheck(
        check=uuid4(),
        area=cast.area.pk,
        reference="FH-1017",
        band=Band.RED,
        concern=CONCERN,
        needs_for_task=True,
        told=Told.YES,
        agencies=agencies,
        questions=QUESTIONS,
    )
    return replace(made, **said)


def at_home(cast: Cast, identity: Identity = ISLA) -> Subject:
    """A child whom the police have named, who is taught at home in Fairhaven."""
    made = child(cast, identity)
    teach_at_home(subject_id=made.pk, area_id=cast.area.pk, starts_on=BEGAN, by=cast.actor("bell"), at=NOW)
    return made


def look_up(cast: Cast, who: str, at=NOW) -> None:
    """Look up both children, where she may, so that she can ask about them."""
    with suppress(Refused):
        for identity in (JONAH, ISLA):
            looked_for(cast, who, identity, at)


def asked(cast: Cast, subject, *places, who: str = "mina", at=NOW, **said) -> Check:
    """A check about one child, who was looked up, asked of these."""
    look_up(cast, who, at)
    return ask(new=new(cast, {place.pk: {subject.pk} for place in places}, **said), by=cast.actor(who), at=at)


def ask_of(check: Check, place) -> Ask:
    """What one agency is asked in it."""
    with behind():
        return check.asks.select_related("thread__of").get(agency=place)


def written(cast: Cast, row: Ask, who: str, words: str, *, key: str = "attendance", seen=None, at=SOON):
    """A part of an answer."""
    return save_part(part_id=uuid4(), ask_id=row.pk, key=key, words=words, seen=seen, by=cast.actor(who), at=at)


def answered(cast: Cast, row: Ask, who: str, words: str, *, key: str = "attendance", seen=None, at=SOON) -> Ask:
    """An answer, written and sent."""
    written(cast, row, who, words, key=key, seen=seen, at=at)
    return send_answer(ask_id=row.pk, by=cast.actor(who), at=at)


def furnished(cast: Cast) -> Check:
    """For the table of addresses: a check that Marcus has asked of Oakfield."""
    enrol(cast.priya)
    check = asked(cast, child(cast, JONAH, cast.oakfield), cast.oakfield, who="marcus")
    cast.priya.authenticator_set.all().delete()
    return check


def again(row):
    """The row as it stands now."""
    with behind():
        row.refresh_from_db()
    return row


def count(rows) -> int:
    """How many there are, whoever may see them."""
    with behind():
        return rows.count()
