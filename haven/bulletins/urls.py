"""The addresses of bulletins."""

from django.urls import path

from haven.bulletins.views import checking, directory, items, reading

app_name = "bulletins"
urlpatterns = [
    path("", reading.index, name="index"),
    path("drafts/", checking.drafts, name="drafts"),
    path("new/", checking.add, name="add"),
    path("events/", directory.calendar, name="events"),
    path("events.ics", directory.calendar_file, name="events-file"),
    path("contacts/", directory.contacts, name="contacts"),
    path("contacts.csv", directory.export, {"kind": "csv"}, name="contacts-csv"),
    path("contacts.xlsx", directory.export, {"kind": "xlsx"}, name="contacts-xlsx"),
    path("contacts/<uuid:contact_id>/", directory.contact, name="contact"),
    path("contacts/<uuid:contact_id>/change/", directory.amend, name="amend-contact"),
    path("contacts/<uuid:contact_id>/retire/", directory.retire, name="retire-contact"),
    path("contacts/<uuid:contact_id>/restore/", directory.restore, name="restore-contact"),
    path("items/<uuid:item_id>/accept/", items.accept, name="accept-item"),
    path("items/<uuid:item_id>/dismiss/", items.dismiss, name="dismiss-item"),
    path("items/<uuid:item_id>/reconsider/", items.reconsider, name="reconsider-item"),
    path("items/<uuid:item_id>/edit/", items.edit, name="edit-item"),
    path("items/<uuid:item_id>/reshape/", items.reshape, name="reshape-item"),
    path("items/<uuid:item_id>/kind/", items.set_kind, name="set-kind"),
    path("items/<uuid:item_id>/join/", items.join, name="join-items"),
    path("items/<uuid:item_id>/split/", items.split, name="split-item"),
    path("items/<uuid:item_id>/withdraw/", reading.withdraw_item, name="withdraw-item"),
    path("<uuid:bulletin_id>/", reading.show, name="show"),
    path("<uuid:bulletin_id>/check/", checking.check, name="check"),
    path("<uuid:bulletin_id>/check/add/", items.add, name="add-item"),
    path("<uuid:bulletin_id>/check/sure/", items.accept_sure, name="accept-sure"),
    path("<uuid:bulletin_id>/words/", checking.give_words, name="give-words"),
    path("<uuid:bulletin_id>/file/", checking.file, name="file"),
    path("<uuid:bulletin_id>/settings/", checking.set_up, name="settings"),
    path("<uuid:bulletin_id>/preview/", checking.preview, name="preview"),
    path("<uuid:bulletin_id>/publish/", checking.publish, name="publish"),
    path("<uuid:bulletin_id>/discard/", checking.discard, name="discard"),
    path("<uuid:bulletin_id>/amend/", reading.amend, name="amend"),
    path("<uuid:bulletin_id>/withdraw/", reading.withdraw, name="withdraw"),
]
