"""Keeping an area's own documents, and giving editions their files."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from haven.guidance import services
from haven.guidance.forms.keeping import (
    DocumentForm,
    EditionForm,
    FileForm,
    WithdrawDocumentForm,
    WithdrawForm,
    typed_document,
    typed_edition,
)
from haven.guidance.models import Document, Edition
from haven.guidance.queries import changing, pages
from haven.guidance.services.files import Given
from haven.people.refusals import ActorRequest, done, gained, or_not_there, status

PAGE = ["GET", "HEAD", "POST"]
ALREADY = "This very file is kept for this edition already. Nothing was changed."
READ = "Read: {count} paragraphs and headings."
SAME_COVER = "It has the same cover as “{label}”, but not the same words. Here is every word that differs."
SAME_WORDS = "It has the very same words as “{label}”."


@require_http_methods(PAGE)
@or_not_there
def add_document(request: ActorRequest) -> HttpResponse:
    """Add a document of the area's own."""
    by, at = request.actor, timezone.now()
    form = DocumentForm(request.POST or None, areas=changing.areas_led(by=by))
    made = gained(form, lambda: services.add_document(area=form.place, facts=form.facts, by=by, at=at))
    if made:
        return redirect("guidance:add-edition", made.pk)
    return render(request, "guidance/add_document.html", {"form": form}, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def amend_document(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Let something else be known of a document."""
    by, at = request.actor, timezone.now()
    document = changing.document_to_keep(document_id=document_id, by=by)
    form = DocumentForm(request.POST or None, initial=typed_document(document))
    if gained(form, lambda: services.amend_document(document_id=document_id, facts=form.facts, by=by, at=at)):
        messages.success(request, "Changed.")
        return redirect("guidance:document", document_id)
    context = {"form": form, "document": document}
    return render(request, "guidance/amend_document.html", context, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def withdraw_document(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Let a document of the area's own hold no longer, and say why."""
    by, at = request.actor, timezone.now()
    document = changing.document_to_keep(document_id=document_id, by=by)
    form = WithdrawDocumentForm(request.POST or None)
    if gained(form, lambda: services.withdraw_document(document_id=document_id, **form.cleaned_data, by=by, at=at)):
        messages.success(request, "Withdrawn, with every edition that had not ended. You can put it back.")
        return redirect("guidance:document", document_id)
    return render(request, "guidance/withdraw_document.html", {"form": form, "document": document}, status=status(form))


@require_POST
@or_not_there
def restore_document(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Put a withdrawn document back."""
    by, at = request.actor, timezone.now()
    said = "Put back. Its editions hold again by their dates."
    done(request, lambda: services.restore_document(document_id=document_id, by=by, at=at), said)
    return redirect("guidance:document", document_id)


@require_http_methods(PAGE)
@or_not_there
def add_edition(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Add an edition of a document."""
    by, at = request.actor, timezone.now()
    document = changing.document_to_keep(document_id=document_id, by=by)
    form = _edition_form(request, document, None)
    made = gained(form, lambda: services.add_edition(document_id=document_id, facts=form.facts, by=by, at=at))
    if made:
        return redirect("guidance:give-file", made.pk)
    context = {"form": form, "document": document}
    return render(request, "guidance/edition_form.html", context, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def amend_edition(request: ActorRequest, edition_id: UUID) -> HttpResponse:
    """Let something else be known of an edition."""
    by, at = request.actor, timezone.now()
    edition = changing.edition_to_keep(edition_id=edition_id, by=by)
    form = _edition_form(request, edition.document, edition)
    if gained(form, lambda: services.amend_edition(edition_id=edition_id, facts=form.facts, by=by, at=at)):
        messages.success(request, "Changed.")
        return redirect("guidance:edition", edition_id)
    context = {"form": form, "document": edition.document, "edition": edition}
    return render(request, "guidance/edition_form.html", context, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def withdraw_edition(request: ActorRequest, edition_id: UUID) -> HttpResponse:
    """Let an edition hold no longer, and say why."""
    by, at = request.actor, timezone.now()
    edition = changing.edition_to_keep(edition_id=edition_id, by=by)
    form = WithdrawForm(request.POST or None, initial={"on": timezone.localdate()})
    if gained(form, lambda: services.withdraw_edition(edition_id=edition_id, **form.cleaned_data, by=by, at=at)):
        messages.success(request, "Withdrawn.")
        return redirect("guidance:edition", edition_id)
    return render(request, "guidance/withdraw.html", {"form": form, "edition": edition}, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def give_file(request: ActorRequest, edition_id: UUID) -> HttpResponse:
    """Give an edition its file, and read it into clauses."""
    by, at = request.actor, timezone.now()
    edition = changing.edition_to_fill(edition_id=edition_id, by=by)
    form = FileForm(request.POST or None, request.FILES or None)
    if given := gained(form, lambda: _given(form, edition_id, request)):
        return _onwards(request, given)
    context = {"form": form, "edition": edition, "may_keep": edition.document.area_id in by.leads, "at": at}
    return render(request, "guidance/give_file.html", context, status=status(form))


@require_POST
@or_not_there
def remove_file(request: ActorRequest, edition_id: UUID) -> HttpResponse:
    """Take the file of an edition away, with its clauses."""
    by, at = request.actor, timezone.now()
    said = "The file was taken away. You can give another."
    done(request, lambda: services.remove_file(edition_id=edition_id, by=by, at=at), said)
    return redirect("guidance:edition", edition_id)


def _edition_form(request: ActorRequest, document: Document, edition: Edition | None) -> EditionForm:
    others = [each for each in pages.in_order(document.editions.all()) if edition is None or each.pk != edition.pk]
    documents = pages.documents_read(by=request.actor).exclude(pk=document.pk)
    initial = typed_edition(edition) if edition else {}
    return EditionForm(request.POST or None, initial=initial, others=others, documents=list(documents))


def _given(form: FileForm, edition_id: UUID, request: ActorRequest) -> Given:
    file = form.cleaned_data["file"]
    by, at = request.actor, timezone.now()
    return services.give_file(edition_id=edition_id, name=file.name, content=file.read(), by=by, at=at)


def _onwards(request: ActorRequest, given: Given) -> HttpResponse:
    """To every change at once where the cover hides some, else to what was read."""
    edition = given.edition
    if not given.is_new:
        messages.info(request, ALREADY)
        return redirect("guidance:edition", edition.pk)
    said = READ.format(count=f"{edition.clause_count:,}")
    if given.same_words:
        messages.info(request, f"{said} {SAME_WORDS.format(label=given.same_words[0].label)}")
        return redirect("guidance:edition", edition.pk)
    if given.same_cover:
        other = pages.in_order(given.same_cover)[-1]
        messages.warning(request, SAME_COVER.format(label=other.label))
        return redirect("changes:comparison", *(each.pk for each in pages.in_order((other, edition))))
    messages.success(request, said)
    return redirect("guidance:edition", edition.pk)
