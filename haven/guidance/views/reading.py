"""What holds and what is coming, one document, one edition with its clauses, and search in all of them."""

from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from haven.access.roles import SCHOOL_LEADS
from haven.files.queries import open_file
from haven.files.serving import as_attachment
from haven.guidance.forms.looking import ListForm, SearchForm
from haven.guidance.queries import clauses, pages, searching
from haven.people.refusals import ActorRequest, or_not_there, there

A_PAGE = 20
CLAUSES_A_PAGE = 500


@require_safe
@or_not_there
def index(request: ActorRequest) -> HttpResponse:
    """What is in force today, and what is coming."""
    form = ListForm(request.GET)
    seen = pages.overview(by=request.actor, on=timezone.localdate(), listed=form.listed)
    context = {"filter": form, "seen": seen, "leads": bool(request.actor.leads), "today": timezone.localdate()}
    return render(request, "guidance/index.html", context)


@require_safe
@or_not_there
def document(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """One document, its lineage as a picture and as a table."""
    page = pages.document_page(document_id=document_id, by=request.actor, on=timezone.localdate())
    return render(request, "guidance/document.html", {"page": page, "document": page.document})


@require_safe
@or_not_there
def edition(request: ActorRequest, edition_id: UUID) -> HttpResponse:
    """One edition: what is known of it, and its clauses to read."""
    page = pages.edition_page(edition_id=edition_id, by=request.actor, on=timezone.localdate())
    found = Paginator(pages.clauses_of(edition=page.edition), CLAUSES_A_PAGE).get_page(request.GET.get("page"))
    contents = [(clause, _address_of(edition_id, clause.place)) for clause in pages.contents_of(edition=page.edition)]
    shown, document = list(found.object_list), page.edition.document
    hanging = clauses.hanging_on(document=document, clauses=shown, by=request.actor, on=timezone.localdate())
    lines = [(clause, hanging.get(clause.place, ())) for clause in shown]
    context = {"page": page, "edition": page.edition, "found": found, "lines": lines, "contents": contents}
    return render(request, "guidance/edition.html", context)


@require_safe
@or_not_there
def clause(request: ActorRequest, edition_id: UUID, place: int) -> HttpResponse:
    """Where one clause stands: the address of a clause, however long its edition is."""
    found = pages.edition_to_read(edition_id=edition_id, by=request.actor)
    if not 1 <= place <= found.clause_count:
        raise Http404
    return redirect(_address_of(edition_id, place))


@require_safe
@or_not_there
def thread(request: ActorRequest, edition_id: UUID, place: int) -> HttpResponse:
    """One clause and everything that hangs on it."""
    page = clauses.clause_page(edition_id=edition_id, place=place, by=request.actor, on=timezone.localdate())
    context = {"page": page, "clause": page.clause, "edition": page.edition, "leads": bool(request.actor.leads)}
    context["keeps_policies"] = request.actor.holds(*SCHOOL_LEADS)
    return render(request, "guidance/thread.html", context)


@require_safe
@or_not_there
def file(request: ActorRequest, edition_id: UUID) -> HttpResponse:
    """The file of an edition, to be saved."""
    found = pages.edition_to_read(edition_id=edition_id, by=request.actor)
    opened = open_file(file_id=found.file_id) if found.file_id else None
    return as_attachment(there(opened))


@require_safe
@or_not_there
def search(request: ActorRequest) -> HttpResponse:
    """The clauses that have what is looked for."""
    by, on = request.actor, timezone.localdate()
    form = SearchForm(request.GET, by=by)
    number = _number(request.GET.get("page"))
    sought = form.sought
    start = (number - 1) * A_PAGE
    found = searching.clauses_found(by=by, on=on, sought=sought, start=start, size=A_PAGE)
    within = pages.edition_to_read(edition_id=form.within, by=by) if form.within else None
    page: Page[int] = Paginator(range(found.total), A_PAGE).get_page(number)
    context = {"search": form, "found": found, "page": page, "within": within, "words": sought.words}
    return render(request, "guidance/search.html", context)


def _address_of(edition: UUID, place: int) -> str:
    """The page of an edition on which a clause stands, and the clause on it."""
    page = (place - 1) // CLAUSES_A_PAGE + 1
    query = f"?page={page}" if page > 1 else ""
    return f"{reverse('guidance:edition', args=[edition])}{query}#clause-{place}"


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isdecimal() and 1 <= int(typed) <= 1000 else 1
