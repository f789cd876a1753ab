"""The addresses of questionnaires."""

from django.urls import path

from haven.questions.views import surveys

app_name = "questions"
urlpatterns = [
    # surveys
    path("answer/", surveys.answer, name="answer"),
    path("surveys/", surveys.index, name="surveys"),
    path("surveys/new/", surveys.make, name="make-survey"),
    path("surveys/<uuid:survey_id>/", surveys.show, name="survey"),
    path("surveys/<uuid:survey_id>/codes/", surveys.give_codes, name="give-codes"),
    path("surveys/<uuid:survey_id>/close/", surveys.close, name="close-survey"),
]
