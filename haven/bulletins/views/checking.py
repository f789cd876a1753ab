"""A draft: adding a note, checking its items, setting up, previewing, publishing."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.bulletins import services
from haven.bulletins.forms.items import AddForm
from haven.bulletins.forms.notes import NoteForm, SettingsForm, WordsForm, typed_again
from haven.bulletins.models import Bulletin
from haven.bulletins.queries import checking, previews
from haven.bulletins.queries.drafts import areas_led
from haven.bulletins.rules.showing import day
from haven.files.serving import as_attachment
from haven.people.refusals import ActorRequest, done, gained, or_not_there, status

PAGE = ["GET", "HEAD", "POST"]


@require_safe
@or_not_there
def drafts(request: ActorRequest) -> HttpResponse:
    """What is still being checked."""
    areas_led(by=request.actor)
    return render(request, "bulletins/drafts.html", {"drafts": checking.drafts_of(by=request.actor)})


@require_http_methods(PAGE)
@or_not_there
def add(request: ActorRequest) -> HttpResponse:
    """Drop a file or paste the words."""
    areas = areas_led(by=request.actor)
    form = NoteForm(request.POST or None, request.FILES or None, areas=areas)
    if bulletin := gained(form, lambda: _added(form, request)):
        return redirect("bulletins:check", bulletin.pk)
    return render(request, "bulletins/add.html", {"form": form}, status=status(form))


@require_safe
@or_not_there
def check(request: ActorRequest, bulletin_id: UUID) -> HttpResponse:
    """The note with its marks beside the list of its items."""
    page = checking.checking_page(bulletin_id=bulletin_id, by=request.actor)
    bulletin = page.bulletin
    if not bulletin.is_draft:
        return onwards(bulletin)
    if bulletin.note.unreadable:
        return render(request, "bulletins/unreadable.html", {"bulletin": bulletin, "form": WordsForm()})
    context = {
        "page": page,
        "bulletin": bulletin,
        "form": AddForm(),
        "twin": checking.published_twin(bulletin=bulletin),
    }
    return render(request, "bulletins/check.html", context)


@require_POST
@or_not_there
def give_words(request: ActorRequest, bulletin_id: UUID) -> HttpResponse:
    """Paste what Haven could not read."""
    form = WordsForm(request.POST)
    by, at = request.actor, timezone.now()
    given = gained(
        form,
        lambda: services.give_words(bulletin_id=bulletin_id, words=form.cleaned_data["words"], by=by, at=at),
    )
    if given:
        return redirect("bulletins:check", bulletin_id)
    bulletin = checking.bulletin_to_prepare(bulletin_id=bulletin_id, by=by)
    return render(request, "bulletins/unreadable.html", {"bulletin": bulletin, "form": form}, status=status(form))


@require_safe
@or_not_there
def file(request: ActorRequest, bulletin_id: UUID) -> HttpResponse:
    """The note's file as it came in."""
    opened = checking.file_of(bulletin_id=bulletin_id, by=request.actor)
    if opened is None:
        raise Http404
    return as_attachment(opened)


@require_http_methods(PAGE)
@or_not_there
def set_up(request: ActorRequest, bulletin_id: UUID) -> HttpResponse:
    """Title, type, audience, expiry, who may read it."""
    by, at = request.actor, timezone.now()
    bulletin = checking.bulletin_to_prepare(bulletin_id=bulletin_id, by=by)
    if not bulletin.is_draft:
        return onwards(bulletin)
    form = SettingsForm(
        request.POST or None, initial=typed_again(bulletin.settings), area=bulletin.area, on=timezone.localdate()
    )
    if gained(form, lambda: services.save_settings(bulletin_id=bulletin_id, settings=form.settings, by=by, at=at)):
        return redirect("bulletins:preview", bulletin_id)
    return render(request, "bulletins/settings.html", {"form": form, "bulletin": bulletin}, status=status(form))


@require_safe
@or_not_there
def preview(request: ActorRequest, bulletin_id: UUID) -> HttpResponse:
    """The bulletin exactly as each of its readers will see it, before it is published."""
    by, at = request.actor, timezone.now()
    bulletin = checking.bulletin_to_prepare(bulletin_id=bulletin_id, by=by)
    if not bulletin.is_draft:
        return onwards(bulletin)
    seen = previews.preview(bulletin_id=bulletin_id, chosen=request.GET.get("as", ""), by=by, at=at)
    context = {
        "preview": seen,
        "page": seen.page,
        "bulletin": bulletin,
        "waiting": checking.waiting_in(bulletin=bulletin),
        "twin": checking.published_twin(bulletin=bulletin),
    }
    return render(request, "bulletins/preview.html", context)


@require_POST
@or_not_there
def publish(request: ActorRequest, bulletin_id: UUID) -> HttpResponse:
    """Publish it."""
    bulletin = checking.bulletin_to_prepare(bulletin_id=bulletin_id, by=request.actor)
    if bulletin.published_at:
        when = timezone.localtime(bulletin.published_at)
        messages.info(request, f"You already published this, on {day(when)} at {when:%H:%M}. This is it.")
        return redirect("bulletins:show", bulletin_id)
    said = "Published. Each school has what it asks on its list, and is told by e-mail."
    by, at = request.actor, timezone.now()
    if done(request, lambda: services.publish(bulletin_id=bulletin_id, by=by, at=at), said):
        return redirect("bulletins:show", bulletin_id)
    return redirect("bulletins:preview", bulletin_id)


@require_http_methods(PAGE)
@or_not_there
def discard(request: ActorRequest, bulletin_id: UUID) -> HttpResponse:
    """Put a draft aside, after asking once."""
    by, at = request.actor, timezone.now()
    bulletin = checking.bulletin_to_prepare(bulletin_id=bulletin_id, by=by)
    if not bulletin.is_draft:
        return onwards(bulletin)
    if request.method == "POST":
        services.discard_bulletin(bulletin_id=bulletin_id, by=by, at=at)
        messages.success(request, "The draft was discarded.")
        return redirect("bulletins:drafts")
    return render(request, "bulletins/discard.html", {"bulletin": bulletin})


def onwards(bulletin: Bulletin) -> HttpResponse:
    """Where the pages of a draft lead once it was published, as for whoever goes back to them: to what became of it."""
    if not bulletin.published_at:
        raise Http404
    return redirect("bulletins:show", bulletin.pk)


def _added(form: NoteForm, request: ActorRequest) -> Bulletin:
    by, at, typed = request.actor, timezone.now(), form.cleaned_data
    if file := typed.get("file"):
        return services.add_note(area=form.place, name=file.name, content=file.read(), key=typed["key"], by=by, at=at)
    return services.add_words(area=form.place, words=typed["words"], key=typed["key"], by=by, at=at)
