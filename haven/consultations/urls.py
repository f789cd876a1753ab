"""The addresses of consultations."""

from django.urls import path

from haven.consultations.views import contributing, gathering, preparing, reading, recording

app_name = "consultations"
urlpatterns = [
    path("", reading.index, name="index"),
    path("calendar/", reading.calendar, name="calendar"),
    path("closing-dates.ics", reading.calendar_file, name="calendar-file"),
    path("draft/", contributing.keep_draft, name="keep-draft"),
    path("of/<uuid:edition_id>/respond/", preparing.prepare, name="prepare"),
    path("contributions/<uuid:contribution_id>/", contributing.show, name="contribution"),
    path("questions/<uuid:question_id>/", gathering.question, name="question"),
    path("questions/<uuid:question_id>/leave-out/", gathering.leave_out, name="leave-out"),
    path("sent/<uuid:submission_id>/file/", recording.file, name="sent-file"),
    path("<uuid:response_id>/", gathering.response, name="response"),
    path("<uuid:response_id>/change/", preparing.amend, name="amend"),
    path("<uuid:response_id>/questions/", preparing.questions, name="questions"),
    path("<uuid:response_id>/invite/", preparing.invite, name="invite"),
    path("<uuid:response_id>/closing/", preparing.closing, name="closing"),
    path("<uuid:response_id>/discard/", preparing.discard, name="discard"),
    path("<uuid:response_id>/remind/", gathering.remind, name="remind"),
    path("<uuid:response_id>/views.csv", recording.export_views, {"kind": "csv"}, name="views-csv"),
    path("<uuid:response_id>/views.xlsx", recording.export_views, {"kind": "xlsx"}, name="views-xlsx"),
    path("<uuid:response_id>/answers.csv", recording.export_answers, {"kind": "csv"}, name="answers-csv"),
    path("<uuid:response_id>/answers.docx", recording.export_answers, {"kind": "docx"}, name="answers-docx"),
    path("<uuid:response_id>/record/", recording.record, name="record"),
]
