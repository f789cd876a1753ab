"""A bulletin as it is read: what it asks first, then dates, contacts, guidance, links, and the note itself."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from haven.access.roles import LABELS, Role
from haven.actions.rules import is_overdue
from haven.bulletins.models import Bulletin, Contact, Item
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
from haven.bulletins.rules.marking import Secret, hidden_spans, hides, perhaps_named, redacted
from haven.bulletins.rules.publishing import ItemState
from haven.bulletins.rules.showing import RECURS, due, telephone, when
from haven.engines.days.moments import local_day

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
    only_for: str
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
    only_for: str


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
class Reader:
    """What one reader gets of a bulletin: which items, which contact as which line, and what is withheld from her."""

    items: list[Item]
    contact: Callable[[Item, ContactFacts], ContactLine | None]
    secrets: Secrets
    answering: Mapping[UUID, list[Answering]] = field(default_factory=dict)
    may_change: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinPage:
    """A whole bulletin, holding nothing that its reader may not have. `note` is null where the note is not shown.

    `others` says of each item that is not for the reader's organisation for whom it is.
    """

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
    others: list[str]
    note: list[Segment] | None
    may_change: bool


def audience_in_words(bulletin: Bulletin) -> list[str]:
    """Whom it is for, line by line."""
    return sorted(line.in_words for line in bulletin.audience.all())


def items_of(bulletin: Bulletin) -> list[Item]:
    """What of it was accepted, in the order of the note."""
    items = bulletin.items.filter(state=ItemState.ACCEPTED).select_related("contact", "action")
    return list(items.prefetch_related("audience__cluster", "audience__organisation"))


def named_on(bulletin: Bulletin, items: Iterable[Item], contacts: Iterable[Contact], secrets: Secrets) -> Secrets:
    """Of these, the ones that anything on the page of the bulletin can name."""
    words = [bulletin.title, bulletin.introduction, bulletin.ended_why, bulletin.note.text]
    for item in items:
        words += [item.quote, json.dumps(item.facts, ensure_ascii=False)]
    for contact in contacts:
        words += [contact.called, contact.role, *contact.phones, *contact.emails]
    return perhaps_named("\n".join(words), secrets)


def page_of(bulletin: Bulletin, reader: Reader, *, at: datetime) -> BulletinPage:
    """The bulletin as one reader may see it."""
    items, secrets = reader.items, reader.secrets
    shown, withheld = _contacts(items, reader.contact)
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
        asked=_asked(items, secrets, reader.answering, at),
        events=_events(items, secrets),
        contacts=shown,
        withheld=withheld,
        guidance=_guidance(items, secrets),
        links=_links(items, secrets),
        others=sorted({item.only_for for item in items_of(bulletin) if item not in items}),
        note=_note(bulletin, items, secrets),
        may_change=reader.may_change,
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
        only_for=item.only_for,
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
            only_for=item.only_for,
        )
        for item, facts in said
        if isinstance(facts, EventFacts)
    ]
    return sorted(lines, key=lambda line: (line.starts_on or date.max, line.number))


def _contacts(
    items: Iterable[Item], shown: Callable[[Item, ContactFacts], ContactLine | None]
) -> tuple[list[ContactLine], int]:
    """The contacts to show, each once, and how many are withheld."""
    lines: dict[UUID, ContactLine] = {}
    withheld: set[UUID] = set()
    for item in items:
        facts = item.says
        if not isinstance(facts, ContactFacts):
            continue
        contact = item.contact_id or item.pk
        if line := shown(item, facts):
            lines.setdefault(contact, line)
        else:
            withheld.add(contact)
    return list(lines.values()), len(withheld)


def contact_line(contact: Contact, secrets: Secrets, item: Item) -> ContactLine:
    """A contact of the directory as a line."""
    return ContactLine(
        number=item.number,
        item=item.pk,
        contact=contact.pk,
        name=redacted(contact.called, secrets),
        role=redacted(contact.role_besides, secrets),
        phones=[(each, telephone(each)) for each in contact.phones if not hides(each, secrets)],
        emails=[each for each in contact.emails if not hides(each, secrets)],
        marking=contact.marking,
        marking_label=contact.marking_label,
    )


def drafted_line(item: Item, facts: ContactFacts, marking: str) -> ContactLine:
    """A contact as a draft says it, with the marking that it will have."""
    return ContactLine(
        number=item.number,
        item=item.pk,
        contact=None,
        name=called(facts),
        role=facts.role if called(facts) != facts.role else "",
        phones=[(each, telephone(each)) for each in facts.phones],
        emails=list(facts.emails),
        marking=marking,
        marking_label=MARKINGS[marking] if marking else "",
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
