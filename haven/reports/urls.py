"""The addresses of pictures and reports, beside those of audits."""

from django.urls import path

from haven.reports.views import pictures, reports

app_name = "reports"
urlpatterns = [
    path("cycles/<uuid:cycle_id>/picture/", pictures.picture, name="picture"),
    path("cycles/<uuid:cycle_id>/picture/all/", pictures.picture_all, name="picture-all"),
    path("cycles/<uuid:cycle_id>/picture.csv", pictures.export, {"kind": "csv"}, name="picture-csv"),
    path("cycles/<uuid:cycle_id>/picture.xlsx", pictures.export, {"kind": "xlsx"}, name="picture-xlsx"),
    path("cycles/<uuid:cycle_id>/questions/<slug:key>/", pictures.question, name="question"),
    path("cycles/<uuid:cycle_id>/themes/", pictures.themes, name="themes"),
    path("cycles/<uuid:cycle_id>/support/", pictures.support, name="support"),
    path("<uuid:return_id>/beside/", pictures.beside, name="beside"),
    path("national/", pictures.national, name="national"),
    path("cycles/<uuid:cycle_id>/report/", reports.report, name="report"),
    path("cycles/<uuid:cycle_id>/report/make/", reports.make, name="make-report"),
    path("reports/<uuid:printed_id>/", reports.printed, name="printed"),
    path("reports/<uuid:printed_id>/<slug:kind>/", reports.document, name="printed-file"),
]
