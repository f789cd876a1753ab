"""A draft as each of its readers will get it, before it is published."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from haven.access.actor import Actor, HeldPost
from haven.access.decision import require
from haven.access.roles import Kind, Role
from haven.bulletins.models import Bulletin, Contact, Item
from haven.bulletins.policy import CIRCLES, may_prepare
from haven.bulletins.queries.pages import BulletinPage, ContactLine, Reader, drafted_line, items_of, named_on, page_of
from haven.bulletins.queries.reaching import narrowed_items, organisations_of, organisations_of_item
from haven.bulletins.queries.reading import without_what_is_marked
from haven.bulletins.queries.withholding import Secrets, secrets_from, secrets_from_public
from haven.bulletins.rules.facts import ContactFacts
from haven.bulletins.rules.marking import STRICTNESS, hides
from haven.engines.days.moments import local_day
from haven.people.models import Organisation

PUBLIC, GOVERNOR = "public", "governor"
READS = {Kind.SCHOOL: Role.DSL, Kind.POLICE: Role.POLICE_OFFICER, Kind.HEALTH: Role.HEALTH_PRACTITIONER}


@dataclass(frozen=True, slots=True)
class Choice:
    """One kind of reader whose page can be looked at."""

    key: str
    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The page of one kind of reader, and of whom else there is one."""

    page: BulletinPage
    choices: list[Choice]
    chosen: Choice

    @property
    def is_public(self) -> bool:
        """Whether it is the page for anybody."""
        return self.chosen.key == PUBLIC


@dataclass(frozen=True, slots=True)
class _Group:
    """Organisations that get the same items."""

    organisations: list[Organisation]
    without: frozenset[UUID]

    @property
    def is_schools(self) -> bool:
        """Whether they are schools."""
        return bool(self.organisations) and all(each.is_school for each in self.organisations)


def preview(*, bulletin_id: UUID, chosen: str, by: Actor, at: datetime) -> Preview:
    """A draft as the chosen kind of reader will get it, else as the first kind. Raises `Refused`."""
    on = local_day(at)
    bulletin = Bulletin.objects.select_related("note", "area", "asked_by").get(pk=bulletin_id)
    require(may_prepare(by, bulletin.area_id))
    items, groups = items_of(bulletin), _groups(bulletin, on)
    choices = _choices(bulletin, groups)
    choice = next((each for each in choices if each.key == chosen), choices[0])
    if choice.key == PUBLIC:
        return Preview(_for_anybody(bulletin, items, at), choices, choice)
    group = groups[int(choice.key)] if choice.key.isdigit() else groups[0]
    kind = Kind(group.organisations[0].kind) if group.organisations else Kind.SCHOOL
    role = Role.GOVERNOR if choice.key == GOVERNOR else READS.get(kind, Role.CHARITY_WORKER)
    return Preview(_for_member(bulletin, items, group, role, at), choices, choice)


def _for_member(bulletin: Bulletin, items: list[Item], group: _Group, role: Role, at: datetime) -> BulletinPage:
    """As somebody in this post reads it in one of these organisations."""
    reader = _somebody(bulletin, group, role)
    meant = [item for item in items if item.pk not in group.without]
    markings = _markings(bulletin, meant)
    mine = frozenset(marking for marking, roles in CIRCLES.items() if role in roles)
    opened = _sharing([item for item in meant if markings.get(item.pk) in mine]) & Q(
        area=bulletin.area_id, marking__in=mine
    )
    hidden = secrets_from(by=reader, area=bulletin.area_id, on=local_day(at), opened=opened)
    secrets = named_on(bulletin, items, [], hidden)

    def line(item: Item, facts: ContactFacts) -> ContactLine | None:
        return drafted_line(item, facts, markings[item.pk]) if markings[item.pk] in mine else None

    return page_of(bulletin, Reader(items=meant, contact=line, secrets=secrets), at=at)


def _for_anybody(bulletin: Bulletin, items: list[Item], at: datetime) -> BulletinPage:
    """As the public page will show it."""
    markings, secrets = _markings(bulletin, items), named_on(bulletin, items, [], secrets_from_public())

    def line(item: Item, facts: ContactFacts) -> ContactLine | None:
        return None if markings[item.pk] else _cleared(drafted_line(item, facts, ""), secrets)

    page = page_of(bulletin, Reader(items=items, contact=line, secrets=secrets), at=at)
    return without_what_is_marked(page, bulletin, secrets)


