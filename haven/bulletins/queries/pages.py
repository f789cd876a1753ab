"""A bulletin as it is read: what it asks first, then dates, contacts, guidance, links, and the note itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import require
from haven.access.roles import LABELS, Role
from haven.actions.models import Assignment
from haven.actions.rules import ReachKind, State, is_overdue
from haven.bulletins.models import Bulletin, Contact, Item, Version
from haven.bulletins.policy import READERS, contacts_seen_by, may_prepare, may_read, prepared_by
from haven.bulletins.queries.withholding import secrets_from, secrets_from_public
from haven.bulletins.rules.cutting import Mark, Segment, segments
from haven.bulletins.rules.facts import (
    AskedFacts,
    ContactFacts,
    EventFacts,
    GuidanceFacts,
    LinkFacts,
    called,
    in_words,
)
from haven.bulletins.rules.marking import LABELS as MARKINGS
from haven.bulletins.rules.marking import Secret, hidden_spans, hides, redacted
from haven.bulletins.rules.publishing import ItemState
from haven.bulletins.rules.showing import RECURS, due, telephone, when
from haven.engines.days.moments import local_day
from haven.engines.reading.items import Marking

Secrets = frozenset[Secret]


@dataclass(frozen=True, slots=True)
class Answering:
    """Where one organisation answers an action, and how far it is; for the lead, where she sees who has."""

    address: str
    organisation: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLine:
    """One thing asked."""

    number: int
    item: UUID
    what: str
    due: str
    due_on: date | None
    is_late: bool
    roles: str
    recurs: str
    is_optional: bool
    prohibits: bool
    quote: str
    answering: list[Answering]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """One happening."""

    number: int
    item: UUID
    title: str
    when: str
    starts_on: date | None
    place: str
    recurs: str
    is_online: bool
    is_optional: bool
    is_cancelled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLine:
    """One contact that the reader may have. `phones` hold each number as dialled and as written."""

    number: int
    item: UUID | None
    contact: UUID | None
    name: str
    role: str
    phones: list[tuple[str, str]]
    emails: list[str]
    marking: str
    marking_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionLine:
    """Guidance that the note speaks of, or a link."""

    number: int
    item: UUID
    title: str
    note: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinPage:
    """A whole bulletin, holding nothing that its reader may not have. `note` is null where the note is not shown."""

    id: UUID
    title: str
    introduction: str
    kind: str
    kind_label: str
    is_public: bool
    from_whom: str
    for_whom: list[str]
    roles: list[str]
    published_at: datetime | None
    amended_at: datetime | None
    expires_on: date | None
    is_over: bool
    ended_why: str
    ended_at: datetime | None
    asked: list[AskedLine]
    events: list[EventLine]
    contacts: list[ContactLine]
    withheld: int
    guidance: list[MentionLine]
    links: list[MentionLine]
    note: list[Segment] | None
    may_change: bool


def bulletin_page(*, bulletin_id: UUID, by: Actor, at: datetime) -> BulletinPage:
    """A published or withdrawn bulletin as this reader may see it. Raises `Refused`."""
    bulletin = Bulletin.objects.select_related("note", "area", "asked_by").get(pk=bulletin_id)
    require(may_read(by, bulletin, local_day(at)))
    seen = Contact.objects.filter(contacts_seen_by(by, local_day(at)))
    items = _items(bulletin)
    return _page(
        bulletin,
        items,
        contacts={contact.pk: contact for contact in seen.filter(items__in=items)},
        secrets=secrets_from(by=by, bulletin=bulletin, on=local_day(at)),
        answering=_answering(bulletin, items, by, at),
        at=at,
        may_change=bool(may_prepare(by, bulletin.area_id)) and bulletin.is_published,
    )


def preview_page(*, bulletin_id: UUID, by: Actor, at: datetime) -> BulletinPage:
    """A draft as a school's safeguarding lead will see it. Raises `Refused`."""
    bulletin = Bulletin.objects.select_related("note", "area", "asked_by").get(pk=bulletin_id)
    require(may_prepare(by, bulletin.area_id))
    return _page(bulletin, _items(bulletin), contacts=None, secrets=frozenset(), answering={}, at=at, may_change=False)


