"""The addresses of changes."""

from django.urls import path

from haven.changes.views import comparing

app_name = "changes"
urlpatterns = [
    path("of/<uuid:document_id>/", comparing.compare, name="compare"),
    path("clauses/<uuid:edition_id>/<int:place>/ask/", comparing.ask_clause, name="ask-clause"),
    path("<uuid:old_id>/<uuid:new_id>/", comparing.comparison, name="comparison"),
    path("<uuid:old_id>/<uuid:new_id>/<slug:ref>/", comparing.change, name="change"),
    path("<uuid:old_id>/<uuid:new_id>/<slug:ref>/judge/", comparing.judge, name="judge"),
    path("<uuid:old_id>/<uuid:new_id>/<slug:ref>/ask/", comparing.ask, name="ask"),
]
