"""The words of an edition: its file is given and read into clauses, or taken away."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.engines.compare.clauses import Clause as ReadClause
from haven.engines.compare.clauses import Edition as ReadEdition
from haven.engines.compare.safely import open_safely
from haven.engines.documents.refusal import Unreadable
from haven.files.services import forget_file, store_file
from haven.guidance.models import Clause, Document, Edition
from haven.guidance.models.clauses import LONGEST_NUMBER, WordsOf
from haven.guidance.policy import may_give_file, read_by
from haven.guidance.queries.changing import edition_for_file
from haven.guidance.rules.fingerprints import cover_digest, differing, key_of, words_digest
from haven.guidance.rules.spelling import plain_spelling
from haven.ledger.services import record

MOST_CLAUSES = 20_000
TOO_LONG = "This file has more than 20,000 paragraphs. Give its parts as editions of their own."
KEPT_ELSEWHERE = "This very file is kept already, as “{label}” of “{title}”."
OTHER_WORDS = (
    "This edition has a file already, and its words differ: {new} {new_noun} stand only in the file you chose, {old} "
    "only in the one that is kept. Where a text was changed under the same cover, add it as an edition of its own."
)
SAME_WORDS = "This edition has a file with the very same words already, so yours was not kept."
NOTHING_KEPT = "This edition has no file."
COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)[^.;|]{0,20}\b(?:19|20)\d\d\b|\bcopyright (?:19|20)\d\d\b", re.IGNORECASE)
COPYRIGHT_STANDS_IN = 80  # clauses from either end
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Given:
    """What became of a file. `same_cover` are editions whose cover has the same words and whose text has not."""

    edition: Edition
    is_new: bool
    same_cover: tuple[Edition, ...] = ()
    same_words: tuple[Edition, ...] = ()


def give_file(*, edition_id: UUID, name: str, content: bytes, by: Actor, at: datetime) -> Given:
    """Keep an edition's file and read it into clauses. The very file it has already changes nothing.

    Raises `Refused`, with advice, for a file that cannot be read or kept, for one that another edition has, and for one
    whose words differ from those that the edition has.
    """
    edition = Edition.objects.select_related("document").get(pk=edition_id)
    require(may_give_file(by, edition))
    if edition.sha256 == _digest_of(content):
        return Given(edition, is_new=False)
    try:
        read = open_safely(name, content)
    except Unreadable as unreadable:
        raise Refused(Reason.UNFIT_FILE, _sentence(unreadable)) from unreadable
    return give_reading(edition_id=edition_id, read=read, name=name, content=content, by=by, at=at)


@transaction.atomic
def give_reading(*, edition_id: UUID, read: ReadEdition, name: str, content: bytes, by: Actor, at: datetime) -> Given:
    """Keep an edition's file whose clauses have been read already. Raises `Refused` likewise."""
    edition = edition_for_file(edition_id=edition_id, by=by)
    if edition.sha256 == _digest_of(content):  # the same form, sent twice at one moment
        return Given(edition, is_new=False)
    _require_new(edition, read, content, by)
    file = store_file(name=name, content=content, by=by, at=at)
    edition.file, edition.sha256, edition.given_at = file, file.sha256, at
    edition.given_for_id = edition.document.area_id or min(by.leads, key=str)
    _describe(edition, read.clauses)
    edition.save()
    _keep_clauses(edition, read.clauses)
    given = _compared_with_others(edition)
    about = {
        "edition": edition.pk,
        "area": edition.given_for_id,
        "sha256": edition.sha256,
        "clauses": len(read.clauses),
    }
    record("guidance.file_given", by=by, at=at, about=about | {"same_cover": [each.pk for each in given.same_cover]})
    return given


@transaction.atomic
def remove_file(*, edition_id: UUID, by: Actor, at: datetime) -> Edition:
    """Keep an edition's file and its clauses no longer."""
    edition = edition_for_file(edition_id=edition_id, by=by)
    file = edition.file
    if file is None:
        raise Refused(Reason.WRONG_STATE, NOTHING_KEPT)
    area = edition.given_for_id
    edition.clauses.all().delete()
    edition.file, edition.given_for_id, edition.given_at = None, None, None
    edition.sha256 = edition.words_digest = edition.cover_digest = ""
    edition.clause_count = 0
    edition.save()
    forget_file(file_id=file.pk, by=by, at=at)
    record("guidance.file_removed", by=by, at=at, about={"edition": edition.pk, "area": area})
    return edition


def _require_new(edition: Edition, read: ReadEdition, content: bytes, by: Actor) -> None:
    """Raises `Refused` where the edition has words already, or another edition that she may read has this file."""
    if len(read.clauses) > MOST_CLAUSES:
        raise Refused(Reason.UNFIT_FILE, TOO_LONG)
    if edition.file_id:
        raise Refused(Reason.UNFIT_FILE, _how_it_differs(edition, read.clauses))
    seen = Edition.objects.filter(document__in=Document.objects.filter(read_by(by)))
    twin = seen.filter(sha256=_digest_of(content)).select_related("document").first()
    if twin is not None:
        raise Refused(Reason.UNFIT_FILE, KEPT_ELSEWHERE.format(label=twin.label, title=twin.document.title))


def _how_it_differs(edition: Edition, clauses: Sequence[ReadClause]) -> str:
    kept = list(edition.clauses.order_by("place").values_list("key", flat=True))
    found = differing(kept, [key_of(clause) for clause in clauses])
    if not found.only_old and not found.only_new:
        return SAME_WORDS
    noun = "paragraph" if len(found.only_new) == 1 else "paragraphs"
    return OTHER_WORDS.format(new=len(found.only_new), new_noun=noun, old=len(found.only_old))


def _describe(edition: Edition, clauses: Sequence[ReadClause]) -> None:
    """What the file itself tells of its edition; what was known before stays."""
    edition.clause_count = len(clauses)
    edition.words_digest = words_digest(key_of(clause) for clause in clauses)
    edition.cover_digest = cover_digest(clauses)
    edition.pages = edition.pages or max((clause.page or 0 for clause in clauses), default=0) or None
    edition.copyright_line = edition.copyright_line or _copyright_line(clauses)


def _copyright_line(clauses: Sequence[ReadClause]) -> str:
    places = [*clauses[:COPYRIGHT_STANDS_IN], *clauses[-COPYRIGHT_STANDS_IN:]]
    lines = (match[0] for clause in places if (match := COPYRIGHT.search(clause.text)))
    return next(lines, "")[:300]


def _keep_clauses(edition: Edition, clauses: Sequence[ReadClause]) -> None:
    Clause.objects.bulk_create(
        (
            Clause(
                edition=edition,
                place=place,
                number=(clause.number or "")[:LONGEST_NUMBER],
                heading=list(clause.heading),
                text=clause.text,
                key=key_of(clause),
                page=clause.page,
                kind=clause.kind.value,
                search=WordsOf(plain_spelling(clause.text)),
            )
            for place, clause in enumerate(clauses, start=1)
        ),
        batch_size=BATCH,
    )


def _compared_with_others(edition: Edition) -> Given:
    others = Edition.objects.filter(document=edition.document_id).exclude(pk=edition.pk)
    same_words = tuple(others.filter(words_digest=edition.words_digest))
    same_cover = tuple(others.filter(cover_digest=edition.cover_digest).exclude(words_digest=edition.words_digest))
    return Given(edition, is_new=True, same_cover=same_cover, same_words=same_words)


def _digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _sentence(unreadable: Unreadable) -> str:
    line = unreadable.line.rstrip(".")
    return f"This file cannot be read: {line}."
