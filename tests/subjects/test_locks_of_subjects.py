"""What the database itself keeps from whom, whatever a query forgot: every query here is without any filter."""

import pytest
from django.db import ProgrammingError, connection, transaction

from haven.config.database.roles import APP
from haven.people.models import Post
from haven.people.seeing import seeing_as
from haven.subjects.models import (
    About,
    Attendance,
    BrokenGlass,
    Disclosure,
    Exclusion,
    FindMark,
    Hold,
    Record,
    SafeAddress,
    Siblings,
    Subject,
    TieRow,
)
from haven.subjects.policy import records_for
from haven.subjects.rules.breaking import Why
from haven.subjects.rules.ties import Asker, Deed, Tie
from haven.subjects.services import break_glass, give_safe_address, hold, link_siblings
from tests.behind import behind
from tests.cast import NOW, TODAY
from tests.seeing.catalogue import confidential_tables
from tests.subjects.known import ISLA, JONAH, LATER, child, kept_from, looked_for, sent

pytestmark = pytest.mark.django_db
WHAT_IS_SAID = (Subject, Attendance, Siblings, SafeAddress)
DELETED_BY_A_SERVICE = {"subjects_findmark", "subjects_attendance", "subjects_siblings"}
"""What an erasure takes away. Everything else of subjects stays, ended or without its words."""


@pytest.fixture
def jonah(fairhaven):
    """A child at Oakfield, which was told, with a sister at Ashdown, an address, an exclusion, a hold, broken glass."""
    subject = sent(fairhaven, child(fairhaven, JONAH, fairhaven.oakfield), fairhaven.oakfield)
    isla = child(fairhaven, ISLA, fairhaven.ashdown)
    bell = fairhaven.actor("bell")
    link_siblings(one_id=subject.pk, other_id=isla.pk, by=bell, at=NOW)
    give_safe_address(subject_id=subject.pk, address="7 Tern Avenue", by=bell, at=NOW)
    kept_from(fairhaven, subject, "tom")
    hold(subject_id=subject.pk, why="Inquiry 1", by=fairhaven.actor("peter"), at=NOW)
    words = {"why": Why.DANGER, "words": "now", "wished": None, "is_fresh": True}
    break_glass(record_id=isla.record_id, by=fairhaven.actor("mina"), at=NOW, **words)
    return subject


def counts(cast, who, *models):
    with seeing_as(cast.actor(who)):
        return [model.objects.count() for model in models]


def test_there_is_something_of_each_to_be_seen(jonah) -> None:
    every = (Record, TieRow, About, FindMark, Exclusion, Hold, BrokenGlass, Disclosure, *WHAT_IS_SAID)
    with behind():
        assert [model.__name__ for model in every if not model.objects.exists()] == []


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("priya", [1, 1, 1, 0]),  # one child, her own school, that there is a sister, no address
        ("grace", [0, 0, 0, 0]),  # nothing was sent to her school
        ("bell", [2, 2, 1, 1]),
        ("mina", [1, 1, 1, 0]),  # by the glass she broke
        ("lena", [0, 0, 0, 0]),
        ("marcus", [2, 2, 1, 0]),  # who keeps the area's records: whom they name, and no address
        ("osei", [0, 0, 0, 0]),
        ("nadia", [0, 0, 0, 0]),
    ],
)
def test_a_forgotten_filter_shows_what_concerns_her(fairhaven, jonah, who, seen) -> None:
    assert counts(fairhaven, who, *WHAT_IS_SAID) == seen


def test_nobody_sees_whom_others_are_kept_from_and_nobody_ends_it_unseen(fairhaven, jonah) -> None:
    for who in ("priya", "dee", "bell", "marcus", "peter"):
        assert counts(fairhaven, who, Exclusion) == [0]
    with seeing_as(fairhaven.actor("tom")):
        assert Exclusion.objects.count() == 1  # hers, for the decision: no page shows it
        assert Exclusion.objects.update(ended_at=NOW, ended_by=fairhaven.priya) == 0


