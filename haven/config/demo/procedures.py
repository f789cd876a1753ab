"""Fairhaven's own procedures in two editions: kept, compared, judged, and acted upon in part."""

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import yaml

from haven.access.actor import Actor
from haven.actions.queries.audiences import asking_as
from haven.actions.rules import ALL_SCHOOLS, EvidenceAsked, WantedAction
from haven.changes.queries.comparing import changes_named
from haven.changes.rules.comparing import Verdict
from haven.changes.services import ask_for_change, judge_change, keep_comparison
from haven.digests.queries.writing import ready_page
from haven.digests.rules.digests import DigestWords, Publication
from haven.digests.services import change_digest, draft_digest, publish_digest
from haven.engines.compare.changes import Change
from haven.engines.compare.opening.editions import open_edition
from haven.engines.compare.structure import edition_of
from haven.engines.days.moments import moment
from haven.guidance.models import Document, Edition
from haven.guidance.rules.facts import DocumentFacts, EditionFacts, Standing
from haven.guidance.rules.life import Days, Ending
from haven.guidance.services import add_document, add_edition, amend_edition, give_reading
from haven.people.models import Area

TEXTS = Path(__file__).parent / "guidance"
TITLE = "Safer schools in Fairhaven: local safeguarding procedures"
FACTS = DocumentFacts(
    title=TITLE,
    publisher="Fairhaven Safeguarding Children Partnership",
    standing=Standing.LOCAL,
    short_names=("Safer schools",),
    for_whom="Every school and college in the borough, and those who work with them",
)
EARLIER = Days(issued_on=date(2025, 7, 14), for_information_on=date(2025, 7, 14), in_force_on=date(2025, 9, 1))
LATER = Days(issued_on=date(2026, 7, 13), for_information_on=date(2026, 7, 13), in_force_on=date(2026, 9, 1))
ADDED_ON, JUDGED_ON, MORNING, NOON = date(2026, 7, 14), date(2026, 7, 16), time(10), time(12)


def furnish_procedures(area: Area, lead: Actor) -> Document:
    """Keep both editions with their words, and judge the later one as far as Marcus has come with it."""
    at = moment(ADDED_ON, MORNING)
    document = add_document(area=area, facts=FACTS, by=lead, at=at)
    old, new = (_edition(document, label, days, lead, at) for label, days in (("2025", EARLIER), ("2026", LATER)))
    ended = replace(EARLIER, ended_on=LATER.in_force_on, ending=Ending.SUPERSEDED)
    facts = replace(old.facts, days=ended, superseded_by=new.pk)
    amend_edition(edition_id=old.pk, facts=facts, by=lead, at=at)
    keep_comparison(old_id=old.pk, new_id=new.pk, by=lead, at=at)
    _judge(area, old, new, lead, moment(JUDGED_ON, MORNING))
    _tell(area, old, new, lead, moment(JUDGED_ON, NOON))
    return document


def _edition(document: Document, label: str, days: Days, lead: Actor, at: datetime) -> Edition:
    facts = EditionFacts(label=label, days=days)
    edition = add_edition(document_id=document.pk, facts=facts, by=lead, at=at)
    file = TEXTS / f"{label}.md"
    content = file.read_bytes()
    name = f"safer-schools-{file.name}"
    read = edition_of(open_edition(name, content))
    return give_reading(edition_id=edition.pk, read=read, name=name, content=content, by=lead, at=at).edition


def _judge(area: Area, old: Edition, new: Edition, lead: Actor, at: datetime) -> None:
    named = changes_named(old=old, new=new)
    asked_by = asking_as(area=area.pk, by=lead)
    for judged in yaml.safe_load((TEXTS / "judged.yaml").read_text()):
        ref = next(ref for ref, change in named.items() if _begins(change, judged["begins"]))
        place: dict[str, Any] = {"old_id": old.pk, "new_id": new.pk, "ref": ref, "area_id": area.pk}
        words = " ".join(judged.get("words", "").split())
        judge_change(**place, verdict=Verdict(judged["verdict"]), words=words, by=lead, at=at)
        if asked := judged.get("ask"):
            wanted = WantedAction(
                what=asked["what"],
                detail=asked.get("detail", ""),
                asked_by=asked_by,
                audience=(ALL_SCHOOLS,),
                due_on=asked["due"],
                evidence=EvidenceAsked(asked["evidence"]),
            )
            ask_for_change(**place, wanted=wanted, by=lead, at=at)


def _tell(area: Area, old: Edition, new: Edition, lead: Actor, at: datetime) -> None:
    """The page for schools, written from what was judged, and published for everybody."""
    words = yaml.safe_load((TEXTS / "told.yaml").read_text())
    digest = draft_digest(old_id=old.pk, new_id=new.pk, area_id=area.pk, by=lead, at=at)
    change_digest(digest_id=digest.pk, words=DigestWords(**words), revision=digest.revision, by=lead, at=at)
    seen = ready_page(digest_id=digest.pk, by=lead, on=JUDGED_ON).seen
    wish = Publication(audience=(ALL_SCHOOLS,), seen=seen, is_public=True, has_letter=False)
    publish_digest(digest_id=digest.pk, wish=wish, by=lead, at=at)


def _begins(change: Change, words: str) -> bool:
    return any(clause.text.startswith(words) for clause in (*change.new, *change.old))
