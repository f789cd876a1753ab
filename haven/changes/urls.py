"""The addresses of changes."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path

from haven.changes.views import comparing, digests, finding, pairs

app_name = "changes"


def open_to_visitors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, for those too who have not signed in where this installation lets them compare files."""
    return login_not_required(view) if settings.VISITORS_COMPARE else view


urlpatterns = [
    path("", digests.index, name="index"),
    path("digests/<uuid:digest_id>/", digests.digest, name="digest"),
    path("digests/<uuid:digest_id>/versions/<int:number>/", digests.version, name="digest-version"),
    path("digests/<uuid:digest_id>/write/", digests.write, name="write"),
    path("digests/<uuid:digest_id>/words/", digests.words, name="digest-words"),
    path("digests/<uuid:digest_id>/take/", digests.take, name="take-lines"),
    path("digests/<uuid:digest_id>/lines/new/", digests.add_line, name="add-line"),
    path("digests/<uuid:digest_id>/preview/", digests.preview, name="preview"),
    path("digests/<uuid:digest_id>/publish/", digests.publish, name="publish"),
    path("digests/<uuid:digest_id>/withdraw/", digests.withdraw, name="withdraw-digest"),
    path("digests/lines/<uuid:line_id>/", digests.line, name="edit-line"),
    path("digests/lines/<uuid:line_id>/settle/", digests.settle, name="settle-line"),
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
    path("<uuid:old_id>/<uuid:new_id>/digest/", digests.begin, name="begin-digest"),
    path("<uuid:old_id>/<uuid:new_id>/<slug:ref>/", comparing.change, name="change"),
    path("<uuid:old_id>/<uuid:new_id>/<slug:ref>/judge/", comparing.judge, name="judge"),
    path("<uuid:old_id>/<uuid:new_id>/<slug:ref>/ask/", comparing.ask, name="ask"),
]