def public_page(bulletin: Bulletin, at: datetime) -> BulletinPage:
    """A public bulletin as anybody may see it: without any marked contact, and without the note where it names one."""
    secrets = secrets_from_public()
    items = _items(bulletin)
    unmarked = {contact.pk: contact for contact in Contact.objects.filter(marking="", items__in=items)}
    page = _page(bulletin, items, contacts=unmarked, secrets=secrets, answering={}, at=at, may_change=False)
    return replace(page, withheld=0, note=None if hides(bulletin.note.text, secrets) else page.note)


def history_of(*, bulletin_id: UUID, by: Actor) -> list[Version]:
    """How a bulletin stood before each change, for who may change it."""
    versions = Version.objects.filter(bulletin=bulletin_id, bulletin__in=Bulletin.objects.filter(prepared_by(by)))
    return list(versions.select_related("changed_by"))


def audience_in_words(bulletin: Bulletin) -> list[str]:
    """Whom it is for, line by line."""
    lines = bulletin.audience.all()
    return sorted(_line(each.kind, each.cluster, each.organisation, each.get_phase_display()) for each in lines)


def _line(kind: str, cluster: object, organisation: object, phase: str) -> str:
    match ReachKind(kind):
        case ReachKind.ALL_SCHOOLS:
            return "all schools"
        case ReachKind.CLUSTER:
            return f"{cluster} cluster" if "cluster" not in str(cluster).lower() else str(cluster)
        case ReachKind.PHASE:
            return f"{phase.lower()} schools"
        case ReachKind.ORGANISATION:
            return str(organisation)


def _items(bulletin: Bulletin) -> list[Item]:
    return list(bulletin.items.filter(state=ItemState.ACCEPTED).select_related("contact", "action"))


def _page(
    bulletin: Bulletin,
    items: list[Item],
    *,
    contacts: Mapping[UUID, Contact] | None,
    secrets: Secrets,
    answering: Mapping[UUID, list[Answering]],
    at: datetime,
    may_change: bool,
) -> BulletinPage:
    shown, withheld = _contacts(items, contacts, secrets)
    is_over = bulletin.expires_on is not None and bulletin.expires_on <= local_day(at)
    return BulletinPage(
        id=bulletin.pk,
        title=redacted(bulletin.title, secrets),
        introduction=redacted(bulletin.introduction, secrets),
        kind=bulletin.kind,
        kind_label=bulletin.get_kind_display(),
        is_public=bulletin.is_public,
        from_whom=str(bulletin.asked_by),
        for_whom=audience_in_words(bulletin),
        roles=[LABELS[Role(role)] for role in bulletin.roles],
        published_at=bulletin.published_at,
        amended_at=bulletin.amended_at,
        expires_on=bulletin.expires_on,
        is_over=is_over,
        ended_why=redacted(bulletin.ended_why, secrets),
        ended_at=bulletin.ended_at,
        asked=_asked(items, secrets, answering, at),
        events=_events(items, secrets),
        contacts=shown,
        withheld=withheld,
        guidance=_guidance(items, secrets),
        links=_links(items, secrets),
        note=_note(bulletin, items, secrets),
        may_change=may_change,
    )


def _note(bulletin: Bulletin, items: Iterable[Item], secrets: Secrets) -> list[Segment]:
    text = bulletin.note.text
    return segments(text, [Mark(each.number, each.start, each.end) for each in items], hidden_spans(text, secrets))


def _asked(
    items: Iterable[Item], secrets: Secrets, answering: Mapping[UUID, list[Answering]], at: datetime
) -> list[AskedLine]:
    lines = []
    for item in items:
        facts = item.says
        if isinstance(facts, AskedFacts):
            lines.append(_asked_line(item, facts, secrets, answering.get(item.pk, []), at))
    return sorted(lines, key=lambda line: (line.due_on or date.max, line.number))


