"""A copy of a return: to read, and to take away as Word, PDF, spreadsheet or for a machine."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from haven.audits.queries.copies import CopyPage, copies_seen, copy_page
from haven.audits.queries.heads import head_of
from haven.audits.views.papers import (
    ANSWER_COLUMNS,
    PLAN_COLUMNS,
    answer_rows,
    copied_plan_rows,
    copy_paper,
    signature_rows,
)
from haven.engines.chain.hashing import canonical
from haven.engines.printing.pdf import to_pdf
from haven.engines.printing.word import to_word
from haven.files.queries import OpenedFile
from haven.files.rules.kinds import FileKind
from haven.files.serving import as_attachment
from haven.kit.sheets import as_workbook
from haven.people.refusals import ActorRequest, or_not_there

SIGNATURE_COLUMNS = ("Step", "Name", "Post", "When", "Words", "Digest")
JSON = "application/json"


@require_safe
@or_not_there
def show(request: ActorRequest, return_id: UUID, number: int) -> HttpResponse:
    """The whole copy."""
    page = copy_page(return_id=return_id, number=number, by=request.actor)
    head = head_of(page.of, by=request.actor, on=timezone.localdate())
    copies = copies_seen(page.of, request.actor)
    return render(request, "audits/copy.html", {"page": page, "of": page.of, "head": head, "copies": copies})


@require_safe
@or_not_there
def download(request: ActorRequest, return_id: UUID, number: int, kind: str) -> HttpResponse:
    """The whole copy as a file."""
    make = KINDS.get(kind)
    if make is None:
        raise Http404
    return make(copy_page(return_id=return_id, number=number, by=request.actor))


def _as_word(page: CopyPage) -> HttpResponse:
    return as_attachment(OpenedFile(f"{_named(page)}.docx", FileKind.WORD.value, to_word(copy_paper(page))))


def _as_pdf(page: CopyPage) -> HttpResponse:
    return as_attachment(OpenedFile(f"{_named(page)}.pdf", FileKind.PDF.value, to_pdf(copy_paper(page))))


def _as_excel(page: CopyPage) -> HttpResponse:
    told = page.told
    sheets = {
        "Answers": (ANSWER_COLUMNS, answer_rows(told)),
        "Plan": ((*PLAN_COLUMNS, "Taken out because"), copied_plan_rows(told)),
        "Signatures": (SIGNATURE_COLUMNS, signature_rows(page)),
    }
    return as_workbook(_named(page), sheets)


def _as_json(page: CopyPage) -> HttpResponse:
    """The very bytes that the digest is of."""
    return as_attachment(OpenedFile(f"{_named(page)}.json", JSON, canonical(page.copy.content).encode()))


def _named(page: CopyPage) -> str:
    urn = page.of.organisation.urn or "school"
    return f"audit-{page.of.cycle.school_year}-{urn}-copy-{page.copy.number}"


KINDS: Mapping[str, Callable[[CopyPage], HttpResponse]] = {
    "docx": _as_word,
    "pdf": _as_pdf,
    "xlsx": _as_excel,
    "json": _as_json,
}
