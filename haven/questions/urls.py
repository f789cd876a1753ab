"""The addresses of questionnaires."""

from django.urls import path

from haven.questions.views import listing, looking, making

app_name = "questions"
urlpatterns = [
    path("", listing.index, name="index"),
    path("new/", listing.new, name="new"),
    path("bring-in/", listing.bring_in, name="bring-in"),
    path("<uuid:version_id>/", looking.version, name="version"),
    path("<uuid:version_id>/try/", looking.preview, name="preview"),
    path("<uuid:version_id>/beside/<uuid:other_id>/", looking.compared, name="differences"),
    path("<uuid:version_id>/questionnaire.yaml", looking.taken_away, {"kind": "yaml"}, name="as-yaml"),
    path("<uuid:version_id>/questionnaire.xlsx", looking.taken_away, {"kind": "xlsx"}, name="as-excel"),
    path("<uuid:version_id>/questionnaire.docx", looking.taken_away, {"kind": "docx"}, name="as-word"),
    path("<uuid:version_id>/copy/", listing.copy, name="copy"),
    path("<uuid:version_id>/next/", listing.start_next, name="next"),
    path("<uuid:version_id>/draft/", making.draft, name="draft"),
    path("<uuid:version_id>/draft/move/", making.move, name="move"),
    path("<uuid:version_id>/draft/remove/", making.remove, name="remove"),
    path("<uuid:version_id>/draft/undo/", making.undo, name="undo"),
    path("<uuid:version_id>/draft/earlier/", making.steps, name="steps"),
    path("<uuid:version_id>/draft/release/", making.release, name="release"),
    path("<uuid:version_id>/draft/discard/", making.discard, name="discard"),
    path("<uuid:version_id>/draft/kind/<slug:key>/", making.kind, name="kind"),
    path("<uuid:version_id>/draft/new/<slug:thing>/", making.add, name="add"),
    path("<uuid:version_id>/draft/new/<slug:thing>/in/<slug:key>/", making.add_within, name="add-within"),
    path("<uuid:version_id>/draft/change/<slug:thing>/", making.change, name="change-head"),
    path("<uuid:version_id>/draft/change/<slug:thing>/<slug:key>/", making.change, name="change"),
]
