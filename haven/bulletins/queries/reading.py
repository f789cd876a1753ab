"""One bulletin, for the reader who opens it: a member, or anybody."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import require
from haven.access.roles import READERS
from haven.actions.models import Assignment
from haven.actions.rules import State, is_overdue
from haven.bulletins.models import Bulletin, Contact, Item, Version
from haven.bulletins.policy import contacts_seen_by, items_meant_for, may_prepare, may_read, prepared_by
from haven.bulletins.queries.pages import (
    Answering,
    BulletinPage,
    ContactLine,
    Reader,
    contact_line,
    items_of,
    named_on,
    page_of,
)
from haven.bulletins.queries.withholding import Secrets, secrets_from, secrets_from_public
from haven.bulletins.rules.facts import ContactFacts
from haven.bulletins.rules.marking import hides
from haven.engines.days.moments import local_day


def bulletin_page(*, bulletin_id: UUID, by: Actor, at: datetime) -> BulletinPage:
    """A published or withdrawn bulletin as this reader may see it. Raises `Refused`."""
    on = local_day(at)
    bulletin = Bulletin.objects.select_related("note", "area", "asked_by").get(pk=bulletin_id)
    require(may_read(by, bulletin, on))
    meant = set(bulletin.items.filter(items_meant_for(by, on)).values_list("pk", flat=True))
    items = [item for item in items_of(bulletin) if item.pk in meant]
    seen = list(Contact.objects.filter(contacts_seen_by(by, on), items__in=items))
    secrets = named_on(bulletin, items, seen, secrets_from(by=by, area=bulletin.area_id, on=on))
    reader = Reader(
        items=items,
        contact=_lines_of(seen, secrets),
        secrets=secrets,
        answering=_answering(bulletin, items, by, at),
        may_change=bool(may_prepare(by, bulletin.area_id)) and bulletin.is_published,
    )
    return page_of(bulletin, reader, at=at)


def public_page(bulletin: Bulletin, at: datetime) -> BulletinPage:
    """A public bulletin as anybody may see it: without any marked contact, and without the note where it names one."""
    items = items_of(bulletin)
    unmarked = list(Contact.objects.filter(marking="", items__in=items))
    secrets = named_on(bulletin, items, unmarked, secrets_from_public())
    page = page_of(bulletin, Reader(items=items, contact=_lines_of(unmarked, secrets), secrets=secrets), at=at)
    return without_what_is_marked(page, bulletin, secrets)


def without_what_is_marked(page: BulletinPage, bulletin: Bulletin, secrets: Secrets) -> BulletinPage:
    """The page for anybody: nothing says that a contact was withheld, and a note that names one is not shown."""
    return replace(page, withheld=0, note=None if hides(bulletin.note.text, secrets) else page.note)


def history_of(*, bulletin_id: UUID, by: Actor) -> list[Version]:
    """How a bulletin stood before each change, for who may change it."""
    versions = Version.objects.filter(bulletin=bulletin_id, bulletin__in=Bulletin.objects.filter(prepared_by(by)))
    return list(versions.select_related("changed_by"))


def _lines_of(seen: Iterable[Contact], secrets: Secrets) -> Callable[[Item, ContactFacts], ContactLine | None]:
    """Each of these contacts of the directory as a line; the others not."""
    contacts = {contact.pk: contact for contact in seen}

    def line(item: Item, _facts: ContactFacts) -> ContactLine | None:
        contact = contacts.get(item.contact_id) if item.contact_id else None
        return contact_line(contact, secrets, item) if contact else None

    return line


def _answering(bulletin: Bulletin, items: list[Item], by: Actor, at: datetime) -> dict[UUID, list[Answering]]:
    """Where this reader goes on from each item that asks something."""
    asked = {item.action_id: item.pk for item in items if item.action_id}
    if bulletin.area_id in by.leads:
        return {item: [Answering(f"/actions/asked/{action}/", "", "")] for action, item in asked.items()}
    mine = by.organisations(READERS)
    rows = Assignment.objects.filter(action__in=asked, organisation__in=mine).exclude(state=State.WITHDRAWN)
    latest = {(row.action_id, row.organisation_id): row for row in rows.order_by("occurrence_on")}
    found: dict[UUID, list[Answering]] = {}
    names = dict(rows.values_list("organisation_id", "organisation__name")) if latest else {}
    for (action, organisation), row in latest.items():
        is_late = row.is_waiting and is_overdue(row.due_on, row.due_time, at)
        state = "Overdue" if is_late else row.get_state_display()
        line = Answering(f"/actions/{row.pk}/", names[organisation] if len(mine) > 1 else "", state)
        found.setdefault(asked[action], []).append(line)
    return found
