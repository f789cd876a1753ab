"""The addresses of audits."""

from django.urls import path

from haven.audits.views import pictures

app_name = "audits"
urlpatterns = [
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
