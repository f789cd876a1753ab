"""The public addresses."""

from django.urls import path

from haven.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.index, name="index"),
    path("events/", views.events, name="events"),
    path("<uuid:bulletin_id>/", views.show, name="show"),
]
