"""Who told something is nowhere but in the one answer that the unit’s lead asked for."""

import json
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse

from haven.access.decision import Refused
from haven.access.roles import ROLES_OF, Kind, Role
from haven.intelligence.disclosure.submissions import open_source, open_submission
from haven.intelligence.models import Source
from haven.intelligence.queries import lists
from haven.intelligence.services import name_person
from haven.ledger.models import Detail
from haven.people.models import Person, Post
from haven.subjects.models import Ground
from haven.subjects.policy import UNBREAKABLE
from haven.subjects.rules.breaking import Why
from haven.subjects.rules.naming import Sort
from haven.subjects.services import break_glass, exclude
from tests.behind import at_the_hour, behind
from tests.cast import BEGAN, Cast
from tests.intelligence.told import LATER, everything, submitted, taken_through
from tests.people.seen import enrol
from tests.shape.routes import routes
from tests.subjects.known import JONAH

pytestmark = pytest.mark.django_db
CANARY, TELLER = "Wilhelmina Canary", "Philomena Canary"


@pytest.fixture
def told(fairhaven, django_capture_on_commit_callbacks) -> dict[str, str]:
    """Something that one named like nobody else told, taken through every step; what stands in addresses of it."""
    fairhaven.priya.name = TELLER
    fairhaven.priya.save()
    with django_capture_on_commit_callbacks(execute=True):
        return taken_through(fairhaven, told_by=CANARY)


def everybody(cast: Cast) -> dict[str, Person]:
    """Somebody in each role of each kind of organisation that the cast has."""
    kinds = {organisation.kind: organisation for organisation in cast.organisations.values()}
    found = {}
    for kind, roles in ROLES_OF.items():
        if kind in kinds:
            for role in sorted(roles):
                person = Person.objects.create(email=f"{kind}-{role}@example.org", name=f"A {role} of {kind}")
                Post.objects.create(person=person, organisation=kinds[kind], role=role, starts_on=BEGAN)
                found[f"{kind}-{role}"] = person
    enrol(*found.values())
    return found


def answers(client, told):
    """What every address of intelligence answers, asked to look and asked with an empty form, and with words in it."""
    for route in routes():
        if route.name.startswith("intelligence:"):
            address = reverse(route.name, kwargs={key: told[key] for key in route.values})
            yield route.name, "GET", client.get(address)
            yield route.name, "POST", client.post(address)
            yield route.name, "POST", client.post(address, {"why": "a court asks", "text": "x", "key": uuid4()})


def test_no_role_at_any_address_is_told_but_the_units_lead_where_she_asks(fairhaven, told) -> None:
    fairhaven.people |= everybody(fairhaven)
    asked, found = 0, set()
    with at_the_hour(LATER):
        for who in fairhaven.people:
            if who == "priya":
                continue
            for name, method, response in answers(fairhaven.client(who), told):
                asked += 1
                words = response.content.decode() + str(response.headers)
                if "Canary" in words:
                    found.add((who, name, method))
    assert asked > 1_000
    assert found == {
        ("iris", "intelligence:source", "POST"),
        (f"{Kind.POLICE}-{Role.INTELLIGENCE_LEAD}", "intelligence:source", "POST"),
    }


def test_whoever_told_it_sees_neither_what_she_wrote_nor_how_it_was_graded(fairhaven, told) -> None:
    with at_the_hour(LATER):
        pages = [response.content.decode() for *_, response in answers(fairhaven.client("priya"), told)]
    assert len(pages) > 60
    for page in pages:
        assert not any(word in page for word in (CANARY, "FX19", "2CP", "Harbour Steps"))


def test_no_letter_ledger_or_table_has_it_in_clear(fairhaven, told) -> None:
    assert mail.outbox
    assert not any("Canary" in letter.subject + letter.body for letter in mail.outbox)
    assert not Detail.objects.filter(text__contains="Wilhelmina").exists()
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name.startswith("intelligence_")]
        assert len(tables) == 9
        with behind():
            for table in tables:
                cursor.execute(f"select coalesce(string_agg(t::text, chr(10)), '') from \"{table}\" t")
                text = cursor.fetchone()[0]
                for word in ("Canary", "FX19", "Harbour"):
                    assert word not in text
                    assert word.encode().hex() not in text


def test_the_ledger_joins_nobody_to_what_she_told(fairhaven, told) -> None:
    entries = [json.loads(text) for text in Detail.objects.values_list("text", flat=True)]
    hers = [each for each in entries if each["who"]["person"] == str(fairhaven.priya.pk)]
    (source,) = everything(Source)
    known = {str(each) for each in (told["submission_id"], source.pk, source.record_id)}
    assert [each["verb"] for each in hers] == ["matter.told"]
    assert not any(identifier in json.dumps(hers) for identifier in known)


def test_no_glass_breaks_for_a_source(fairhaven, told) -> None:
    (source,) = everything(Source)
    assert "source" in UNBREAKABLE
    for who in ("lena", "peter", "iris"):
        with pytest.raises(Refused):
            break_glass(
                record_id=source.record_id,
                why=next(iter(Why)),
                words="It cannot wait",
                wished=None,
                is_fresh=True,
                by=fairhaven.actor(who),
                at=LATER,
            )


def test_whoever_is_excluded_from_somebody_it_is_about_sees_nothing_of_it(fairhaven, told) -> None:
    row = told["submission_id"]
    subject = name_person(
        submission_id=row,
        sort=Sort.CHILD,
        identity=JONAH,
        purpose="to link what is known",
        by=fairhaven.actor("iris"),
        at=LATER,
    )
    for who in ("ivo", "osei"):
        exclude(
            subject_id=subject,
            person_id=fairhaven.people[who].pk,
            ground=Ground.RELATIVE,
            by=fairhaven.actor("bell"),
            at=LATER,
        )
    by = fairhaven.actor("ivo")
    assert list(lists.inbox(is_answered=True, by=by, at=LATER)) == []
    assert lists.stage_of(submission_id=row, by=by, at=LATER) is None
    assert lists.received(by=fairhaven.actor("osei"), at=LATER) == []
    with pytest.raises(Refused):
        open_submission(submission_id=row, by=by, at=LATER)
    assert lists.stage_of(submission_id=row, by=fairhaven.actor("iris"), at=LATER).named == 1


def test_a_lead_who_is_excluded_does_not_learn_who_told(fairhaven, told) -> None:
    subject = name_person(
        submission_id=told["submission_id"],
        sort=Sort.CHILD,
        identity=JONAH,
        purpose="to link what is known",
        by=fairhaven.actor("ivo"),
        at=LATER,
    )
    exclude(subject_id=subject, person_id=fairhaven.iris.pk, ground=Ground.KNOWN, by=fairhaven.actor("bell"), at=LATER)
    with pytest.raises(Refused):
        open_source(
            submission_id=told["submission_id"], why="a court asks", is_fresh=True, by=fairhaven.actor("iris"), at=LATER
        )


def test_naming_somebody_twice_names_her_once(fairhaven) -> None:
    row = submitted(fairhaven)
    named = [
        name_person(
            submission_id=row.pk,
            sort=Sort.CHILD,
            identity=JONAH,
            purpose="to link what is known",
            by=fairhaven.actor("ivo"),
            at=LATER,
        )
        for _ in range(2)
    ]
    assert named[0] == named[1]
    assert lists.stage_of(submission_id=row.pk, by=fairhaven.actor("ivo"), at=LATER).named == 1
