"""Ending a post, and naming its cover."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from haven.people.forms import CoverForm, EndPostForm, first_days
from haven.people.queries.pages import post_page
from haven.people.refusals import ActorRequest, granted, or_not_there, status, there
from haven.people.services.covers import end_cover, set_cover
from haven.people.services.posts import end_last_post, end_post


@require_http_methods(["GET", "HEAD", "POST"])
@or_not_there
def end(request: ActorRequest, post_id: UUID) -> HttpResponse:
    """Give a post its end. The council's leads may give a reason and so leave a school without its lead."""
    now = timezone.now()
    page = there(post_page(post_id=post_id, by=request.actor, on=timezone.localdate(now)))
    form = EndPostForm(
        request.POST or None, may_override=page.may_override, initial=first_days(timezone.localdate(now))
    )

    def do() -> None:
        ends_on, why = form.cleaned_data["ends_on"], form.cleaned_data.get("why", "")
        if why:
            end_last_post(post_id=post_id, ends_on=ends_on, why=why, by=request.actor, at=now)
        else:
            end_post(post_id=post_id, ends_on=ends_on, by=request.actor, at=now)

    if granted(form, do):
        messages.success(request, "The post has been given its end.")
        is_own = page.post.person_id == request.actor.person  # then its page may be hers no more
        return redirect("/") if is_own else redirect("people:organisation", page.post.organisation_id)
    return render(request, "people/end_post.html", {"form": form, "page": page}, status=status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@or_not_there
def cover(request: ActorRequest, post_id: UUID) -> HttpResponse:
    """Name who covers while the holder of a post is away."""
    now = timezone.now()
    page = there(post_page(post_id=post_id, by=request.actor, on=timezone.localdate(now)))
    form = CoverForm(request.POST or None, possible=page.possible, initial={"starts_on": timezone.localdate(now)})

    def do() -> None:
        typed = form.cleaned_data
        set_cover(
            post_id=post_id,
            covered_by_id=typed["covered_by"].pk,
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
            by=request.actor,
            at=now,
        )

    if granted(form, do):
        messages.success(request, "The cover has been named and told by e-mail.")
        return redirect("people:organisation", page.post.organisation_id)
    return render(request, "people/cover.html", {"form": form, "page": page}, status=status(form))


@require_POST
@or_not_there
def back(request: ActorRequest, cover_id: UUID) -> HttpResponse:
    """End a cover as of today."""
    now = timezone.now()
    end_cover(cover_id=cover_id, ends_on=timezone.localdate(now), by=request.actor, at=now)
    messages.success(request, "The cover has ended.")
    return redirect("/")
