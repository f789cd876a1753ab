"""The questionnaires that a lead sees; beginning one, copying one, its next version, and bringing one in."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from haven.access.decision import Refused
from haven.people.models import Area
from haven.people.queries import areas_led_by
from haven.people.refusals import UNFIT, ActorRequest, gained, or_not_there, status, there
from haven.questions import services
from haven.questions.forms.templates import BringInForm, CopyForm, NewForm, NextForm
from haven.questions.models import Version
from haven.questions.packs import BadPack, read_template
from haven.questions.queries import drafting
from haven.questions.rules.editing import bare, fresh_key
from haven.questions.rules.outline import Use

PAGE = ["GET", "HEAD", "POST"]


@require_safe
@or_not_there
def index(request: ActorRequest) -> HttpResponse:
    """The area's own questionnaires and those that came with Haven."""
    there(request.actor.leads or None)
    return render(request, "questions/making/index.html", {"listing": drafting.listing(by=request.actor)})


@require_http_methods(PAGE)
@or_not_there
def new(request: ActorRequest) -> HttpResponse:
    """Begin one from nothing."""
    form = NewForm(request.POST or None, areas=_areas(request))
    made = gained(form, lambda: _make(request, form))
    if made:
        return redirect("questions:draft", made.pk)
    return render(request, "questions/making/new.html", {"form": form}, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def copy(request: ActorRequest, version_id: UUID) -> HttpResponse:
    """Copy one to change it."""
    by, at = request.actor, timezone.now()
    page = there(drafting.version_page(version_id=version_id, by=by))
    form = CopyForm(request.POST or None, areas=_areas(request), initial={"title": page.outline.title})

    def take() -> Version:
        title = form.cleaned_data["title"]
        key = fresh_key(title, ())
        return services.copy_template(version_id=version_id, area=form.chosen, key=key, title=title, by=by, at=at)

    made = gained(form, take)
    if made:
        messages.success(request, "Copied. Your copy is a draft: change what you like.")
        return redirect("questions:draft", made.pk)
    return render(request, "questions/making/copy.html", {"form": form, "page": page}, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def start_next(request: ActorRequest, version_id: UUID) -> HttpResponse:
    """Begin the next version."""
    by, at = request.actor, timezone.now()
    page = there(drafting.version_page(version_id=version_id, by=by))
    there(page.may_change or None)
    form = NextForm(request.POST or None)
    template = page.version.template_id
    made = gained(form, lambda: services.start_version(template_id=template, **form.cleaned_data, by=by, at=at))
    if made:
        return redirect("questions:draft", made.pk)
    return render(request, "questions/making/next.html", {"form": form, "page": page}, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def bring_in(request: ActorRequest) -> HttpResponse:
    """Bring one in as a file: every fault is told with its line, and then nothing is changed."""
    form = BringInForm(request.POST or None, request.FILES or None, areas=_areas(request))
    found: list[str] = []
    if form.is_bound and form.is_valid():
        try:
            content = read_template(form.cleaned_data["file"].read())
            made = services.bring_in(area=form.chosen, content=content, by=request.actor, at=timezone.now())
        except BadPack as bad:
            found = str(bad).splitlines()
        except Refused as refused:
            form.add_error(None, refused.advice)
        else:
            messages.success(request, "Brought in as a draft. Look at it and release it.")
            return redirect("questions:draft", made.pk)
    code = UNFIT if found else status(form)
    return render(request, "questions/making/bring_in.html", {"form": form, "found": found}, status=code)


def _make(request: ActorRequest, form: NewForm) -> Version:
    typed = form.cleaned_data
    key = fresh_key(typed["title"], ())
    content = bare(key=key, label=typed["label"], title=typed["title"], use=Use(typed["use"]))
    return services.make_template(area=form.chosen, content=content, by=request.actor, at=timezone.now())


def _areas(request: ActorRequest) -> list[Area]:
    return there(list(areas_led_by(by=request.actor)) or None)
