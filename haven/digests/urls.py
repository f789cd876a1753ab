"""The addresses of digests."""

from django.urls import path

from haven.digests import views

app_name = "digests"
urlpatterns = [
    path("", views.index, name="index"),
    path("of/<uuid:old_id>/<uuid:new_id>/", views.begin, name="begin"),
    path("<uuid:digest_id>/", views.digest, name="show"),
    path("<uuid:digest_id>/versions/<int:number>/", views.version, name="version"),
    path("<uuid:digest_id>/write/", views.write, name="write"),
    path("<uuid:digest_id>/words/", views.words, name="words"),
    path("<uuid:digest_id>/take/", views.take, name="take-lines"),
    path("<uuid:digest_id>/lines/new/", views.add_line, name="add-line"),
    path("<uuid:digest_id>/preview/", views.preview, name="preview"),
    path("<uuid:digest_id>/publish/", views.publish, name="publish"),
    path("<uuid:digest_id>/withdraw/", views.withdraw, name="withdraw"),
    path("lines/<uuid:line_id>/", views.line, name="edit-line"),
    path("lines/<uuid:line_id>/settle/", views.settle, name="settle-line"),
]
