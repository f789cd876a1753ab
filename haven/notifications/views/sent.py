"""What was sent: where it stands, what came back, what is recalled."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.notifications import services
from haven.notifications.forms.keeping import FindSchoolForm, SendOnForm, SettleForm
from haven.notifications.queries.breaches import lacking_after
from haven.notifications.queries.choosing import schools_meant
from haven.notifications.queries.sent import sent_delivery, sent_notification, sent_page
from haven.people.refusals import ActorRequest, done, gained, granted, or_not_there, status
from haven.signin.rules import confidential
from haven.subjects.disclosure.recording import Purpose
from haven.subjects.disclosure.showing import open_subject
from haven.subjects.rules.bases import Flow

PAGE = ["GET", "HEAD", "POST"]


@require_safe
@confidential
@or_not_there
def index(request: ActorRequest) -> HttpResponse:
    """Everything that her force sent; first what came back."""
    page = sent_page(by=request.actor, at=request.now(), number=request.GET.get("page", "1"))
    return render(request, "notifications/sent.html", {"page": page})


@require_safe
@confidential
@or_not_there
def receipt(request: ActorRequest, notification_id: UUID) -> HttpResponse:
    """One notification: its receipt, and where each delivery stands."""
    line = sent_notification(notification_id=notification_id, by=request.actor, at=request.now())
    return render(request, "notifications/receipt.html", {"line": line, "row": line.notification})


@require_http_methods(PAGE)
@confidential
@or_not_there
def recall(request: ActorRequest, notification_id: UUID) -> HttpResponse:
    """Take it back: asked once more, since it cannot be undone."""
    by, at = request.actor, request.now()
    if request.method == "POST":
        said = "Recalled. Nobody at the school can read it any more."
        done(request, lambda: services.recall(notification_id=notification_id, by=by, at=at), said)
        return redirect("notifications:receipt", notification_id)
    line = sent_notification(notification_id=notification_id, by=by, at=at)
    return render(request, "notifications/recall.html", {"line": line, "row": line.notification})


@require_http_methods(PAGE)
@confidential
@or_not_there
def send_on(request: ActorRequest, delivery_id: UUID) -> HttpResponse:
    """Choose where something goes that came back. The clock runs on."""
    by, at = request.actor, request.now()
    stands = sent_delivery(delivery_id=delivery_id, by=by, at=at)
    finding = FindSchoolForm(request.GET)
    words = request.GET.get("school", stands.moved_to)
    form = SendOnForm(request.POST or None, schools=schools_meant(words=words, by=by, on=timezone.localdate(at)))
    sent = gained(
        form,
        lambda: services.send_on(
            delivery_id=delivery_id,
            to_school=form.school.id if form.school else None,
            to_home=None if form.school else stands.delivery.area_id,
            by=by,
            at=at,
        ),
    )
    if sent:
        messages.success(request, "Sent on. It can be read there now.")
        return redirect("notifications:receipt", stands.delivery.notification_id)
    context = {"stands": stands, "finding": finding, "form": form, "words": words}
    return render(request, "notifications/send_on.html", context, status=status(form))


@require_POST
@confidential
@or_not_there
def whose(request: ActorRequest, delivery_id: UUID) -> HttpResponse:
    """Show which child came back. It is written down first."""
    by, at = request.actor, request.now()
    stands = sent_delivery(delivery_id=delivery_id, by=by, at=at)
    purpose = Purpose(Flow.WITHIN, f"notification {stands.delivery.reference} came back")
    view = open_subject(subject_id=stands.delivery.subject_id, purpose=purpose, by=by, at=at)
    return render(request, "notifications/whose.html", {"stands": stands, "child": view.identity})


@require_http_methods(PAGE)
@confidential
@or_not_there
def settle(request: ActorRequest, delivery_id: UUID) -> HttpResponse:
    """Say that nothing is left to do."""
    by, at = request.actor, request.now()
    stands = sent_delivery(delivery_id=delivery_id, by=by, at=at)
    form = SettleForm(request.POST or None, lacking=lacking_after(delivery=stands.delivery))
    if granted(form, lambda: services.settle(delivery_id=delivery_id, **form.said, by=by, at=at)):
        messages.success(request, "Settled.")
        return redirect("notifications:receipt", stands.delivery.notification_id)
    return render(request, "notifications/settle.html", {"stands": stands, "form": form}, status=status(form))
