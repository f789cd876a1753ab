"""The editions of an area's own documents: what is known of each, and that one no longer holds."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.engines.days.moments import local_day
from haven.guidance.models import Document, Edition, Promise
from haven.guidance.policy import read_by
from haven.guidance.queries.changing import document_for_update, edition_for_update
from haven.guidance.rules.facts import EditionFacts, faults_of_edition, same_name
from haven.guidance.rules.life import Ending
from haven.guidance.rules.showing import standing_in_words
from haven.ledger.services import record

STRANGE_EDITION = "Choose an edition of this document, and not this edition itself."
STRANGE_DOCUMENT = "Choose another document."
SAY_WHY = "Say why it is withdrawn."
ENDED_BEFORE = "This edition has ended already."
KNOWN = (
    "This document has an edition “{label}” already: {standing}. If this is the same one, open that one. If a text was "
    "changed under the same cover, give this one a label that differs, such as “{label} (second version)”."
)


@transaction.atomic
def add_edition(*, document_id: UUID, facts: EditionFacts, by: Actor, at: datetime) -> Edition:
    """Add an edition of an area's own document."""
    document = document_for_update(document_id=document_id, by=by)
    edition = Edition(document=document)
    _require_sound(edition, facts, by)
    _require_new_label(edition, facts, local_day(at))
    edition.take(facts)
    _note_promise(edition, local_day(at))
    about = {"edition": edition.pk, "document": document.pk, "area": document.area_id}
    record("guidance.edition_added", by=by, at=at, about=about)
    return edition


@transaction.atomic
def amend_edition(*, edition_id: UUID, facts: EditionFacts, by: Actor, at: datetime) -> Edition:
    """Let something else be known of an edition. A day that is promised anew leaves the one before in its history."""
    edition = edition_for_update(edition_id=edition_id, by=by)
    before = edition.facts
    _require_sound(edition, facts, by)
    _require_new_label(edition, facts, local_day(at))
    edition.take(facts)
    if facts.days.expected_on != before.days.expected_on:
        _note_promise(edition, local_day(at))
    about = {"edition": edition.pk, "document": edition.document_id, "area": edition.document.area_id}
    record("guidance.edition_amended", by=by, at=at, about=about)
    return edition


@transaction.atomic
def withdraw_edition(*, edition_id: UUID, on: date, why: str, by: Actor, at: datetime) -> Edition:
    """Let an edition hold no longer from a day on, and say why."""
    edition = edition_for_update(edition_id=edition_id, by=by)
    if edition.ending:
        raise Refused(Reason.WRONG_STATE, ENDED_BEFORE)
    if not why.strip():
        raise Refused(Reason.NOT_READY, SAY_WHY)
    days = replace(edition.days, ended_on=on, ending=Ending.WITHDRAWN)
    facts = replace(edition.facts, days=days, ended_why=why.strip())
    _require_sound(edition, facts, by)
    edition.take(facts)
    about = {"edition": edition.pk, "document": edition.document_id, "area": edition.document.area_id}
    record("guidance.edition_withdrawn", by=by, at=at, about=about, why=why.strip())
    return edition


def _require_sound(edition: Edition, facts: EditionFacts, by: Actor) -> None:
    if wrong := faults_of_edition(facts):
        raise Refused(Reason.NOT_READY, " ".join(wrong))
    if facts.superseded_by and (
        facts.superseded_by == edition.pk
        or not Edition.objects.filter(pk=facts.superseded_by, document=edition.document_id).exists()
    ):
        raise Refused(Reason.NOT_ASKABLE, STRANGE_EDITION)
    others = Document.objects.filter(read_by(by)).exclude(pk=edition.document_id)
    if facts.absorbed_into and not others.filter(pk=facts.absorbed_into).exists():
        raise Refused(Reason.NOT_ASKABLE, STRANGE_DOCUMENT)


def _require_new_label(edition: Edition, facts: EditionFacts, today: date) -> None:
    others = Edition.objects.filter(document=edition.document_id).exclude(pk=edition.pk)
    twin = next((each for each in others if same_name(each.label, facts.label)), None)
    if twin:
        standing = standing_in_words(twin.days, twin.said, today)
        said = KNOWN.format(label=twin.label, standing=standing[:1].lower() + standing[1:])
        raise Refused(Reason.NOT_READY, said)


def _note_promise(edition: Edition, today: date) -> None:
    if edition.expected_on:
        said = str(edition.said.get("expected_on", ""))
        wanted = {"expected_on": edition.expected_on, "said": said}
        Promise.objects.update_or_create(edition=edition, noted_on=today, defaults=wanted)
