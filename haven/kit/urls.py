"""The gallery's address."""

from django.urls import path

from haven.kit import views

app_name = "kit"
urlpatterns = [path("", views.gallery, name="gallery")]