def _asked_line(item: Item, facts: AskedFacts, secrets: Secrets, answering: list[Answering], at: datetime) -> AskedLine:
    return AskedLine(
        number=item.number,
        item=item.pk,
        what=redacted(facts.what, secrets),
        due=due(facts),
        due_on=facts.due_on,
        is_late=is_overdue(facts.due_on, facts.due_time, at),
        roles=", ".join(LABELS[role] for role in facts.roles),
        recurs=RECURS.get(facts.recurs or "", ""),
        is_optional=facts.is_optional,
        prohibits=facts.prohibits,
        quote=redacted(item.quote, secrets),
        answering=answering,
    )


def _events(items: Iterable[Item], secrets: Secrets) -> list[EventLine]:
    said = [(item, in_words(item.says, lambda words: redacted(words, secrets))) for item in items]
    lines = [
        EventLine(
            number=item.number,
            item=item.pk,
            title=facts.title,
            when=when(facts),
            starts_on=facts.starts_on,
            place=facts.place,
            recurs=RECURS.get(facts.recurs or "", ""),
            is_online=facts.is_online,
            is_optional=facts.is_optional,
            is_cancelled=facts.is_cancelled,
        )
        for item, facts in said
        if isinstance(facts, EventFacts)
    ]
    return sorted(lines, key=lambda line: (line.starts_on or date.max, line.number))


def _contacts(
    items: Iterable[Item], contacts: Mapping[UUID, Contact] | None, secrets: Secrets
) -> tuple[list[ContactLine], int]:
    """The contacts to show, each once, and how many are withheld. Without a directory, as the draft says them."""
    lines: dict[UUID, ContactLine] = {}
    withheld: set[UUID] = set()
    for item in items:
        facts = item.says
        if not isinstance(facts, ContactFacts):
            continue
        if contacts is None:
            lines[item.pk] = _drafted(item, facts)
        elif item.contact_id is None:
            continue
        elif contact := contacts.get(item.contact_id):
            lines.setdefault(contact.pk, contact_line(contact, secrets, item))
        else:
            withheld.add(item.contact_id)
    return list(lines.values()), len(withheld)


def contact_line(contact: Contact, secrets: Secrets, item: Item | None = None) -> ContactLine:
    """A contact of the directory as a line."""
    return ContactLine(
        number=item.number if item else 0,
        item=item.pk if item else None,
        contact=contact.pk,
        name=redacted(contact.called, secrets),
        role=redacted(contact.role_besides, secrets),
        phones=[(each, telephone(each)) for each in contact.phones if not hides(each, secrets)],
        emails=[each for each in contact.emails if not hides(each, secrets)],
        marking=contact.marking,
        marking_label=contact.marking_label,
    )


def _drafted(item: Item, facts: ContactFacts) -> ContactLine:
    said: Marking | None = facts.marking
    return ContactLine(
        number=item.number,
        item=item.pk,
        contact=None,
        name=called(facts),
        role=facts.role if called(facts) != facts.role else "",
        phones=[(each, telephone(each)) for each in facts.phones],
        emails=list(facts.emails),
        marking=said.value if said else "",
        marking_label=MARKINGS[said.value] if said else "",
    )


def _guidance(items: Iterable[Item], secrets: Secrets) -> list[MentionLine]:
    lines: dict[str, MentionLine] = {}
    for item in items:
        facts = item.says
        if isinstance(facts, GuidanceFacts):
            title = redacted(f"{facts.title} ({facts.edition})" if facts.edition else facts.title, secrets)
            standing = facts.status.value.capitalize() if facts.status else ""
            lines.setdefault(title, MentionLine(number=item.number, item=item.pk, title=title, note=standing))
    return list(lines.values())


def _links(items: Iterable[Item], secrets: Secrets) -> list[MentionLine]:
    lines: dict[str, MentionLine] = {}
    for item in items:
        facts = item.says
        if isinstance(facts, LinkFacts) and not hides(facts.url, secrets):
            title = redacted(facts.text if len(facts.text) > 4 else facts.url, secrets)
            line = MentionLine(number=item.number, item=item.pk, title=title, note="", url=facts.url)
            lines.setdefault(facts.url, line)
    return list(lines.values())


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
