"""The demonstration's own addresses. They exist only where HAVEN_DEMO is set."""

from django.urls import path

from haven.config.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.cast, name="cast"),
    path("<slug:key>/", views.be, name="be"),
]
