"""Looking at a version: all of it, as a given school is asked, beside another version, and as a file."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from haven.kit.sheets import as_excel
from haven.people.refusals import ActorRequest, or_not_there, there
from haven.questions.forms.templates import TryForm, answers_tried
from haven.questions.queries import drafting
from haven.questions.rules.differing import differences
from haven.questions.rules.packs import as_yaml
from haven.questions.rules.printing import COLUMNS, printed, printed_for, rows_of
from haven.questions.rules.showing import asked
from haven.questions.views.papers import as_file, as_word

PAGE = ["GET", "HEAD", "POST"]


@require_safe
@or_not_there
def version(request: ActorRequest, version_id: UUID) -> HttpResponse:
    """All of a version, to read and to print."""
    page = there(drafting.version_page(version_id=version_id, by=request.actor))
    return render(request, "questions/making/version.html", {"page": page, "parts": printed(page.outline)})


@require_http_methods(PAGE)
@or_not_there
def preview(request: ActorRequest, version_id: UUID) -> HttpResponse:
    """What one school is asked. Answers are tried to see what they show, and kept nowhere."""
    page = there(drafting.version_page(version_id=version_id, by=request.actor))
    schools = drafting.schools_to_try(by=request.actor, on=timezone.localdate())
    form = TryForm(request.GET, outline=page.outline, schools=schools)
    there(form.is_valid() or None)
    tried = answers_tried(page.outline, request.POST)
    shown = {question.key for question in asked(page.outline, form.tried, tried)}
    parts = printed_for(page.outline, shown, tried)
    context = {"page": page, "form": form, "parts": parts, "count": len(shown), "governing": page.outline.governing}
    return render(request, "questions/making/preview.html", context)


@require_safe
@or_not_there
def compared(request: ActorRequest, version_id: UUID, other_id: UUID) -> HttpResponse:
    """What a version says otherwise than another of the same questionnaire, or than the one it was copied from."""
    page = there(drafting.version_page(version_id=version_id, by=request.actor))
    other = there(drafting.version_page(version_id=other_id, by=request.actor))
    found = differences(page.content, other.content)
    return render(request, "questions/making/differences.html", {"page": page, "other": other, "found": found})


@require_safe
@or_not_there
def taken_away(request: ActorRequest, version_id: UUID, kind: str) -> HttpResponse:
    """A version as a file: to bring in elsewhere, as a table, or as a document."""
    page = there(drafting.version_page(version_id=version_id, by=request.actor))
    name = f"{page.version.template.key}-{page.version.number}"
    if kind == "yaml":
        return as_file(f"{name}.yaml", "application/yaml", as_yaml(page.content).encode())
    if kind == "xlsx":
        return as_excel(name, COLUMNS, rows_of(page.outline))
    return as_word(name, page.version, page.outline)
