"""Moderation visits: drawn, planned, written up, agreed; and what a school sees of them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.audits.queries.heads import head_of
from haven.moderation import services
from haven.moderation.forms.visits import AgreeForm, FindingsForm, PlanVisitForm, RuleForm, WhyVisitForm
from haven.moderation.models import Visit
from haven.moderation.queries.reading import return_overseen
from haven.moderation.queries.visits import VisitPage, section_found, visit_page, visitors, visits_page
from haven.moderation.rules.sampling import rule_kept
from haven.people.refusals import ActorRequest, done, gained, granted, or_not_there, status, there

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
@or_not_there
def visits(request: ActorRequest, cycle_id: UUID) -> HttpResponse:
    """Whom the rule draws and why, before it is confirmed; the visits; and how often the grades agree."""
    by, on = request.actor, timezone.localdate()
    typed = request.POST or (request.GET if "seed" in request.GET else None)
    form = RuleForm(typed)
    rule = form.rule if form.is_bound and form.is_valid() else None
    page = visits_page(cycle_id=cycle_id, rule=rule, by=by, on=on)
    if not form.is_bound:
        kept = rule_kept(page.cycle.sample)
        again = kept.kept if kept.seed else {}  # drawn once, the same rule is proposed again
        form = RuleForm(initial=again | {"seed": kept.seed or page.cycle.title})
    if request.method == "POST" and granted(form, lambda: _draw(request, cycle_id, form)):
        messages.success(request, "Drawn. Plan a day for each: the school is told then.")
        return redirect("moderation:visits", cycle_id)
    context = {"page": page, "cycle": page.cycle, "form": form, "is_tried": rule is not None}
    return render(request, "moderation/visits.html", context, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def add(request: ActorRequest, return_id: UUID) -> HttpResponse:
    """Visit a school that no rule has drawn."""
    form = WhyVisitForm(request.POST or None)
    by, at = request.actor, timezone.now()
    of = return_overseen(return_id=return_id, by=by)
    made = gained(form, lambda: services.add_visit(return_id=return_id, reason=form.cleaned_data["why"], by=by, at=at))
    if made:
        return redirect("moderation:visit", made.pk)
    context = {"of": of, "form": form, "head": head_of(of, by=by, on=timezone.localdate())}
    return render(request, "moderation/visit_add.html", context, status=status(form))


@require_safe
@or_not_there
def visit(request: ActorRequest, visit_id: UUID) -> HttpResponse:
    """One visit, for leads as it goes on, for the school as far as it may see it."""
    page = visit_page(visit_id=visit_id, by=request.actor)
    return render(request, "moderation/visit.html", _context(request, page))


@require_http_methods(PAGE)
@or_not_there
def plan(request: ActorRequest, visit_id: UUID) -> HttpResponse:
    """Say on which day who comes."""
    by, at, on = request.actor, timezone.now(), timezone.localdate()
    page = _kept(request, visit_id)
    initial = {"planned_on": page.visit.planned_on, "visitor": str(page.visit.visitor_id or by.person)}
    may_come = visitors(visit=page.visit, on=on)
    form = PlanVisitForm(request.POST or None, initial=initial, visitors=may_come)
    if gained(form, lambda: services.plan_visit(visit_id=visit_id, **form.cleaned_data, by=by, at=at)):
        messages.success(request, f"Planned. {page.of.organisation.name} will be told.")
        return redirect("moderation:visit", visit_id)
    context = _context(request, page) | {"form": form, "title": "Plan the visit", "button": "Plan it"}
    return render(request, "moderation/visit_form.html", context, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def findings(request: ActorRequest, visit_id: UUID, key: str) -> HttpResponse:
    """Note what was found in one section, beside what the school had said."""
    by, at = request.actor, timezone.now()
    page, section, lines = section_found(visit_id=visit_id, key=key, by=by)
    there(page if page.visit.agreed_at is None else None)
    form = FindingsForm(request.POST or None, lines=lines)
    if gained(form, lambda: services.note_findings(visit_id=visit_id, found=form.found, by=by, at=at)):
        messages.success(request, f"Noted for {section.title}.")
        return redirect("moderation:visit", visit_id)
    context = _context(request, page) | {"form": form, "section": section}
    return render(request, "moderation/findings.html", context, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def agree(request: ActorRequest, visit_id: UUID) -> HttpResponse:
    """Say that what was found is agreed, and show it to the school."""
    by, at = request.actor, timezone.now()
    page = _kept(request, visit_id)
    form = AgreeForm(request.POST or None, initial={"visited_on": page.visit.planned_on, "words": page.visit.words})
    if gained(form, lambda: services.agree_visit(visit_id=visit_id, **form.cleaned_data, by=by, at=at)):
        messages.success(request, f"Agreed. {page.of.organisation.name} sees it from now on.")
        return redirect("moderation:visit", visit_id)
    context = _context(request, page) | {
        "form": form,
        "title": "Agree what was found",
        "button": "It is agreed: show it to the school",
    }
    return render(request, "moderation/visit_form.html", context, status=status(form))


@require_POST
@or_not_there
def call_off(request: ActorRequest, visit_id: UUID) -> HttpResponse:
    """Give up a visit of which nothing is noted."""
    by, at = request.actor, timezone.now()
    page = _kept(request, visit_id)
    why = request.POST.get("why", "")
    if done(request, lambda: services.call_off_visit(visit_id=visit_id, why=why, by=by, at=at), "Called off."):
        return redirect("moderation:visits", page.of.cycle_id)
    return redirect("moderation:visit", visit_id)


def _draw(request: ActorRequest, cycle_id: UUID, form: RuleForm) -> list[Visit]:
    seen = request.POST.get("seen", "")
    return services.draw_visits(cycle_id=cycle_id, rule=form.rule, seen=seen, by=request.actor, at=timezone.now())


def _kept(request: ActorRequest, visit_id: UUID) -> VisitPage:
    """A visit that she keeps and that is not agreed yet."""
    page = visit_page(visit_id=visit_id, by=request.actor)
    return there(page if page.is_lead and page.visit.agreed_at is None else None)


def _context(request: ActorRequest, page: VisitPage) -> dict[str, object]:
    head = head_of(page.of, by=request.actor, on=timezone.localdate())
    return {"page": page, "visit": page.visit, "of": page.of, "head": head, "why": WhyVisitForm()}
