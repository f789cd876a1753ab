"""Every address of Haven."""

from django.urls import include, path

urlpatterns = [
    path("", include("haven.desk.urls")),
    path("account/", include("allauth.urls")),
]
