"""The addresses of intelligence. What opens something sealed is sent, never only looked at."""

from django.urls import path

from haven.intelligence.views import counting, partners, telling, unit, working

UNIT = "unit/<uuid:submission_id>"

app_name = "intelligence"
urlpatterns = [
    path("", telling.router, name="router"),
    path("tell/", telling.tell, name="tell"),
    path("told/", telling.own, name="own"),
    path("told/<uuid:receipt_id>/", telling.receipt, name="receipt"),
    path("unit/", unit.inbox, name="inbox"),
    path("unit/answered/", unit.answered, name="answered"),
    path(f"{UNIT}/", unit.stage, name="stage"),
    path(f"{UNIT}/open/", working.show, name="open"),
    path(f"{UNIT}/grade/", working.grade, name="grade"),
    path(f"{UNIT}/mention/", working.mention, name="mention"),
    path(f"{UNIT}/mention/<uuid:link_id>/end/", working.end_mention, name="end-mention"),
    path(f"{UNIT}/sanitise/", working.sanitise, name="sanitise"),
    path(f"{UNIT}/send/", working.send, name="send"),
    path(f"{UNIT}/sent/<uuid:dissemination_id>/back/", unit.take_back, name="take-back"),
    path(f"{UNIT}/answer/", unit.answer, name="answer"),
    path(f"{UNIT}/name/", unit.name, name="name"),
    path(f"{UNIT}/links/", unit.links, name="links"),
    path(f"{UNIT}/source/", unit.source, name="source"),
    path("received/", partners.received, name="received"),
    path("received/<uuid:dissemination_id>/", partners.read, name="read"),
    path("month/", counting.month, name="month"),
    path("schools/", counting.schools, name="schools"),
    path("settings/", counting.settings, name="settings"),
]
