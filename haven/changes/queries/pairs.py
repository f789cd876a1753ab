"""What the pages of two files of somebody's own show: how far it has come, every change, and where they can be kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Q

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.changes.models import Pair, found_in
from haven.changes.policy import may_compare_files
from haven.changes.queries.told import (
    CHANGES_A_PAGE,
    ChangeLine,
    Lane,
    Looked,
    Part,
    Told,
    lanes_of,
    parts_shown,
)
from haven.changes.rules.comparing import Concern
from haven.changes.rules.pairs import SLOW_AFTER, File, labels_of, likeliest, unbundled
from haven.engines.compare.changes import ChangeKind
from haven.engines.compare.changes import Comparison as Found
from haven.engines.compare.clauses import Edition as ReadEdition
from haven.engines.compare.report import report_of
from haven.engines.compare.safely import open_safely
from haven.engines.compare.spreadsheet import ENCODING, csv_of
from haven.engines.compare.telling import amount_of, sameness_of
from haven.files.queries import OpenedFile
from haven.files.sealing import Sealed, unseal
from haven.guidance.models import Document, Edition
from haven.guidance.queries.pages import documents_read, in_order
from haven.people.models import Area


@dataclass(frozen=True, slots=True)
class Named:
    """One of the two files, as its changes name it."""

    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairPage:
    """Two files compared, of which one page of changes is listed."""

    id: UUID
    old: Named
    new: Named
    title: str
    amount: str
    sameness: str
    total: int
    warnings: tuple[str, ...]
    lanes: tuple[Lane, ...]
    parts: tuple[Part, ...]
    kinds: tuple[tuple[ChangeKind, int], ...]
    concerns: tuple[tuple[Concern, int], ...]
    shown: Page[int]
    lines: tuple[ChangeLine, ...]
    area: None = None  # nobody judges what is not kept


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the comparison of two files has come."""

    is_waiting: bool
    is_slow: bool = False
    old_fault: str = ""
    new_fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keepable:
    """Two files that may be kept, with the documents of which they may be editions."""

    old: ReadEdition
    new: ReadEdition
    old_label: str
    new_label: str
    title: str
    documents: tuple[Document, ...]
    areas: tuple[Area, ...]
    likeliest: Document | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The editions of a document that either file may be: without words as yet, or with this very file."""

    document: Document
    is_own: bool
    old: tuple[Edition, ...]
    new: tuple[Edition, ...]
    old_first: Edition | None
    new_first: Edition | None


def may_begin(*, by: Actor) -> None:
    """Raises `Refused` for who may compare no files of her own."""
    require(may_compare_files(by))


def progress_of(*, pair_id: UUID, at: datetime) -> Progress:
    """How far it has come."""
    pair = Pair.objects.only("state", "old_fault", "new_fault", "given_at").get(pk=pair_id)
    waits = pair.state == Pair.State.WAITING
    slow = waits and at - pair.given_at > SLOW_AFTER
    return Progress(is_waiting=waits, is_slow=slow, old_fault=pair.old_fault, new_fault=pair.new_fault)


def pair_page(*, pair_id: UUID, looked: Looked) -> PairPage:
    """Two files compared, with those of the changes that are looked for."""
    found = found_of(pair_id=pair_id)
    told = Told(found, {})
    shown = told.shown(looked)
    page = Paginator(shown, CHANGES_A_PAGE).get_page(looked.page)
    lanes = tuple(lanes_of(told))
    return PairPage(
        id=pair_id,
        old=Named(found.old.name),
        new=Named(found.new.name),
        title=found.new.title or found.old.title or "",
        amount=amount_of(found),
        sameness=sameness_of(found),
        total=len(found.changes),
        warnings=found.warnings,
        lanes=lanes,
        parts=tuple(parts_shown(told, [lane.kind for lane in lanes])),
        kinds=tuple((lane.kind, lane.count) for lane in lanes),
        concerns=told.concerned(),
        shown=page,
        lines=tuple(told.lines(list(page.object_list), shown)),
    )


def report_file(*, pair_id: UUID) -> OpenedFile:
    """The same as one page to keep, to send and to print."""
    content = report_of(found_of(pair_id=pair_id)).encode("utf-8", "replace")
    return OpenedFile("changes.html", "text/html; charset=utf-8", content)


def table_file(*, pair_id: UUID) -> OpenedFile:
    """The same as a table."""
    content = csv_of(found_of(pair_id=pair_id)).encode(ENCODING, "replace")
    return OpenedFile("changes.csv", "text/csv; charset=utf-8", content)


def found_of(*, pair_id: UUID) -> Found:
    """Every change between the two files. Raises `Pair.DoesNotExist` where it is not worked out."""
    pair = Pair.objects.defer("given", "given_key").get(pk=pair_id, state=Pair.State.DONE)
    sealed = Sealed(bytes(pair.found_key or b""), bytes(pair.found or b""))
    return found_in(unseal(sealed, file=found_name(pair.pk), secret=settings.FILE_KEY))


def files_of(*, pair_id: UUID) -> tuple[File, File]:
    """The two files as they were given."""
    pair = Pair.objects.only("given", "given_key").get(pk=pair_id)
    sealed = Sealed(bytes(pair.given_key), bytes(pair.given))
    return unbundled(unseal(sealed, file=pair.pk, secret=settings.FILE_KEY))


def found_name(pair_id: UUID) -> UUID:
    """To what the seal of a comparison is bound, so that it never opens in the place of the files."""
    return uuid5(pair_id, "found")


def keepable(*, pair_id: UUID, by: Actor) -> Keepable:
    """Two files that were compared, opened again to be kept. Raises `Refused` for who leads no area."""
    if not by.leads:
        raise Refused(Reason.NOT_THE_ROLE)
    found = found_of(pair_id=pair_id)
    old, new = (open_safely(*file) for file in files_of(pair_id=pair_id))
    documents = documents_read(by=by).filter(Q(area__isnull=True) | Q(area__in=by.leads), withdrawn_on__isnull=True)
    title, labels = new.title or old.title or "", labels_of(old, new)
    return Keepable(
        old=old,
        new=new,
        old_label=labels[0],
        new_label=labels[1],
        title=title,
        documents=tuple(documents),
        areas=tuple(Area.objects.filter(pk__in=by.leads).order_by("name")),
        likeliest=_named(title or found.new.name, list(documents)),
    )


def places_in(*, document: Document, kept: Keepable, digests: tuple[str, str], by: Actor) -> Places:
    """The editions of a document that either file may be, and those that their covers name."""
    editions = in_order(document.editions.all())
    old, new = ([each for each in editions if each.sha256 in ("", digest)] for digest in digests)
    return Places(
        document=document,
        is_own=document.area_id in by.leads,
        old=tuple(old),
        new=tuple(new),
        old_first=_first(old, kept.old_label, digests[0]),
        new_first=_first(new, kept.new_label, digests[1]),
    )


def _first(editions: Sequence[Edition], label: str, digest: str) -> Edition | None:
    very = next((each for each in editions if each.sha256 == digest), None)
    place = likeliest(label, [each.label for each in editions])
    return very or (editions[place] if place is not None else None)


def _named(title: str, documents: Sequence[Document]) -> Document | None:
    """The document whose title, or a short name of it, stands in the title of a file; the longest such."""
    said = title.casefold()
    named = [
        (len(name), document)
        for document in documents
        for name in (document.title, *document.short_names)
        if name.casefold() in said or (said and said == name.casefold()[: len(said)] and len(said) > 15)
    ]
    return max(named, key=lambda one: one[0])[1] if named else None
