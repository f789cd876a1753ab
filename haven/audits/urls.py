"""The addresses of audits."""

from django.urls import path

from haven.audits.views import answering, chasing, copies, cycles, evidence, plans, saving, signing, trusts
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
    # a trust at the audits of its schools
    path("trust/", trusts.index, name="trust"),
    path("trust/begin/<uuid:cycle_id>/<uuid:trust_id>/", trusts.begin, name="begin-trust"),
    path("trust/<uuid:trust_sheet_id>/", trusts.sheet, name="trust-sheet"),
    path("trust/<uuid:trust_sheet_id>/hand-out/", trusts.hand_out, name="hand-out"),
    path("trust/<uuid:trust_sheet_id>/<slug:key>/", trusts.section, name="trust-section"),
    # a school at its return
    path("<uuid:return_id>/", answering.overview, name="return"),
    path("<uuid:return_id>/begin/", answering.begin, name="begin"),
    path("<uuid:return_id>/kind/", answering.kind, name="kind"),
    path("<uuid:return_id>/sections/<slug:key>/", answering.section, name="section"),
    path("<uuid:return_id>/save/", saving.save, name="save"),
    path("<uuid:return_id>/confirm/", saving.confirm, name="confirm"),
    path("<uuid:return_id>/evidence/<slug:key>/", evidence.evidence, name="evidence"),
    path("evidence/<uuid:support_id>/file/", confidential(evidence.file), name="evidence-file"),
    # signing, copies and the plan
    path("<uuid:return_id>/sign/", signing.sign, name="sign"),
    path("<uuid:return_id>/reopen/", signing.reopen, name="reopen"),
    path("<uuid:return_id>/receipt/", signing.receipt, name="receipt"),
    path("<uuid:return_id>/copies/<int:number>/", copies.show, name="copy"),
    path("<uuid:return_id>/copies/<int:number>/<slug:kind>/", copies.download, name="copy-file"),
    path("<uuid:return_id>/plan/", plans.plan, name="plan"),
    path("<uuid:return_id>/plan/add/", plans.add, name="plan-add"),
    path("<uuid:return_id>/plan/file/<slug:kind>/", plans.export, name="plan-file"),
    path("<uuid:return_id>/plan/<uuid:line_id>/out/", plans.take_out, name="plan-out"),
    path("<uuid:return_id>/plan/<uuid:line_id>/back/", plans.put_back, name="plan-back"),
]
