"""What a force sends, and how an area handles it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from haven.notifications.forms.settings import ProfileForm, RuleForm, typed_profile, typed_rule
from haven.notifications.queries.settings import profile_page, rule_of
from haven.notifications.services.settings import set_profile, set_rule
from haven.people.queries.organisations import areas_led_by
from haven.people.refusals import ActorRequest, granted, or_not_there, status
from haven.signin.rules import confidential

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
@confidential
@or_not_there
def profile(request: ActorRequest) -> HttpResponse:
    """What one's force sends."""
    by, at = request.actor, request.now()
    page = profile_page(by=by)
    form = ProfileForm(request.POST or None, initial=typed_profile(page.row))
    if granted(form, lambda: set_profile(organisation_id=page.organisation, profile=form.profile, by=by, at=at)):
        messages.success(request, "Set. It holds for what is sent from now on.")
        return redirect("notifications:profile")
    return render(request, "notifications/profile.html", {"page": page, "form": form}, status=status(form))


@require_http_methods(PAGE)
@confidential
@or_not_there
def rule(request: ActorRequest, area_id: UUID) -> HttpResponse:
    """How an area handles notifications."""
    by, at = request.actor, request.now()
    area = areas_led_by(by=by).get(pk=area_id)
    form = RuleForm(request.POST or None, initial=typed_rule(rule_of(area=area_id)))
    if granted(form, lambda: set_rule(area_id=area_id, rule=form.rule, by=by, at=at)):
        messages.success(request, "Set. Schools see it from now on.")
        return redirect("notifications:rule", area_id)
    return render(request, "notifications/rule.html", {"area": area, "form": form}, status=status(form))
