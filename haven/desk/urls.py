"""The home and the pages about Haven itself."""

from django.urls import path

from haven.desk import views
from haven.signin.rules import confidential

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("ledger/", confidential(views.ledger), name="ledger"),
]
