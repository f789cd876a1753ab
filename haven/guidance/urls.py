"""The addresses of guidance."""

from django.urls import path

from haven.guidance.views import keeping, reading

app_name = "guidance"
urlpatterns = [
    path("", reading.index, name="index"),
    path("search/", reading.search, name="search"),
    path("new/", keeping.add_document, name="add-document"),
    path("editions/<uuid:edition_id>/", reading.edition, name="edition"),
    path("editions/<uuid:edition_id>/clauses/<int:place>/", reading.clause, name="clause"),
    path("editions/<uuid:edition_id>/clauses/<int:place>/thread/", reading.thread, name="thread"),
    path("editions/<uuid:edition_id>/file/", reading.file, name="file"),
    path("editions/<uuid:edition_id>/give/", keeping.give_file, name="give-file"),
    path("editions/<uuid:edition_id>/remove-file/", keeping.remove_file, name="remove-file"),
    path("editions/<uuid:edition_id>/change/", keeping.amend_edition, name="amend-edition"),
    path("editions/<uuid:edition_id>/withdraw/", keeping.withdraw_edition, name="withdraw-edition"),
    path("<uuid:document_id>/", reading.document, name="document"),
    path("<uuid:document_id>/change/", keeping.amend_document, name="amend-document"),
    path("<uuid:document_id>/withdraw/", keeping.withdraw_document, name="withdraw-document"),
    path("<uuid:document_id>/put-back/", keeping.restore_document, name="restore-document"),
    path("<uuid:document_id>/editions/new/", keeping.add_edition, name="add-edition"),
]
