"""How long an area keeps what it keeps."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from haven.people.refusals import ActorRequest, granted, or_not_there, status
from haven.signin.rules import confidential
from haven.subjects import services
from haven.subjects.forms import YearsForm
from haven.subjects.queries.retaining import years_pages
from haven.subjects.views.looking import PAGE

SET = "Set. What is kept already keeps its day; what is added from now on goes by this."


@require_http_methods(PAGE)
@confidential
@or_not_there
def years(request: ActorRequest) -> HttpResponse:
    """For how many years each class is kept, and a form to set one."""
    by, at = request.actor, request.now()
    pages = years_pages(by=by)
    form = YearsForm(request.POST or None, areas=[(page.area, page.name) for page in pages])
    if granted(form, lambda: services.set_retention(**form.said, by=by, at=at)):
        messages.success(request, SET)
        return redirect("subjects:years")
    return render(request, "subjects/years.html", {"pages": pages, "form": form}, status=status(form))
