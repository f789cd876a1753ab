"""An England of areas and schools with their audits, made by the database itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import connection, connections, transaction
from django.utils import timezone
from rich.console import Console
from rich.progress import track

from haven.access.actor import HAVEN
from haven.access.roles import Kind, Role
from haven.audits.models import Cycle, Return
from haven.audits.rules.life import State
from haven.people.models import Area, Organisation, Person, Post, ServedArea
from haven.questions.models import Version
from haven.questions.services import load_template

AREAS, BIG = 152, 200
BEGAN = date(2020, 9, 1)
SECTIONS, A_SECTION = 12, 10
WORDS = "It is on the agenda of every governors’ meeting; the minutes of the autumn term say so."

SHEETS = """
    insert into questions_sheet (id, version_id, organisation_id, address, traits, opened_at, started_at, locked_at)
    select gen_random_uuid(), cycle.version_id, school.id, '/audits/', '{}', now(), now(), null
    from audits_cycle as cycle
    join people_servedarea as served on served.area_id = cycle.area_id
    join people_organisation as school on school.id = served.organisation_id and school.kind = 'school'
    where cycle.id = %s
"""
RETURNS = """
    insert into audits_return (id, cycle_id, organisation_id, sheet_id, state, reference, asked_at, begun_at,
        submitted_at)
    select gen_random_uuid(), cycle.id, school.id, sheet.id,
        case when school.urn %% 10 = 0 and not %s then 'started' else 'submitted' end,
        case when school.urn %% 10 = 0 and not %s then '' else '2026-' || school.urn end, now(), now(),
        case when school.urn %% 10 = 0 and not %s then null else now() end
    from audits_cycle as cycle
    join people_servedarea as served on served.area_id = cycle.area_id
    join people_organisation as school on school.id = served.organisation_id and school.kind = 'school'
    join questions_sheet as sheet on sheet.organisation_id = school.id and sheet.version_id = cycle.version_id
    where cycle.id = %s
    and not exists (select from audits_return as other where other.sheet_id = sheet.id)
"""
ANSWERS = """
    insert into questions_answer (sheet_id, section, question, value, stands, words, by_on, origin, is_confirmed,
        fact_words, override_why, revision, written_at)
    select sheet, section, key,
        case when kind = 'number' then to_jsonb(urn %% 40)
            when luck < .75 then '"met"' when luck < .92 then '"partly"' when luck < .98 then '"not-met"'
            else '"not-applicable"' end,
        case when kind = 'number' then 'said'
            when luck < .75 then 'in-place' when luck < .92 then 'partly' when luck < .98 then 'not-in-place'
            else 'not-applicable' end,
        %s, null, 'given', true, '', '', 1, now()
    from (
        select audit.sheet_id as sheet, school.urn, asked.*, random() as luck
        from audits_return as audit
        join people_organisation as school on school.id = audit.organisation_id
        cross join unnest(%s::text[], %s::text[], %s::text[]) as asked (section, key, kind)
        where audit.cycle_id = %s
        order by audit.sheet_id
    ) as given
"""
TALLIES = """
    insert into questions_tally (sheet_id, section, asked, answered, waiting, in_place, partly, not_in_place,
        not_applicable, said)
    select sheet_id, section, count(*), count(*), 0, count(*) filter (where stands = 'in-place'),
        count(*) filter (where stands = 'partly'), count(*) filter (where stands = 'not-in-place'),
        count(*) filter (where stands = 'not-applicable'), count(*) filter (where stands = 'said')
    from questions_answer where sheet_id in (select sheet_id from audits_return where cycle_id = %s)
    group by sheet_id, section
"""
COPIES = """
    insert into audits_copy (id, of_id, number, content, digest, made_at, sent_at)
    select gen_random_uuid(), audit.id, 1, jsonb_build_object('format', 'haven-sheet/1', 'answers', jsonb_agg(
        jsonb_build_object('question', said.question, 'ref', said.question, 'words', said.question, 'kind',
            case said.stands when 'said' then 'number' else 'met' end, 'value', said.value, 'stands', said.stands,
            'explanation', said.words, 'by', said.by_on, 'known', '', 'override', '', 'supports', '[]'::jsonb))),
        repeat('0', 64), now(), now()
    from audits_return as audit join questions_answer as said on said.sheet_id = audit.sheet_id
    where audit.cycle_id = %s and audit.state = 'submitted'
    group by audit.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class England:
    """What was made, as far as it is measured. `cycle` is of the area of 200 schools."""

    areas: int
    schools: int
    questions: int
    cycle: UUID
    lead: Person
    long: UUID  # a return with 200 questions in one section
    returning: Sequence[tuple[Person, UUID]]  # who answers, and her return, which is started
    keys: Sequence[str]


def made(schools: int) -> England:
    """All of it, with a bar for each step."""
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)  # or every start of the server warns that there is none
    areas, council, version = _areas(), {}, _version(SECTIONS, A_SECTION)
    for area in areas:
        council[area.pk] = _organisation(Kind.COUNCIL, f"{area.name} Council")
    _serve((council[area.pk], area) for area in areas)
    homes = _homes(schools, areas)
    made_schools = [
        Organisation(
            kind=Kind.SCHOOL.value,
            name=f"School {number:05}",
            urn=200_000 + number,
            phase="secondary" if number % 5 == 0 else "primary",
        )
        for number in range(len(homes))
    ]
    Organisation.objects.bulk_create(made_schools, batch_size=5000)
    _serve(zip(made_schools, homes, strict=True))
    lead = _person("lead@example.org", council[areas[0].pk], Role.SAFEGUARDING_LEAD)
    before = _cycle(areas[0], version, lead, None)
    _filled(before, version, is_over=True)
    cycles = [_cycle(area, version, lead, before if area is areas[0] else None) for area in areas]
    for cycle in track(cycles, description="Answering in every area", transient=True, console=Console(stderr=True)):
        _filled(cycle, version, is_over=False)
    long = _long(areas[0], lead, made_schools[0])
    settle()
    return England(
        areas=len(areas),
        schools=len(made_schools),
        questions=SECTIONS * A_SECTION,
        cycle=cycles[0].pk,
        lead=lead,
        long=long,
        returning=_returning(),
        keys=[key for _, key, kind in _asked(version) if kind == "met"],
    )


