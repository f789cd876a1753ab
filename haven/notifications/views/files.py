"""A file of notifications: given, looked at line by line, and sent: all of it or its good lines, and nothing twice."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from haven.notifications.forms.files import LinesForm, UploadForm
from haven.notifications.queries.files import looked_at
from haven.notifications.queries.sent import Desk, sending_desk
from haven.notifications.rules.lines import COLUMNS, NEEDED, NotAFile
from haven.notifications.services.files import send_lines
from haven.people.refusals import UNFIT, ActorRequest, gained, or_not_there, status
from haven.signin.rules import confidential

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
@confidential
@or_not_there
def upload(request: ActorRequest) -> HttpResponse:
    """Give the file; look at its lines; send them."""
    desk = sending_desk(by=request.actor)
    if "text" in request.POST:
        return _lines(request, desk, request.POST["text"], is_sent=True)
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            return _lines(request, desk, form.cleaned_data["file"], is_sent=False)
        except NotAFile as fault:
            form.add_error("file", f"{fault}.")
    context = {"desk": desk, "form": form, "needed": NEEDED, "others": [name for name in COLUMNS if name not in NEEDED]}
    return render(request, "notifications/upload.html", context, status=status(form))


def _lines(request: ActorRequest, desk: Desk, text: str, *, is_sent: bool) -> HttpResponse:
    by, at = request.actor, request.now()
    seen = looked_at(text=text, desk=desk, at=at)
    form = LinesForm(request.POST if is_sent else None, initial={"text": text}, has_faults=bool(seen.faults))
    sends = is_sent and form.is_valid() and form.sends
    if sends and (sent := gained(form, lambda: send_lines(lines=seen.lines, by=by, at=at))):
        return render(request, "notifications/lines_sent.html", {"desk": desk, "sent": sent, "seen": seen})
    context = {"desk": desk, "form": form, "seen": seen, "text": text}
    return render(request, "notifications/lines.html", context, status=UNFIT if is_sent and form.errors else 200)
