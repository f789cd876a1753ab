"""The addresses of moderation, beside those of audits."""

from django.urls import path

from haven.moderation.views import feedback, reading, remarks, visits
from haven.signin.rules import confidential

app_name = "moderation"
urlpatterns = [
    path("to-read/", reading.waiting, name="to-read"),
    path("to-read/oldest/", reading.oldest, name="read-oldest"),
    path("<uuid:return_id>/read/", reading.read, name="read"),
    path("<uuid:return_id>/read/<slug:key>/", reading.section, name="read-section"),
    path("<uuid:return_id>/read/files/<uuid:support_id>/", confidential(reading.file), name="read-file"),
    path("<uuid:return_id>/read/files/<uuid:support_id>/words/", confidential(reading.words), name="read-words"),
    path("<uuid:return_id>/remarks/", remarks.remark, name="remark"),
    path("<uuid:return_id>/reply/", remarks.reply, name="reply"),
    path("remarks/<uuid:remark_id>/drop/", remarks.drop, name="drop-remark"),
    path("<uuid:return_id>/feedback/", feedback.show, name="feedback"),
    path("<uuid:return_id>/feedback/give/", feedback.give, name="give-feedback"),
    path("<uuid:return_id>/send-back/", feedback.send_back, name="send-back"),
    path("feedback/keep/", feedback.keep_draft, name="keep-feedback"),
    path("feedback/<uuid:feedback_id>/ask/", feedback.ask, name="promise"),
    path("cycles/<uuid:cycle_id>/will-do/", feedback.promises, name="will-do"),
    path("cycles/<uuid:cycle_id>/visits/", visits.visits, name="visits"),
    path("<uuid:return_id>/visit/", visits.add, name="add-visit"),
    path("visits/<uuid:visit_id>/", visits.visit, name="visit"),
    path("visits/<uuid:visit_id>/plan/", visits.plan, name="plan-visit"),
    path("visits/<uuid:visit_id>/findings/<slug:key>/", visits.findings, name="findings"),
    path("visits/<uuid:visit_id>/agree/", visits.agree, name="agree-visit"),
    path("visits/<uuid:visit_id>/call-off/", visits.call_off, name="call-off-visit"),
]
