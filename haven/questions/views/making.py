"""Making a draft: its page, a small form for each thing in it, moving, taking out, undoing, releasing, discarding."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.access.decision import Reason, Refused
from haven.people.refusals import ActorRequest, done, gained, or_not_there, status, there
from haven.questions import services
from haven.questions.forms.draft_questions import (
    LawForm,
    MoreForm,
    NewQuestionForm,
    QuestionForm,
    ShownForm,
    WhomForm,
)
from haven.questions.forms.drafts import (
    AboutForm,
    DraftForm,
    NewSectionForm,
    PartForm,
    PasteForm,
    PlaceForm,
    ScaleForm,
    SectionForm,
    TraitForm,
    ways,
)
from haven.questions.models import Version
from haven.questions.queries import drafting
from haven.questions.queries.drafting import VersionPage
from haven.questions.rules import editing
from haven.questions.rules.editing import CALLED, Draft, Level, NotThere, Unfit
from haven.questions.rules.printing import printed
from haven.questions.rules.releasing import lacking, looked_at

PAGE = ["GET", "HEAD", "POST"]
GONE = "It is not there any more. Somebody has taken it out; you can undo that below."
NEW = {"trait": TraitForm, "scale": ScaleForm, "part": PartForm}
WITHIN = {"section": NewSectionForm, "question": NewQuestionForm, "paste": PasteForm}
THINGS: dict[str, type[DraftForm]] = {
    "about": AboutForm,
    "trait": TraitForm,
    "scale": ScaleForm,
    "part": PartForm,
    "section": SectionForm,
    "question": QuestionForm,
    "place": PlaceForm,
    "law": LawForm,
    "whom": WhomForm,
    "shown": ShownForm,
    "more": MoreForm,
}
OWN_PAGES = {
    "question": "questions/making/question.html",
    "law": "questions/making/law.html",
    "scale": "questions/making/scale.html",
    "shown": "questions/making/shown.html",
}


@require_safe
@or_not_there
def draft(request: ActorRequest, version_id: UUID) -> HttpResponse:
    """A draft as it is made: everything in it, with the ways to change it."""
    page = there(drafting.draft_page(version_id=version_id, by=request.actor))
    context = {"page": page, "parts": printed(page.outline), "last": drafting.last_step(page.version)}
    return render(request, "questions/making/draft.html", context)


@require_http_methods(PAGE)
@or_not_there
def change(request: ActorRequest, version_id: UUID, thing: str, key: str = "") -> HttpResponse:
    """Change one thing of a draft."""
    there(key or thing == "about" or None)
    return _filled_in(request, version_id, thing, there(THINGS.get(thing)), key)


@require_http_methods(PAGE)
@or_not_there
def add(request: ActorRequest, version_id: UUID, thing: str) -> HttpResponse:
    """Add something to a draft."""
    return _filled_in(request, version_id, thing, there(NEW.get(thing)), "")


@require_http_methods(PAGE)
@or_not_there
def add_within(request: ActorRequest, version_id: UUID, thing: str, key: str) -> HttpResponse:
    """Add a section to a part, or questions to a section. How a question is answered is chosen first."""
    if thing == "question" and "kind" not in request.GET:
        page = there(drafting.draft_page(version_id=version_id, by=request.actor))
        section = there(page.outline.section(key))
        return _kinds(request, page, reverse("questions:add-within", args=[version_id, thing, key]), section.title, "")
    return _filled_in(request, version_id, thing, there(WITHIN.get(thing)), key)


@require_safe
@or_not_there
def kind(request: ActorRequest, version_id: UUID, key: str) -> HttpResponse:
    """Choose how a question is answered."""
    page = there(drafting.draft_page(version_id=version_id, by=request.actor))
    question = there(page.outline.questions.get(key))
    chosen = f"scale:{question.scale}" if question.scale else question.kind.value
    return _kinds(
        request, page, reverse("questions:change", args=[version_id, "question", key]), question.words, chosen
    )


@require_POST
@or_not_there
def move(request: ActorRequest, version_id: UUID) -> HttpResponse:
    """Move a part, a section or a question up or down."""
    by = 1 if "down" in request.POST else -1
    what = request.POST.get("down") or request.POST.get("up", "")
    _changed(request, version_id, lambda content: editing.moved(content, *_named(what), by))
    return redirect(f"{reverse('questions:draft', args=[version_id])}#{slugify(what.replace(':', '-'))}")


@require_POST
@or_not_there
def remove(request: ActorRequest, version_id: UUID) -> HttpResponse:
    """Take something out of a draft. It can be undone."""
    what, _, key = request.POST.get("what", "").partition(":")

    def without(content: Draft) -> Draft:
        if what == "trait":
            return editing.without_trait(content, key)
        if what == "scale":
            return editing.without_scale(content, key)
        return editing.removed(content, *_named(f"{what}:{key}"))

    called = {"trait": "tick", "scale": "scale"} | {level.value: said for level, said in CALLED.items()}
    said = f"The {called.get(what, 'thing')} is taken out. You can undo that below."
    _changed(request, version_id, without, said)
    return redirect("questions:draft", version_id)


@require_POST
@or_not_there
def undo(request: ActorRequest, version_id: UUID) -> HttpResponse:
    """Let a draft hold again what it held before a change."""
    wanted, seen = (_number(request.POST.get(name, "")) for name in ("revision", "seen"))
    by, at = request.actor, timezone.now()
    done(
        request,
        lambda: services.step_back(version_id=version_id, revision=wanted, seen=seen, by=by, at=at),
        "Undone. What it said until now is kept among its earlier states.",
    )
    return redirect("questions:draft", version_id)


@require_safe
@or_not_there
def steps(request: ActorRequest, version_id: UUID) -> HttpResponse:
    """The earlier states of a draft."""
    page = there(drafting.draft_page(version_id=version_id, by=request.actor))
    context = {"page": page, "steps": drafting.steps_of(page.version)}
    return render(request, "questions/making/steps.html", context)


@require_http_methods(PAGE)
@or_not_there
def release(request: ActorRequest, version_id: UUID) -> HttpResponse:
    """Look through a draft once more, and release it."""
    by, at = request.actor, timezone.now()
    page = there(drafting.version_page(version_id=version_id, by=by))
    there(page.may_change or None)
    if request.method == "POST" and done(
        request,
        lambda: services.release_version(version_id=version_id, by=by, at=at),
        "Released. It can be used now, and never changes again.",
    ):
        return redirect("questions:version", version_id)
    if page.version.is_released:
        return redirect("questions:version", version_id)
    context = {"page": page, "outline": page.outline}
    context |= {"lacking": lacking(page.outline), "looked": looked_at(page.outline)}
    return render(request, "questions/making/release.html", context)


@require_http_methods(PAGE)
@or_not_there
def discard(request: ActorRequest, version_id: UUID) -> HttpResponse:
    """Give a draft up."""
    by, at = request.actor, timezone.now()
    page = there(drafting.draft_page(version_id=version_id, by=by))
    if request.method == "POST":
        done(request, lambda: services.discard_version(version_id=version_id, by=by, at=at), "The draft is gone.")
        return redirect("questions:index")
    return render(request, "questions/making/discard.html", {"page": page})


def _filled_in(request: ActorRequest, version_id: UUID, thing: str, kind_of: type[DraftForm], key: str) -> HttpResponse:
    """One form for one thing: what was typed into it is never lost, whoever changed the draft in the meantime."""
    page = there(drafting.draft_page(version_id=version_id, by=request.actor))
    try:
        form = kind_of(request.POST or None, page=page, key=key, asked=request.GET.dict())
    except NotThere:
        messages.error(request, GONE)
        return redirect("questions:draft", version_id)
    if gained(form, lambda: _keep(request, page, form)):
        messages.success(request, form.kept)
        return redirect(_onwards(request, version_id, thing, form))
    is_meanwhile = form.is_bound and str(form["seen"].value()) != str(page.version.revision)
    if is_meanwhile:
        typed = request.POST.copy()
        typed["seen"] = str(page.version.revision)  # saving it again puts it in the place of what stands now
        form.data = typed
    context = {"form": form, "page": page, "thing": thing, "key": key, "is_meanwhile": is_meanwhile}
    context |= {"documents": drafting.documents_named(by=request.actor, also=page.outline)} if thing == "law" else {}
    template = OWN_PAGES.get(thing, "questions/making/thing.html")
    return render(request, template, context, status=status(form))


def _keep(request: ActorRequest, page: VersionPage, form: DraftForm) -> Version:
    try:
        content = form.changed()
    except Unfit as unfit:
        raise Refused(Reason.NOT_ASKABLE, str(unfit)) from None
    seen, by = form.cleaned_data["seen"], request.actor
    return services.change_draft(version_id=page.version.pk, content=content, seen=seen, by=by, at=timezone.now())


def _onwards(request: ActorRequest, version_id: UUID, thing: str, form: DraftForm) -> str:
    """To another of the same, to the question whose page it was, or to where the thing stands in the draft."""
    if "another" in request.POST:
        return request.get_full_path()
    if thing in {"law", "whom", "shown", "more", "place"}:
        return reverse("questions:change", args=[version_id, "question", form.key])
    return f"{reverse('questions:draft', args=[version_id])}#{form.place}"


def _changed(request: ActorRequest, version_id: UUID, change_it: Callable[[Draft], Draft], said: str = "") -> None:
    """Change a draft at the press of a button; what stands in the way is told on the next page."""
    page = there(drafting.draft_page(version_id=version_id, by=request.actor))
    seen = _number(request.POST.get("seen", ""))
    try:
        content = change_it(dict(page.content))
    except Unfit as unfit:
        messages.error(request, str(unfit))
        return
    except NotThere:
        messages.error(request, GONE)
        return
    by, at = request.actor, timezone.now()
    done(
        request,
        lambda: services.change_draft(version_id=version_id, content=content, seen=seen, by=by, at=at),
        said,
    )


def _kinds(request: ActorRequest, page: VersionPage, address: str, title: str, chosen: str) -> HttpResponse:
    context = {"page": page, "ways": ways(page.content), "address": address, "title": title, "chosen": chosen}
    return render(request, "questions/making/kind.html", context)


def _named(typed: str) -> tuple[Level, str]:
    """What a button names. Raises `NotThere`, as where somebody has taken it out."""
    what, _, key = typed.partition(":")
    if what not in set(Level):
        raise NotThere(typed)
    return Level(what), key


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