def test_nobody_ties_herself_nor_makes_a_tie_last(fairhaven, jonah) -> None:
    looked_for(fairhaven, "lena")
    mine = TieRow(record=jonah.record, tie=Tie.ASSIGNED, person=fairhaven.bell, starts_at=NOW)
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with refused, transaction.atomic(), seeing_as(fairhaven.actor("bell")):
        mine.save(force_insert=True)
    with seeing_as(fairhaven.actor("lena")):
        assert TieRow.objects.filter(tie=Tie.LOOKED_UP).count() == 1
        assert TieRow.objects.update(ends_at=None) == 0


def test_a_look_up_shows_the_database_one_child_until_its_end(fairhaven, jonah) -> None:
    looked_for(fairhaven, "lena")
    assert counts(fairhaven, "lena", Subject) == [1]
    with behind():
        TieRow.objects.filter(tie=Tie.LOOKED_UP).update(ends_at=NOW)
    assert counts(fairhaven, "lena", Subject) == [0]


def test_who_was_shown_what_is_seen_by_her_by_her_organisation_and_by_whoever_keeps_the_area(fairhaven, jonah) -> None:
    looked_for(fairhaven, "lena")
    assert counts(fairhaven, "bell", Disclosure) == [0]
    assert counts(fairhaven, "lena", Disclosure) == counts(fairhaven, "mina", Disclosure) == [3]
    assert counts(fairhaven, "priya", Disclosure) == [0]
    with behind():
        assert Disclosure.objects.count() == 3


def test_another_areas_keeper_sees_none_of_it(fairhaven, jonah) -> None:
    assert counts(fairhaven, "peter", Record, Subject, Hold, BrokenGlass) == [3, 2, 1, 1]
    fairhaven.council.served_areas.update(ends_on=TODAY)
    assert counts(fairhaven, "peter", Record, Subject, Hold, BrokenGlass) == [0, 0, 0, 0]


def test_whoever_keeps_the_area_no_more_sees_none_of_it(fairhaven, jonah) -> None:
    assert counts(fairhaven, "marcus", Subject) == [2]
    Post.objects.filter(person=fairhaven.marcus).update(role="social-worker")
    assert counts(fairhaven, "marcus", Subject) == [0]


def test_the_app_deletes_nothing_but_what_an_erasure_takes_away() -> None:
    tables = confidential_tables()
    assert len(tables) >= 13
    with connection.cursor() as cursor:
        cursor.execute("select t from unnest(%s::text[]) t where has_table_privilege(%s, t, 'delete')", [tables, APP])
        assert {name for (name,) in cursor.fetchall() if name.startswith("subjects_")} == DELETED_BY_A_SERVICE
        cursor.execute("select t from unnest(%s::text[]) t where has_table_privilege(%s, t, 'truncate')", [tables, APP])
        assert cursor.fetchall() == []


def test_the_query_of_every_day_uses_its_index_under_the_lock(fairhaven, jonah) -> None:
    with behind(), connection.cursor() as cursor:
        cursor.execute(
            "insert into subjects_record (id, sort, area_id, owner_id, state, made_at, kept_as, review_on) "
            "select gen_random_uuid(), 'notification', %s, %s, 'open', %s, 'child', %s from generate_series(1, 5000)",
            [fairhaven.area.pk, fairhaven.police.pk, NOW, TODAY],
        )
        cursor.execute(
            "insert into subjects_tierow (record_id, tie, organisation_id, starts_at) "
            "select id, 'addressed', %s, %s from subjects_record where sort = 'notification'",
            [fairhaven.ashdown.pk, NOW],
        )
        cursor.execute("analyze subjects_record, subjects_tierow")
    asks = Asker(fairhaven.actor("priya"), LATER)
    with seeing_as(asks.actor):
        hers = Record.objects.filter(records_for(asks, Deed.READ))
        assert hers.count() == 1
        plan = hers.explain()
    assert "Seq Scan on subjects_tierow" not in plan
    assert "Seq Scan on subjects_record" not in plan
