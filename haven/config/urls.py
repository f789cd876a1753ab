"""Every address of Haven."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("haven.desk.urls")),
    path("account/", include("allauth.urls")),
]

if settings.IS_DEMO:
    urlpatterns += [path("demo/", include("haven.config.demo.urls"))]
