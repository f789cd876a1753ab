"""The public addresses."""

from django.urls import path

from haven.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.index, name="index"),
    path("events/", views.events, name="events"),
    path("changes/", views.digests, name="digests"),
    path("changes/<uuid:digest_id>/", views.digest, name="digest"),
    path("<uuid:bulletin_id>/", views.show, name="show"),
]
