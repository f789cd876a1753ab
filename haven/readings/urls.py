"""The addresses of readings."""

from django.urls import path

from haven.readings.views import counting, keeping, own, rounds

app_name = "readings"
urlpatterns = [
    path("", own.index, name="own"),
    path("parts/<uuid:part_id>/", own.read, name="read"),
    path("parts/<uuid:part_id>/changes/", own.changes, name="changes"),
    path("parts/<uuid:part_id>/place/", own.keep_place, name="keep-place"),
    path("parts/<uuid:part_id>/sign/", own.sign, name="sign"),
    path("counts/", counting.counts, name="counts"),
    path("counts/export/<str:kind>/", counting.export, name="export-counts"),
    path("schools/<uuid:organisation_id>/", keeping.school, name="school"),
    path("schools/<uuid:organisation_id>/editions/", keeping.choose, name="choose"),
    path("schools/<uuid:organisation_id>/editions/<uuid:edition_id>/", keeping.matrix, name="matrix"),
    path("schools/<uuid:organisation_id>/editions/<uuid:edition_id>/move/", keeping.move, name="move"),
    path("schools/<uuid:organisation_id>/editions/<uuid:edition_id>/send/", rounds.send, name="send"),
    path("schools/<uuid:organisation_id>/staff/", keeping.staff, name="staff"),
    path("schools/<uuid:organisation_id>/staff/add/", keeping.add_staff, name="add-staff"),
    path("schools/<uuid:organisation_id>/staff/<uuid:who>/", keeping.reader, name="reader"),
    path("schools/<uuid:organisation_id>/staff/<uuid:who>/leave/", keeping.leave, name="leave"),
    path("schools/<uuid:organisation_id>/staff/<uuid:who>/account/", keeping.account, name="account"),
    path("rounds/<uuid:round_id>/", rounds.picture, name="round"),
    path("rounds/<uuid:round_id>/export/<str:kind>/", rounds.export, name="export"),
    path("rounds/<uuid:round_id>/remind/", rounds.remind, name="remind"),
    path("rounds/<uuid:round_id>/change/", rounds.amend, name="amend"),
    path("rounds/<uuid:round_id>/end/", rounds.end, name="end"),
    path("rounds/<uuid:round_id>/people/<uuid:who>/", rounds.person, name="person"),
    path("rounds/<uuid:round_id>/people/<uuid:who>/paper/", rounds.paper, name="paper"),
    path("rounds/<uuid:round_id>/sheet/", rounds.sheet, name="sheet"),
    path("signatures/<uuid:signature_id>/take-back/", rounds.take_back, name="take-back"),
]
