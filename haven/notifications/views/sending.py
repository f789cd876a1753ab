"""The officer's form: typed, checked, sent. Nothing is kept before that; what was typed goes from page to page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from haven.kit.templatetags.govuk import govuk_errors
from haven.notifications.forms.sending import CHANGE, CheckForm, SendingForms, settled
from haven.notifications.queries.drafting import checked, in_order
from haven.notifications.queries.sent import Desk, sending_desk
from haven.notifications.rules.sending import Channel
from haven.notifications.services.checking import send as send_checked
from haven.people.refusals import UNFIT, ActorRequest, gained, or_not_there, status
from haven.signin.rules import confidential

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
@confidential
@or_not_there
def send(request: ActorRequest) -> HttpResponse:
    """Type it; check it; send it."""
    desk = sending_desk(by=request.actor)
    match request.POST.get("step", ""):
        case "check" | "send" as step:
            forms = SendingForms(request.POST, desk=desk)
            return (
                _check(request, desk, forms, is_sent=step == "send")
                if forms.is_valid()
                else _form(request, desk, forms)
            )
        case "more" | "fewer" | "change" as step:
            more = {"more": 1, "fewer": -1}.get(step, 0)
            return _form(request, desk, SendingForms(request.POST, desk=desk, more=more, is_unchecked=True))
        case _:
            return _form(request, desk, SendingForms(None, desk=desk))


def _check(request: ActorRequest, desk: Desk, forms: SendingForms, *, is_sent: bool) -> HttpResponse:
    """The page on which schools are chosen and everything is seen once more; and, from it, the sending."""
    by, at = request.actor, request.now()
    if is_sent and request.POST.get("words") == CHANGE:
        return _form(request, desk, SendingForms(request.POST, desk=desk, is_unchecked=True))
    seen = checked(draft=forms.draft, settled=settled(request.POST, forms.count), by=by, on=timezone.localdate(at))
    form = CheckForm(request.POST if is_sent else None, checked=seen)
    if accepted := gained(
        form,
        lambda: send_checked(
            new=seen.new(Channel.FORM, form.excluded), are_words_checked=form.are_words_checked, by=by, at=at
        ),
    ):
        messages.success(request, f"Sent. It can be read now. Its reference is {accepted.notification.reference}.")
        return redirect("notifications:receipt", accepted.notification.pk)
    context = {"desk": desk, "form": form, "kept": forms.kept, "told": in_order(seen.draft.items)}
    return render(request, "notifications/check.html", context, status=status(form))


def _form(request: ActorRequest, desk: Desk, forms: SendingForms) -> HttpResponse:
    context = {"desk": desk, "forms": forms, "errors": govuk_errors(*forms.all)}
    return render(request, "notifications/send.html", context, status=UNFIT if forms.is_wrong else 200)
