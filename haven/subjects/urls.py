"""The addresses of subjects. None holds a name."""

from django.urls import path

from haven.subjects.views import breaking, keeping_from, knowing, looking

app_name = "subjects"
urlpatterns = [
    path("", looking.look_up, name="look-up"),
    path("golden-rules/", knowing.keep_closed, name="golden-rules"),
    path("emergencies/", breaking.reviews, name="reviews"),
    path("emergencies/<uuid:glass_id>/", breaking.review, name="review"),
    path("records/<uuid:record_id>/emergency/", breaking.break_glass, name="break"),
    path("<uuid:subject_id>/", looking.show, name="show"),
    path("<uuid:subject_id>/interest/", keeping_from.declare, name="interest"),
    path("<uuid:subject_id>/kept-from/", keeping_from.exclusions, name="exclusions"),
    path("<uuid:subject_id>/kept-from/<uuid:exclusion_id>/end/", keeping_from.end, name="end-exclusion"),
]
