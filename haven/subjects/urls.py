"""The addresses of subjects. None holds a name."""

from django.urls import path

from haven.subjects.views import (
    addressing,
    breaking,
    exporting,
    keeping,
    keeping_from,
    knowing,
    lending,
    looking,
    retaining,
)

app_name = "subjects"
urlpatterns = [
    path("", looking.look_up, name="look-up"),
    path("golden-rules/", knowing.keep_closed, name="golden-rules"),
    path("keeping/", keeping.desk, name="keeping"),
    path("keeping/years/", retaining.years, name="years"),
    path("lent/", lending.lent, name="lent"),
    path("emergencies/", breaking.reviews, name="reviews"),
    path("emergencies/<uuid:glass_id>/", breaking.review, name="review"),
    path("records/<uuid:record_id>/emergency/", breaking.break_glass, name="break"),
    path("<uuid:subject_id>/", looking.show, name="show"),
    path("<uuid:subject_id>/interest/", keeping_from.declare, name="interest"),
    path("<uuid:subject_id>/kept-from/", keeping_from.exclusions, name="exclusions"),
    path("<uuid:subject_id>/kept-from/<uuid:exclusion_id>/end/", keeping_from.end, name="end-exclusion"),
    path("<uuid:subject_id>/shown/", looking.register, name="register"),
    path("<uuid:subject_id>/kept/", keeping.show, name="kept"),
    path("<uuid:subject_id>/kept/hold/", keeping.hold, name="hold"),
    path("<uuid:subject_id>/kept/holds/<uuid:hold_id>/end/", keeping.end_hold, name="end-hold"),
    path("<uuid:subject_id>/kept/erase/", keeping.ask_erasure, name="ask-erasure"),
    path("<uuid:subject_id>/kept/erasures/<uuid:erasure_id>/", keeping.erasure, name="erasure"),
    path("<uuid:subject_id>/export/", exporting.everything, name="export"),
    path("<uuid:subject_id>/safe/", addressing.safe_address, name="address"),
    path("<uuid:subject_id>/safe/give/", addressing.give, name="give-address"),
    path("<uuid:subject_id>/guests/", lending.guests, name="guests"),
    path("<uuid:subject_id>/guests/<uuid:person_id>/end/", lending.end_guest, name="end-guest"),
]
