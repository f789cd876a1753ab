"""The addresses of the house as they are in the demonstration."""

from django.urls import include, path

from haven.config.urls import urlpatterns as house

urlpatterns = [path("demo/", include("haven.config.demo.urls")), *house]
