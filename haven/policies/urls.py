"""The addresses of school policies."""

from django.urls import path

from haven.policies.views import linking, picture, register, versions

app_name = "policies"
urlpatterns = [
    path("", register.index, name="index"),
    path("new/", register.add, name="add"),
    path("usual/", register.add_usual, name="usual"),
    path("schools/", picture.picture, name="picture"),
    path("schools.csv", picture.export, {"kind": "csv"}, name="export-csv"),
    path("schools.xlsx", picture.export, {"kind": "xlsx"}, name="export-xlsx"),
    path("schools/<uuid:school_id>/", picture.school, name="school"),
    path("clauses/<uuid:edition_id>/<int:place>/", linking.from_clause, name="from-clause"),
    path("links/<uuid:link_id>/take-off/", linking.unlink, name="unlink"),
    path("links/<uuid:link_id>/still-right/", linking.confirm, name="confirm-link"),
    path("versions/<uuid:version_id>/", versions.decide, name="decide"),
    path("versions/<uuid:version_id>/file/", versions.file, name="file"),
    path("versions/<uuid:version_id>/send/", versions.send, name="send"),
    path("versions/<uuid:version_id>/send-back/", versions.send_back, name="send-back"),
    path("versions/<uuid:version_id>/approve/", versions.sign, name="sign"),
    path("versions/<uuid:version_id>/record/", versions.record, name="record"),
    path("versions/<uuid:version_id>/give-up/", versions.discard, name="discard"),
    path("<uuid:policy_id>/", register.show, name="show"),
    path("<uuid:policy_id>/change/", register.amend, name="amend"),
    path("<uuid:policy_id>/withdraw/", register.withdraw, name="withdraw"),
    path("<uuid:policy_id>/review/", register.review, name="review"),
    path("<uuid:policy_id>/versions/new/", versions.add, name="add-version"),
    path("<uuid:policy_id>/rests-on/", linking.choose, name="choose"),
    path("<uuid:policy_id>/rests-on/document/", linking.link_document, name="link-document"),
    path("<uuid:policy_id>/rests-on/clause/", linking.link_clause, name="link-clause"),
]
