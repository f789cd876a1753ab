"""The addresses of programs and of their keys."""

from django.urls import path

from haven.api.views import keys

app_name = "api"
urlpatterns = [
    path("programs/", keys.index, name="keys"),
    path("programs/new/", keys.register, name="register"),
    path("programs/<uuid:key_id>/", keys.show, name="key"),
    path("programs/<uuid:key_id>/approve/", keys.approve, name="approve"),
    path("programs/<uuid:key_id>/end/", keys.end, name="end"),
]
