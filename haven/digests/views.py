"""What changed, told to schools: the list, one to read, and writing, publishing and withdrawing one."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.access.decision import Reason, Refused
from haven.digests import services
from haven.digests.forms import (
    AmendForm,
    BeginForm,
    LineForm,
    ListForm,
    OwnLineForm,
    PublishForm,
    StepForm,
    TakeForm,
    WithdrawForm,
    WordsForm,
    typed_line,
    typed_publication,
    typed_words,
)
from haven.digests.queries import digests, writing
from haven.digests.queries.writing import LineNow
from haven.digests.rules.digests import Step
from haven.people.refusals import ActorRequest, done, gained, granted, or_not_there, status

PAGE = ["GET", "HEAD", "POST"]
TOLD = {
    Step.OUT: "Left out. You can put it back at any time.",
    Step.BACK: "Put back.",
    Step.FOLLOW: "It says what is judged now.",
    Step.KEEP: "Kept as it is.",
}


@require_safe
@or_not_there
def index(request: ActorRequest) -> HttpResponse:
    """What changed, newest first; for leads their drafts too."""
    by, on = request.actor, timezone.localdate()
    document = ListForm(request.GET).wanted
    found = digests.digests_for(by=by, on=on, document=document)
    drafts = digests.drafts_for(by=by, on=on, document=document) if by.leads else []
    context = {"found": found, "drafts": drafts, "leads": bool(by.leads), "document": document}
    return render(request, "digests/index.html", context)


@require_safe
@or_not_there
def digest(request: ActorRequest, digest_id: UUID) -> HttpResponse:
    """One digest, to read and to print."""
    by, at = request.actor, timezone.now()
    row = digests.digest_to_read(digest_id=digest_id, by=by)
    if row.is_draft:
        return redirect("digests:write", digest_id)
    page = digests.digest_page(digest_id=digest_id, by=by, at=at)
    return render(request, "digests/show.html", {"page": page})


@require_safe
@or_not_there
def version(request: ActorRequest, digest_id: UUID, number: int) -> HttpResponse:
    """A digest as it was published before."""
    page = digests.digest_page(digest_id=digest_id, by=request.actor, at=timezone.now(), number=number)
    if page.is_newest:
        return redirect("digests:show", digest_id)
    return render(request, "digests/show.html", {"page": page})


@require_POST
@or_not_there
def begin(request: ActorRequest, old_id: UUID, new_id: UUID) -> HttpResponse:
    """Begin a digest from what was judged, or go on with the one there is."""
    by, at = request.actor, timezone.now()
    form = BeginForm(request.POST)
    if not form.is_valid():
        raise Refused(Reason.NOT_THE_ROLE)
    made = services.draft_digest(old_id=old_id, new_id=new_id, **form.cleaned_data, by=by, at=at)
    return redirect("digests:write", made.pk)


@require_safe
@or_not_there
def write(request: ActorRequest, digest_id: UUID) -> HttpResponse:
    """A digest as it is written, beside what is judged now."""
    page = writing.writing_page(digest_id=digest_id, by=request.actor)
    return render(request, "digests/write.html", {"page": page, "digest": page.digest})


@require_http_methods(PAGE)
@or_not_there
def words(request: ActorRequest, digest_id: UUID) -> HttpResponse:
    """Change its title, introduction and closing."""
    by, at = request.actor, timezone.now()
    row = writing.digest_to_write(digest_id=digest_id, by=by)
    form = WordsForm(request.POST or None, initial=typed_words(row))
    if granted(
        form,
        lambda: services.change_digest(
            digest_id=digest_id, words=form.words, revision=form.cleaned_data["revision"], by=by, at=at
        ),
    ):
        return redirect("digests:write", digest_id)
    is_late = _is_late(form, row.revision)
    context = {"form": form, "digest": row, "is_late": is_late}
    return render(request, "digests/words.html", context, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def add_line(request: ActorRequest, digest_id: UUID) -> HttpResponse:
    """Add a line by hand."""
    by, at = request.actor, timezone.now()
    row = writing.digest_to_write(digest_id=digest_id, by=by)
    form = OwnLineForm(request.POST or None, parts=writing.parts_of_digest(digest=row))
    made = gained(form, lambda: services.add_line(digest_id=digest_id, words=form.words, key=form.name, by=by, at=at))
    if made:
        return _to_line(digest_id, made.pk)
    return render(request, "digests/edit_line.html", {"form": form, "digest": row}, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def line(request: ActorRequest, line_id: UUID) -> HttpResponse:
    """Let a line say something else."""
    by, at = request.actor, timezone.now()
    now = writing.line_to_write(line_id=line_id, by=by)
    form = _line_form(request, now)
    if granted(form, lambda: services.edit_line(line_id=line_id, **_edited(form, now), by=by, at=at)):
        return _to_line(now.row.digest_id, line_id)
    is_late = _is_late(form, now.row.revision)
    context = {"form": form, "digest": now.row.digest, "line": now, "is_late": is_late}
    return render(request, "digests/edit_line.html", context, status=status(form))


@require_POST
@or_not_there
def settle(request: ActorRequest, line_id: UUID) -> HttpResponse:
    """Move a line, leave it out or put it back, or settle how it differs from its judgement."""
    by, at = request.actor, timezone.now()
    now, form = writing.line_to_write(line_id=line_id, by=by), StepForm(request.POST)
    if form.is_valid():
        said = TOLD.get(form.wanted, "")
        done(request, lambda: services.settle_line(line_id=line_id, step=form.wanted, by=by, at=at), said)
    return _to_line(now.row.digest_id, line_id)


@require_POST
@or_not_there
def take(request: ActorRequest, digest_id: UUID) -> HttpResponse:
    """Add lines for what was judged since."""
    by, at = request.actor, timezone.now()
    writing.digest_to_write(digest_id=digest_id, by=by)
    form = TakeForm(request.POST)
    if form.is_valid():
        count = services.take_new_lines(digest_id=digest_id, refs=form.wanted, by=by, at=at)
        messages.success(request, f"{count} line{'' if count == 1 else 's'} added, each at its place.")
    return redirect("digests:write", digest_id)


@require_safe
@or_not_there
def preview(request: ActorRequest, digest_id: UUID) -> HttpResponse:
    """A digest as a school would see it."""
    ready = writing.ready_page(digest_id=digest_id, by=request.actor, on=timezone.localdate())
    context = {"page": ready.page, "ready": ready, "digest": ready.digest, "is_preview": True}
    return render(request, "digests/preview.html", context)


@require_http_methods(PAGE)
@or_not_there
def publish(request: ActorRequest, digest_id: UUID) -> HttpResponse:
    """Publish a digest, or what was changed in it since."""
    by, at, on = request.actor, timezone.now(), timezone.localdate()
    ready = writing.ready_page(digest_id=digest_id, by=by, on=on)
    row = ready.digest
    kind = PublishForm if row.is_draft else AmendForm
    form = kind(request.POST or None, area=row.area, on=on, initial=typed_publication(row, ready.seen))
    if granted(form, lambda: _publish(form, digest_id, {"by": by, "at": at})):
        messages.success(request, "Published." if row.is_draft else "Your changes are published.")
        return redirect("digests:show", digest_id)
    context = {"form": form, "digest": row, "ready": ready, "is_late": _is_late(form, ready.seen, "seen")}
    return render(request, "digests/publish.html", context, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def withdraw(request: ActorRequest, digest_id: UUID) -> HttpResponse:
    """No longer publish it, and say why."""
    by, at = request.actor, timezone.now()
    row = writing.digest_to_write(digest_id=digest_id, by=by)
    if not row.is_published:
        return redirect("digests:write", digest_id)
    form = WithdrawForm(request.POST or None)
    if granted(form, lambda: services.withdraw_digest(digest_id=digest_id, why=form.cleaned_data["why"], by=by, at=at)):
        messages.success(request, "Withdrawn. Whoever opens the page reads why.")
        return redirect("digests:show", digest_id)
    return render(request, "digests/withdraw.html", {"form": form, "digest": row}, status=status(form))


def _publish(form: PublishForm, digest_id: UUID, done_by: dict[str, Any]) -> None:
    if isinstance(form, AmendForm):
        services.amend_digest(digest_id=digest_id, wish=form.wish, why=form.cleaned_data["why"], **done_by)
    else:
        services.publish_digest(digest_id=digest_id, wish=form.wish, **done_by)


def _line_form(request: ActorRequest, now: LineNow) -> LineForm:
    sent, typed = request.POST or None, typed_line(now)
    if now.is_by_hand:
        return OwnLineForm(sent, initial=typed, parts=writing.parts_of_digest(digest=now.row.digest))
    return LineForm(sent, initial=typed)


def _edited(form: LineForm, now: LineNow) -> dict[str, Any]:
    revision = form.cleaned_data["revision"]
    return {"words": form.words, "revision": now.row.revision if revision is None else revision}


def _is_late(form: Form, now: object, name: str = "revision") -> bool:
    """Whether somebody else was quicker. Then the form is sent again upon what stands now."""
    if not form.is_bound or str(now) == form.data.get(name):
        return False
    sent = cast(QueryDict, form.data).copy()
    sent[name] = str(now)
    form.data = sent
    return True


def _to_line(digest_id: UUID, line_id: UUID) -> HttpResponse:
    return redirect(f"{reverse('digests:write', args=[digest_id])}#l-{line_id}")
