"""The addresses of bulletins."""

from django.urls import path

from haven.bulletins.views import checking, directory, items, reading
from haven.signin.rules import confidential

app_name = "bulletins"
urlpatterns = [
    path("", reading.index, name="index"),
    path("drafts/", checking.drafts, name="drafts"),
    path("new/", checking.add, name="add"),
    path("events/", directory.calendar, name="events"),
    path("events.ics", directory.calendar_file, name="events-file"),
    path("contacts/", confidential(directory.contacts), name="contacts"),
    path("contacts.csv", confidential(directory.export), {"kind": "csv"}, name="contacts-csv"),
    path("contacts.xlsx", confidential(directory.export), {"kind": "xlsx"}, name="contacts-xlsx"),
    path("contacts/<uuid:contact_id>/", confidential(directory.contact), name="contact"),
    path("contacts/<uuid:contact_id>/change/", confidential(directory.amend), name="amend-contact"),
    path("contacts/<uuid:contact_id>/retire/", confidential(directory.retire), name="retire-contact"),
    path("contacts/<uuid:contact_id>/restore/", confidential(directory.restore), name="restore-contact"),
    path("items/<uuid:item_id>/accept/", confidential(items.accept), name="accept-item"),
    path("items/<uuid:item_id>/dismiss/", confidential(items.dismiss), name="dismiss-item"),
    path("items/<uuid:item_id>/reconsider/", confidential(items.reconsider), name="reconsider-item"),
    path("items/<uuid:item_id>/edit/", confidential(items.edit), name="edit-item"),
    path("items/<uuid:item_id>/reshape/", confidential(items.reshape), name="reshape-item"),
    path("items/<uuid:item_id>/kind/", confidential(items.set_kind), name="set-kind"),
    path("items/<uuid:item_id>/join/", confidential(items.join), name="join-items"),
    path("items/<uuid:item_id>/split/", confidential(items.split), name="split-item"),
    path("items/<uuid:item_id>/withdraw/", confidential(reading.withdraw_item), name="withdraw-item"),
    path("<uuid:bulletin_id>/", confidential(reading.show), name="show"),
    path("<uuid:bulletin_id>/check/", confidential(checking.check), name="check"),
    path("<uuid:bulletin_id>/check/add/", confidential(items.add), name="add-item"),
    path("<uuid:bulletin_id>/check/sure/", confidential(items.accept_sure), name="accept-sure"),
    path("<uuid:bulletin_id>/words/", confidential(checking.give_words), name="give-words"),
    path("<uuid:bulletin_id>/file/", confidential(checking.file), name="file"),
    path("<uuid:bulletin_id>/settings/", checking.set_up, name="settings"),
    path("<uuid:bulletin_id>/preview/", confidential(checking.preview), name="preview"),
    path("<uuid:bulletin_id>/publish/", confidential(checking.publish), name="publish"),
    path("<uuid:bulletin_id>/discard/", checking.discard, name="discard"),
    path("<uuid:bulletin_id>/amend/", reading.amend, name="amend"),
    path("<uuid:bulletin_id>/withdraw/", reading.withdraw, name="withdraw"),
]
