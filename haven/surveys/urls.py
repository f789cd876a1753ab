"""The addresses of surveys, beside those of questionnaires."""

from django.urls import path

from haven.surveys import views

app_name = "surveys"
urlpatterns = [
    path("answer/", views.answer, name="answer"),
    path("surveys/", views.index, name="index"),
    path("surveys/new/", views.make, name="make"),
    path("surveys/<uuid:survey_id>/", views.show, name="show"),
    path("surveys/<uuid:survey_id>/codes/", views.give_codes, name="give-codes"),
    path("surveys/<uuid:survey_id>/close/", views.close, name="close"),
]
