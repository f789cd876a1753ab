"""The addresses of programs and of their keys."""

from django.urls import path

from haven.api.views import keys, notifications

app_name = "api"
urlpatterns = [
    path("api/v1/notifications", notifications.notifications, name="notifications"),
    path("api/v1/notifications/batch", notifications.batch, name="batch"),
    path("api/v1/receipts", notifications.receipts, name="receipts"),
    path("api/v1/receipts/<slug:reference>/proof", notifications.proof, name="proof"),
    path("programs/", keys.index, name="keys"),
    path("programs/new/", keys.register, name="register"),
    path("programs/<uuid:key_id>/", keys.show, name="key"),
    path("programs/<uuid:key_id>/approve/", keys.approve, name="approve"),
    path("programs/<uuid:key_id>/end/", keys.end, name="end"),
]
