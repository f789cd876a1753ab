"""The addresses of changes."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path

from haven.changes.views import comparing, finding, pairs

app_name = "changes"


def open_to_visitors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, for those too who have not signed in where this installation lets them compare files."""
    return login_not_required(view) if settings.VISITORS_COMPARE else view


urlpatterns = [
    path("files/", open_to_visitors(pairs.give), name="give-pair"),
    path("files/<uuid:pair_id>/", open_to_visitors(pairs.show), name="pair"),
    path("files/<uuid:pair_id>/page/", open_to_visitors(pairs.report), name="pair-report"),
    path("files/<uuid:pair_id>/table/", open_to_visitors(pairs.table), name="pair-table"),
    path("files/<uuid:pair_id>/forget/", open_to_visitors(pairs.forget), name="forget-pair"),
    path("files/<uuid:pair_id>/keep/", pairs.keep, name="keep-pair"),
    path("of/<uuid:document_id>/", comparing.compare, name="compare"),
    path("clauses/<uuid:edition_id>/<int:place>/ask/", comparing.ask_clause, name="ask-clause"),
    path("<uuid:old_id>/<uuid:new_id>/of/<uuid:edition_id>/<int:place>/", finding.of_clause, name="change-of-clause"),
    path("<uuid:old_id>/<uuid:new_id>/", comparing.comparison, name="comparison"),
    path("<uuid:old_id>/<uuid:new_id>/<slug:ref>/", comparing.change, name="change"),
    path("<uuid:old_id>/<uuid:new_id>/<slug:ref>/judge/", comparing.judge, name="judge"),
    path("<uuid:old_id>/<uuid:new_id>/<slug:ref>/ask/", comparing.ask, name="ask"),
]