def settle() -> None:
    """Let the database know what it holds, as a running one does by and by."""
    with _superuser() as line:
        line.execute("vacuum analyze")
        line.execute("checkpoint")


def leave() -> None:
    """Let go of the database, so that it can be stopped."""
    connections.close_all()
    connection.close_pool()


def _superuser() -> psycopg.Connection[Any]:
    return psycopg.connect(f"host={settings.HOME / 'db' / 's'} user=haven dbname=haven", autocommit=True)


def _areas() -> list[Area]:
    areas = [Area(name=f"Area {number:03}", code=f"{800 + number}") for number in range(AREAS)]
    return Area.objects.bulk_create(areas)


def _homes(schools: int, areas: Sequence[Area]) -> list[Area]:
    """The area of each school: two hundred in the first, the rest alike."""
    rest = max(schools - BIG, 0)
    return [areas[0]] * min(BIG, schools) + [areas[1 + number % (len(areas) - 1)] for number in range(rest)]


def _organisation(kind: Kind, name: str) -> Organisation:
    return Organisation.objects.create(kind=kind.value, name=name)


def _serve(pairs: Any) -> None:
    ServedArea.objects.bulk_create(
        (ServedArea(organisation=each, area=area, starts_on=BEGAN) for each, area in pairs), batch_size=5000
    )


def _person(email: str, at: Organisation, role: Role) -> Person:
    person = Person.objects.create_user(email=email, name="Marcus Hale")
    Post.objects.create(person=person, organisation=at, role=role.value, starts_on=BEGAN)
    return person


def _version(sections: int, questions: int, key: str = "england") -> Version:
    """A template of so many sections and questions: nine in ten are judged, the rest are numbers."""
    parts = [
        {
            "key": f"s{section}",
            "title": f"Section {section}",
            "questions": [
                {
                    "key": f"q{section}-{number}",
                    "words": f"What is asked under {section}.{number} is in place, and every member of staff knows it.",
                    "help": "Look at what is written, and then at what is done.",
                    "kind": "number" if number % 10 == 9 else "met",
                    "evidence": ["minutes of the governors", "the staff training record"],
                    "law": [{"says": "Education Act 2002, section 175"}],
                }
                | ({"may_not_apply": True} if number % 10 != 9 else {})
                for number in range(questions)
            ],
        }
        for section in range(sections)
    ]
    content = {"format": "haven-questions/1", "id": key, "version": "1", "title": "Audit", "use": "audit"}
    content["parts"] = [{"key": "a", "title": "All", "sections": parts}]
    return load_template(content=content, area=None, by=HAVEN, at=timezone.now()).version


def _cycle(area: Area, version: Version, lead: Person, before: Cycle | None) -> Cycle:
    today, now = timezone.localdate(), timezone.now()
    return Cycle.objects.create(
        area=area,
        version=version,
        title="Safeguarding audit",
        school_year=today.year,
        opens_on=today - timedelta(days=20),
        first_due_on=today + timedelta(days=20),
        final_due_on=today + timedelta(days=40),
        steps=[["dsl"], ["head"]],
        before=before,
        standing="open",
        prepared_at=now,
        prepared_by=lead,
        opened_at=now,
    )


def _asked(version: Version) -> list[tuple[str, str, str]]:
    outline = version.outline
    return [(outline.section_of[each.key].key, each.key, each.kind.value) for each in outline]


def _filled(cycle: Cycle, version: Version, *, is_over: bool) -> None:
    columns = [list(column) for column in zip(*_asked(version), strict=True)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local synchronous_commit = off")
        cursor.execute(SHEETS, [cycle.pk])
        cursor.execute(RETURNS, [is_over, is_over, is_over, cycle.pk])
        cursor.execute(ANSWERS, [WORDS, *columns, cycle.pk])
        cursor.execute(TALLIES, [cycle.pk])
        cursor.execute(COPIES, [cycle.pk])


def _long(area: Area, lead: Person, school: Organisation) -> UUID:
    """A return of one section with 200 questions, all answered, not sent."""
    version = _version(1, 200, "long")
    cycle = _cycle(area, version, lead, None)
    _filled(cycle, version, is_over=False)
    of = Return.objects.get(cycle=cycle, organisation=school)
    Return.objects.filter(pk=of.pk).update(state=State.STARTED, reference="", submitted_at=None)
    return UUID(str(of.pk))


def _returning() -> list[tuple[Person, UUID]]:
    """Somebody at each school that has begun and not sent, up to two thousand."""
    returns = list(Return.objects.filter(state=State.STARTED, cycle__version__template__key="england")[:2000])
    people = [
        Person(email=f"dsl{number}@example.org", name="Priya Nair", password="!") for number in range(len(returns))
    ]
    Person.objects.bulk_create(people)
    Post.objects.bulk_create(
        Post(person=person, organisation_id=of.organisation_id, role=Role.DSL.value, starts_on=BEGAN)
        for person, of in zip(people, returns, strict=True)
    )
    return [(person, of.pk) for person, of in zip(people, returns, strict=True)]
