"""The addresses of subjects."""

from django.urls import path

from haven.subjects.views import knowing

app_name = "subjects"
urlpatterns = [
    path("golden-rules/", knowing.keep_closed, name="golden-rules"),
]
