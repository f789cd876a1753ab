"""The addresses of audits."""

from django.urls import path

from haven.audits.views import (
    answering,
    chasing,
    cycles,
    evidence,
    feedback,
    pictures,
    reading,
    remarks,
    saving,
    visits,
)
from haven.signin.rules import confidential

app_name = "audits"
urlpatterns = [
    # cycles: what is mine, and an area's asking
    path("", cycles.index, name="index"),
    path("cycles/new/", cycles.new, name="new"),
    path("cycles/<uuid:cycle_id>/", chasing.cycle, name="cycle"),
    path("cycles/<uuid:cycle_id>/chase/", chasing.chase, name="chase"),
    path("cycles/<uuid:cycle_id>/schools.csv", chasing.export, {"kind": "csv"}, name="schools-csv"),
    path("cycles/<uuid:cycle_id>/schools.xlsx", chasing.export, {"kind": "xlsx"}, name="schools-xlsx"),
    path("cycles/<uuid:cycle_id>/change/", cycles.amend, name="amend"),
    path("cycles/<uuid:cycle_id>/open/", cycles.open_cycle, name="open-cycle"),
    path("cycles/<uuid:cycle_id>/discard/", cycles.discard, name="discard"),
    path("cycles/<uuid:cycle_id>/put-off/", cycles.put_off, name="put-off"),
    path("cycles/<uuid:cycle_id>/close/", cycles.close, name="close"),
    # pictures
    path("cycles/<uuid:cycle_id>/picture/", pictures.picture, name="picture"),
    path("cycles/<uuid:cycle_id>/picture.csv", pictures.export, {"kind": "csv"}, name="picture-csv"),
    path("cycles/<uuid:cycle_id>/picture.xlsx", pictures.export, {"kind": "xlsx"}, name="picture-xlsx"),
    path("cycles/<uuid:cycle_id>/questions/<slug:key>/", pictures.question, name="question"),
    path("cycles/<uuid:cycle_id>/themes/", pictures.themes, name="themes"),
    path("cycles/<uuid:cycle_id>/support/", pictures.support, name="support"),
    path("<uuid:return_id>/beside/", pictures.beside, name="beside"),
    path("national/", pictures.national, name="national"),
    # answering back: what is read, what is said to it, and visits
    path("to-read/", reading.waiting, name="to-read"),
    path("to-read/oldest/", reading.oldest, name="read-oldest"),
    path("<uuid:return_id>/read/", reading.read, name="read"),
    path("<uuid:return_id>/read/<slug:key>/", reading.section, name="read-section"),
    path("<uuid:return_id>/read/files/<uuid:support_id>/", reading.file, name="read-file"),
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
    # a school at its return
    path("<uuid:return_id>/", answering.overview, name="return"),
    path("<uuid:return_id>/begin/", answering.begin, name="begin"),
    path("<uuid:return_id>/kind/", answering.kind, name="kind"),
    path("<uuid:return_id>/sections/<slug:key>/", answering.section, name="section"),
    path("<uuid:return_id>/save/", saving.save, name="save"),
    path("<uuid:return_id>/confirm/", saving.confirm, name="confirm"),
    path("<uuid:return_id>/evidence/<slug:key>/", evidence.evidence, name="evidence"),
    path("evidence/<uuid:support_id>/file/", confidential(evidence.file), name="evidence-file"),
]
