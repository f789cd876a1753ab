"""The addresses of spreadsheets, beside those of audits."""

from django.urls import path

from haven.spreadsheets.views import exporting, importing

app_name = "spreadsheets"
urlpatterns = [
    path("imports/new/", importing.give, name="import-new"),
    path("imports/<uuid:import_id>/", importing.show, name="import"),
    path("imports/<uuid:import_id>/columns/", importing.columns, name="import-columns"),
    path("imports/<uuid:import_id>/words/", importing.words, name="import-words"),
    path("imports/<uuid:import_id>/look/", importing.look, name="import-look"),
    path("imports/<uuid:import_id>/take/", importing.take, name="import-take"),
    path("imports/<uuid:import_id>/forget/", importing.forget, name="import-forget"),
    path("cycles/<uuid:cycle_id>/take-back/", importing.take_back, name="import-back"),
    path("cycles/<uuid:cycle_id>/everything/<slug:kind>/", exporting.take_away, name="take-away"),
]
