"""The reader’s pages: what waits to be read, a copy that was sent, and the files behind it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from haven.audits.queries.heads import head_of
from haven.files.queries import open_file
from haven.files.serving import as_attachment
from haven.moderation import services
from haven.moderation.forms.reading import RemarkForm
from haven.moderation.queries.reading import ReadLine, ReadPage, outline_of, read_page, return_overseen
from haven.moderation.queries.toread import next_to_read, oldest_to_read, to_read, unread_count
from haven.people.refusals import ActorRequest, or_not_there, there
from haven.questions.queries.supports import words_in


@require_safe
@or_not_there
def waiting(request: ActorRequest) -> HttpResponse:
    """What was sent and waits to be read, the oldest first."""
    return render(request, "moderation/to_read.html", {"seen": to_read(by=request.actor)})


@require_safe
@or_not_there
def oldest(request: ActorRequest) -> HttpResponse:
    """The oldest that nobody has read yet."""
    to_read(by=request.actor)
    of = oldest_to_read(by=request.actor)
    return redirect("moderation:read", of.pk) if of else redirect("moderation:to-read")


@require_safe
@or_not_there
def read(request: ActorRequest, return_id: UUID) -> HttpResponse:
    """A copy as a whole: its figures, what to look at first, its sections, its plan."""
    page = _opened(request, return_id)
    onwards = next_to_read(by=request.actor, but=return_id)
    context = {"onwards": onwards, "waiting": unread_count(by=request.actor)}
    return render(request, "moderation/read.html", _context(request, page) | context)


@require_safe
@or_not_there
def section(request: ActorRequest, return_id: UUID, key: str) -> HttpResponse:
    """One section of a copy, answer by answer, with a place to say something to each."""
    page = _opened(request, return_id)
    places = [each.section.key for each in page.sections]
    if key not in places:
        raise Http404
    place = places.index(key)
    context = {
        "part": page.sections[place],
        "place": place + 1,
        "before": page.sections[place - 1] if place else None,
        "after": page.sections[place + 1] if place + 1 < len(places) else None,
        "rows": [(line, _remark_form(line)) for line in page.in_section(key)],
    }
    return render(request, "moderation/read_section.html", _context(request, page) | context)


@require_safe
@or_not_there
def file(request: ActorRequest, return_id: UUID, support_id: UUID) -> HttpResponse:
    """A file behind an answer, to be saved; that it was opened is noted."""
    by, at = request.actor, timezone.now()
    support = services.open_evidence(return_id=return_id, support_id=support_id, by=by, at=at)
    return as_attachment(there(open_file(file_id=there(support.file_id))))


@require_safe
@or_not_there
def words(request: ActorRequest, return_id: UUID, support_id: UUID) -> HttpResponse:
    """The words of a file behind an answer, without saving it; that it was opened is noted."""
    by, at = request.actor, timezone.now()
    support = services.open_evidence(return_id=return_id, support_id=support_id, by=by, at=at)
    opened = there(open_file(file_id=there(support.file_id)))
    of = return_overseen(return_id=return_id, by=by)
    context = {
        "of": of,
        "support": support,
        "section": outline_of(of).section_of[support.question],
        "text": words_in(opened, on=timezone.localdate()),
    }
    return render(request, "moderation/read_words.html", context)


def _opened(request: ActorRequest, return_id: UUID) -> ReadPage:
    services.note_reading(return_id=return_id, by=request.actor, at=timezone.now())
    return read_page(return_id=return_id, by=request.actor, today=timezone.localdate())


def _context(request: ActorRequest, page: ReadPage) -> dict[str, object]:
    return {"page": page, "of": page.of, "head": head_of(page.of, by=request.actor, on=timezone.localdate())}


def _remark_form(line: ReadLine) -> RemarkForm:
    return RemarkForm(auto_id=f"{line.question.key}-%s", initial={"question": line.question.key})