def _cleared(line: ContactLine, secrets: Secrets) -> ContactLine | None:
    """The line without the ways by which somebody marked is reached as well; none where no other is left."""
    phones = [each for each in line.phones if not hides(each[0], secrets)]
    emails = [each for each in line.emails if not hides(each, secrets)]
    is_hidden = hides(line.name, secrets) or (not phones and not emails)
    return None if is_hidden else replace(line, phones=phones, emails=emails)


def _somebody(bulletin: Bulletin, group: _Group, role: Role) -> Actor:
    place = next(iter(group.organisations), bulletin.asked_by)
    post = HeldPost(role, place.pk, place.name, Kind(place.kind), frozenset({bulletin.area_id}))
    return Actor(person=None, name="", posts=(post,))


def _markings(bulletin: Bulletin, items: Sequence[Item]) -> dict[UUID, str]:
    """The marking that each contact of the draft will have: its own, or a stricter one of whoever shares its number."""
    contacts = {item.pk: item.says for item in items if isinstance(item.says, ContactFacts)}
    known = list(Contact.objects.filter(_sharing(items), area=bulletin.area_id))
    markings = {}
    for pk, facts in contacts.items():
        ways = {*facts.phones, *(each.lower() for each in facts.emails)}
        sharing = [each.marking for each in known if ways & each.secret.ways]
        own = facts.marking.value if facts.marking else ""
        markings[pk] = max([own, *sharing], key=STRICTNESS.index)
    return markings


def _sharing(items: Sequence[Item]) -> Q:
    """The contacts of the directory that share a number or an address with one of these items."""
    said = [item.says for item in items if isinstance(item.says, ContactFacts)]
    phones = [number for facts in said for number in facts.phones]
    emails = [address.lower() for facts in said for address in facts.emails]
    return Q(phones__overlap=phones) | Q(emails__overlap=emails)


def _groups(bulletin: Bulletin, on: date) -> list[_Group]:
    """The organisations that it reaches, by the items that they do not get; those who get most come first."""
    reached = list(organisations_of(bulletin=bulletin, on=on))
    narrowed = {
        item.pk: set(organisations_of_item(item=item, bulletin=bulletin, on=on).values_list("pk", flat=True))
        for item in narrowed_items(bulletin=bulletin)
    }
    groups: dict[tuple[str, frozenset[UUID]], list[Organisation]] = {}
    for each in reached:
        without = frozenset(item for item, meant in narrowed.items() if each.pk not in meant)
        kind = "" if each.is_school else each.kind
        groups.setdefault((kind, without), []).append(each)
    made = [_Group(organisations, without) for (_, without), organisations in groups.items()]
    return sorted(made, key=lambda group: (len(group.without), -len(group.organisations))) or [_Group([], frozenset())]


def _choices(bulletin: Bulletin, groups: list[_Group]) -> list[Choice]:
    first = groups[0]
    named = [_choice(number, group) for number, group in enumerate(groups)]
    theirs = [Choice(GOVERNOR, "Governors", FOR_GOVERNORS.format(who=named[0].label))] if first.is_schools else []
    public = [Choice(PUBLIC, "Anybody: the public page", FOR_ANYBODY)] if bulletin.is_public else []
    return [*named, *theirs, *public]


FOR_GOVERNORS = "{who}: this is what governors there will see. They get no contact with a marking."
FOR_ANYBODY = "This is the public page: what anybody will see, signed in or not."


def _choice(number: int, group: _Group) -> Choice:
    label = _label(group, "other schools" if number else "schools")
    how = ", as a safeguarding lead there will see it" if group.is_schools else ""
    return Choice(str(number), label, f"{label}: this is what they will get{how}.")


def _label(group: _Group, mixed: str) -> str:
    """Who they are: how many of which phase, or the first of their names. Schools of many phases are `mixed`."""
    names = [each.name for each in group.organisations]
    if len(names) < 2:
        return "".join(names) or "Those it reaches"
    if not group.is_schools:
        return f"{names[0]} and {len(names) - 1} others"
    kinds = sorted({each.get_phase_display().lower() if each.phase else "" for each in group.organisations})
    return f"{len(names):,} {' and '.join(kinds)} schools" if kinds[0] and len(kinds) < 3 else f"{len(names):,} {mixed}"
