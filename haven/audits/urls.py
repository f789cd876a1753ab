"""The addresses of audits."""

from django.urls import path

from haven.audits.views import chasing, cycles, pictures

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
]
