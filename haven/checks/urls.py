"""The addresses of checks."""

from django.urls import path

from haven.checks.views import answering, asking, figures, running

app_name = "checks"
urlpatterns = [
    path("", running.board, name="board"),
    path("requests/", answering.requests, name="requests"),
    path("requests/<uuid:ask_id>/", answering.request_page, name="request"),
    path("requests/<uuid:ask_id>/answer/", answering.answer, name="answer"),
    path("ask/", asking.find_child, name="ask"),
    path("ask/add/", asking.add_child, name="add-child"),
    path("ask/about/", asking.about, name="ask-about"),
    path("figures/", figures.figures, name="figures"),
    path("settings/", figures.settings, name="settings"),
    path("asks/<uuid:ask_id>/update/", running.update, name="update"),
    path("<uuid:check_id>/", running.check, name="check"),
    path("<uuid:check_id>/read/", running.read, name="read"),
    path("<uuid:check_id>/give/", running.give, name="give"),
    path("<uuid:check_id>/band/", running.band, name="band"),
    path("<uuid:check_id>/close/", running.close, name="close-round"),
    path("<uuid:check_id>/withdraw/", running.withdraw, name="withdraw"),
    path("<uuid:check_id>/take-away/<str:kind>/", running.take_away, name="take-away"),
]
