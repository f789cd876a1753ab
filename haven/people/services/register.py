"""Loading the national register: areas, trusts, schools, and which school followed which."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from haven.access.actor import Actor
from haven.access.decision import require
from haven.access.roles import Kind
from haven.ledger.services import Deed, record_all
from haven.people.models import Area, Organisation, ServedArea, Status, Succession
from haven.people.policy import may_load_register
from haven.people.rules.register import KEPT, NO_AREA, Link, RegisteredSchool

AT_ONCE = 2000  # rows read, compared and written together
COLUMNS = tuple(name for name in KEPT if name not in {"urn", "trust_number", "area_code", "area_name"})
WORDS = {
    "name": "name",
    "phase": "phase",
    "school_type": "type",
    "status": "status",
    "opened_on": "opened",
    "closed_on": "closed on",
    "trust_name": "trust",
    "trust": "trust's number",
    "street": "street",
    "town": "town",
    "postcode": "postcode",
    "website": "website",
    "area": "area",
}
"""What a reader calls what changed."""


@dataclass(frozen=True, slots=True)
class Change:
    """One school that the register changed: what became of it, in words."""

    urn: int
    name: str
    what: str

    def __str__(self) -> str:
        return f"{self.urn} {self.name}: {self.what}"


@dataclass(slots=True)
class Loaded:
    """What a load did."""

    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0


@transaction.atomic
def load_register(
    *, schools: Iterable[RegisteredSchool], links: Iterable[Link] = (), source: str, by: Actor, at: datetime
) -> Loaded:
    """Bring schools up to date with an extract of the register. All of it or nothing: a bad row undoes the rest.

    A row read before as it stands now is passed over. Schools that the extract leaves out stay as they are.
    """
    require(may_load_register(by))
    load = _Load(on=timezone.localdate(at))
    rows = iter(schools)
    while chunk := list(islice(rows, AT_ONCE)):
        load.take(chunk)
    load.link(links)
    for i in range(0, len(load.deeds), AT_ONCE):
        record_all([Deed(deed.verb, deed.about, source) for deed in load.deeds[i : i + AT_ONCE]], by=by, at=at)
    return load.done


class _Load:
    """One load under way: which areas and trusts there are, what has been done."""

    def __init__(self, *, on: date) -> None:
        self.on = on
        self.done = Loaded()
        self.deeds: list[Deed] = []
        self.areas: dict[str, UUID] = dict(Area.objects.values_list("code", "pk"))
        numbered = Organisation.objects.filter(group_number__isnull=False).only("group_number", "name")
        self.trusts: dict[int | None, Organisation] = {trust.group_number: trust for trust in numbered}

    def take(self, schools: Sequence[RegisteredSchool]) -> None:
        """Write what is new or different in these rows."""
        urns = [school.urn for school in schools]
        digests = dict(Organisation.objects.filter(urn__in=urns).values_list("urn", "source_digest"))
        differing = [school for school in schools if digests.get(school.urn) != school.digest]
        self.done.unchanged += len(schools) - len(differing)
        if not differing:
            return
        self._add_areas(differing)
        self._add_trusts(differing)
        known = Organisation.objects.in_bulk([s.urn for s in differing if s.urn in digests], field_name="urn")
        homes = self._homes(known.values())
        rows = []
        for school in differing:
            row, was = self._row(school, known.get(school.urn)), known.get(school.urn)
            self._note(row, was, school, homes.get(row.pk))
            rows.append(row)
        Organisation.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["urn"],
            update_fields=[*COLUMNS, "trust", "source_digest"],
            batch_size=1000,
        )
        self._place({row.pk: school.area_code for row, school in zip(rows, differing, strict=True)}, homes)

    def link(self, links: Iterable[Link]) -> None:
        """Write the successions between schools that Haven knows."""
        wanted = sorted({(link.predecessor, link.successor) for link in links})
        urns = {urn for pair in wanted for urn in pair}
        schools = {o.urn: o for o in Organisation.objects.filter(urn__in=urns).only("urn", "name")}
        there = set(Succession.objects.values_list("predecessor__urn", "successor__urn"))
        new = [pair for pair in wanted if pair not in there and schools.keys() >= set(pair)]
        Succession.objects.bulk_create(
            [Succession(predecessor=schools[one], successor=schools[other]) for one, other in new], batch_size=1000
        )
        for one, other in new:
            self.done.changes.append(Change(one, schools[one].name, f"followed by {other} {schools[other].name}"))
            about = {"predecessor": schools[one].pk, "successor": schools[other].pk, "urns": [one, other]}
            self.deeds.append(Deed("school.succeeded", about))

    def _add_areas(self, schools: Sequence[RegisteredSchool]) -> None:
        wanted = {school.area_code: school.area_name for school in schools if school.area_code != NO_AREA}
        new = [Area(code=code, name=name) for code, name in wanted.items() if code not in self.areas]
        for area in Area.objects.bulk_create(new):
            self.areas[area.code] = area.pk
            self.deeds.append(Deed("area.added", {"area": area.pk, "code": area.code, "area_name": area.name}))

    def _add_trusts(self, schools: Sequence[RegisteredSchool]) -> None:
        wanted = {school.trust_number: school.trust_name for school in schools if school.trust_number}
        new = [
            Organisation(kind=Kind.TRUST, name=name, group_number=number)
            for number, name in wanted.items()
            if number not in self.trusts
        ]
        for trust in Organisation.objects.bulk_create(new, batch_size=1000):
            self.trusts[trust.group_number] = trust
            self._note_trust("trust.added", trust)
        for trust, name in ((self.trusts[number], name) for number, name in wanted.items()):
            if trust.name != name:
                trust.name = name
                trust.save(update_fields=["name"])
                self._note_trust("trust.renamed", trust)

    def _note_trust(self, verb: str, trust: Organisation) -> None:
        about = {"organisation": trust.pk, "number": trust.group_number, "trust": trust.name}
        self.deeds.append(Deed(verb, about))

    def _row(self, school: RegisteredSchool, was: Organisation | None) -> Organisation:
        values = {name: getattr(school, name) for name in COLUMNS}
        trust = self.trusts.get(school.trust_number)
        row = Organisation(kind=Kind.SCHOOL, urn=school.urn, trust=trust, source_digest=school.digest, **values)
        if was is not None:
            row.pk = was.pk
        return row

    def _note(
        self, row: Organisation, was: Organisation | None, school: RegisteredSchool, home: tuple[int, str] | None
    ) -> None:
        about: dict[str, Any] = {"organisation": row.pk, "urn": row.urn}
        if was is None:
            self.deeds.append(Deed("school.added", about | _plain_facts(school)))
            self.done.changes.append(Change(school.urn, school.name, "new"))
            return
        changed = {name: (getattr(was, name), getattr(row, name)) for name in COLUMNS}
        changed["area"] = (home[1] if home else NO_AREA, school.area_code)
        if was.trust_id != row.trust_id:
            changed["trust"] = (was.trust_id, row.trust_id)
        changed = {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
        if not changed:  # only the digest differs: the row is read in another way than it once was
            self.done.unchanged += 1
            return
        closes = changed.get("status", ("", ""))[1] == Status.CLOSED
        about["changed"] = {name: [_fact(old), _fact(new)] for name, (old, new) in changed.items()}
        self.deeds.append(Deed("school.closed" if closes else "school.changed", about))
        words = ", ".join(word for name, word in WORDS.items() if name in changed)
        self.done.changes.append(Change(school.urn, school.name, "closed" if closes else f"changed: {words}"))

    def _homes(self, schools: Iterable[Organisation]) -> dict[UUID, tuple[int, str]]:
        """The row that places each school in its area today, and that area's code."""
        placed = ServedArea.objects.filter(organisation__in=[s.pk for s in schools], is_home=True, ends_on=None)
        return {school: (pk, code) for school, pk, code in placed.values_list("organisation", "pk", "area__code")}

    def _place(self, wanted: dict[UUID, str], homes: dict[UUID, tuple[int, str]]) -> None:
        """Put each school into its area from today, and out of the one it was in."""
        moved = {school: code for school, code in wanted.items() if homes.get(school, (0, NO_AREA))[1] != code}
        left = [homes[school][0] for school in moved if school in homes]
        if left:
            ServedArea.objects.filter(pk__in=left).update(ends_on=self.on)
        new = [
            ServedArea(organisation_id=school, area_id=self.areas[code], starts_on=self.on)
            for school, code in moved.items()
            if code != NO_AREA
        ]
        self._end_visits(moved)
        ServedArea.objects.bulk_create(new, batch_size=1000)

    def _end_visits(self, moved: dict[UUID, str]) -> None:
        """A school that comes to lie in an area it only worked with until now no longer only works with it."""
        visits = ServedArea.objects.filter(organisation__in=moved, is_home=False, ends_on=None)
        areas = {(school, self.areas.get(code)) for school, code in moved.items()}
        over = [pk for pk, *both in visits.values_list("pk", "organisation", "area") if tuple(both) in areas]
        ServedArea.objects.filter(pk__in=over).update(ends_on=self.on)


def _plain_facts(school: RegisteredSchool) -> dict[str, Any]:
    facts = {name: getattr(school, name) for name in KEPT if name != "urn"}
    return {name: _fact(value) for name, value in facts.items() if value}


def _fact(value: object) -> str:
    return "" if value is None else str(value)
