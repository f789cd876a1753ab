"""The database itself keeps rows from whom they do not concern, whatever a query forgot."""

import random
from datetime import date, timedelta

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from haven.access.actor import HAVEN, NOBODY, Actor
from haven.access.decision import Refused
from haven.access.roles import Role
from haven.people.models import Cover, Person, Post
from haven.people.queries import actor_of
from haven.people.seeing import (
    LockRows,
    OfArea,
    OfOrganisation,
    SeeingNeedsTransaction,
    seeing,
    seeing_as,
    working_as,
)
from tests.apart import as_owner, at
from tests.cast import BEGAN, Cast
from tests.seeing.slips import NAMES, SERVICE, Grant, Line, Slip, Tie, locking, unlocking

TODAY = timezone.localdate()
DAY = timedelta(days=1)


def now_of(cast: Cast, name: str) -> Actor:
    return cast.actor(name, on=TODAY)


def words(model=Slip) -> set[str]:
    """Whatever a query without any filter gives."""
    return set(model.objects.values_list("words", flat=True))


def refused() -> pytest.RaisesExc[ProgrammingError]:
    return pytest.raises(ProgrammingError, match="row-level security")


def seen_by(cast: Cast, name: str, model=Slip) -> set[str]:
    with transaction.atomic(), seeing_as(now_of(cast, name)):
        return words(model)


def test_a_forgotten_filter_shows_only_ones_own(cast: Cast, slips) -> None:
    assert seen_by(cast, "priya") == {"a canary of oakfield"}
    assert seen_by(cast, "grace") == {"a canary of ashdown"}
    assert seen_by(cast, "bell") == {"a canary of police"}
    assert seen_by(cast, "marcus") == set()


def test_without_a_context_nothing_is_seen_though_it_is_there(slips, superuser: psycopg.Connection) -> None:
    for name in ("slips_slip", "slips_line"):
        assert superuser.execute(f"select count(*) from {name}").fetchone() == (3,)
    assert words() == words(Line) == set()
    with transaction.atomic():
        assert words() == words(Line) == set()


def test_the_owner_of_the_tables_is_locked_out_too(locked: str, slips) -> None:
    with psycopg.connect(as_owner(locked)) as owner:
        assert owner.execute("select count(*) from slips_slip").fetchone() == (0,)


def test_a_right_ends_with_its_transaction_on_a_connection_that_is_used_again(cast: Cast, slips) -> None:
    backends = []
    for name, own in [("priya", "oakfield"), ("grace", "ashdown")] * 5:
        with transaction.atomic(), seeing_as(now_of(cast, name)), connection.cursor() as cursor:
            assert words() == {f"a canary of {own}"}
            cursor.execute("select pg_backend_pid()")
            backends.append(cursor.fetchone())
        assert words() == set()
        connection.close()  # back to the pool
    assert len(backends) == 10
    assert len(set(backends)) <= settings.DATABASES["default"]["OPTIONS"]["pool"]["max_size"]


def test_a_right_for_the_whole_session_is_what_that_guards_against(cast: Cast, slips) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select set_config('haven.person', %s, false)", [str(cast.priya.pk)])
    assert words() == {"a canary of oakfield"}  # the next request would see it
    with connection.cursor() as cursor:
        cursor.execute("reset haven.person")
    assert words() == set()


def test_outside_a_transaction_nobody_is_let_see(cast: Cast, locked: str) -> None:
    for way in (seeing_as(now_of(cast, "priya")), working_as(HAVEN, SERVICE)):
        with pytest.raises(SeeingNeedsTransaction), way:
            pass


def test_after_the_block_nothing_is_seen_whether_it_ended_well_or_not(cast: Cast, slips) -> None:
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), seeing_as(now_of(cast, "priya")):
            raise ZeroDivisionError
        assert words() == set()
        with seeing_as(now_of(cast, "priya")):
            with seeing_as(now_of(cast, "grace")):
                assert words() == {"a canary of ashdown"}
            assert words() == {"a canary of oakfield"}
        assert words() == set()


def test_a_failed_statement_does_not_leave_a_right_behind(cast: Cast, slips) -> None:
    with pytest.raises(DatabaseError, match="division"), transaction.atomic(), seeing_as(now_of(cast, "priya")):
        connection.cursor().execute("select 1 / 0")
    assert words() == set()


@pytest.mark.parametrize("actor", [NOBODY, HAVEN, Actor(person=None, name="Sam")])
def test_nobody_without_a_live_post_is_let_see(cast: Cast, actor: Actor) -> None:
    with pytest.raises(Refused), transaction.atomic(), seeing_as(actor):
        pass


def test_somebody_without_her_second_factor_is_not_let_see(cast: Cast) -> None:
    half = actor_of(person=cast.priya, has_second_factor=False, on=TODAY)
    with pytest.raises(Refused), transaction.atomic(), seeing_as(half):
        pass


def test_havens_own_work_sees_the_tables_that_name_it(cast: Cast, slips) -> None:
    with transaction.atomic():
        with working_as(HAVEN, SERVICE):
            assert len(words()) == 3
            with seeing_as(now_of(cast, "priya")):
                assert words() == {"a canary of oakfield"}
            assert len(words(Line)) == 3
        with working_as(HAVEN, "slips.other"):
            assert words() == set()
        assert words() == set()


def test_no_person_works_as_haven(cast: Cast) -> None:
    with pytest.raises(Refused), transaction.atomic(), working_as(now_of(cast, "marcus"), SERVICE):
        pass


def test_nobody_writes_for_another_organisation(cast: Cast, slips) -> None:
    with transaction.atomic(), seeing_as(now_of(cast, "priya")):
        Slip.objects.create(organisation_id=cast.oakfield.pk, words="ours")
    with refused(), transaction.atomic(), seeing_as(now_of(cast, "priya")):
        Slip.objects.create(organisation_id=cast.ashdown.pk, words="theirs")
    with refused(), transaction.atomic(), seeing_as(now_of(cast, "priya")):
        Slip.objects.update(organisation_id=cast.ashdown.pk)
    with transaction.atomic(), seeing_as(now_of(cast, "grace")):
        assert Slip.objects.filter(words="ours").update(words="changed") == 0
        assert Slip.objects.filter(words="ours").delete()[0] == 0
    assert seen_by(cast, "priya") == {"ours", "a canary of oakfield"}


def test_a_tie_shows_a_slip_from_its_day_to_its_day(cast: Cast, slips) -> None:
    days = {(None, None): True, (-1, None): True, (0, 1): True, (1, None): False, (-2, 0): False}
    for (begins, ends), is_seen in days.items():
        with transaction.atomic(), seeing_as(now_of(cast, "bell")):
            tie = Tie.objects.create(
                slip_id=slips["police"].pk,
                organisation_id=cast.oakfield.pk,
                by_id=cast.police.pk,
                starts_on=TODAY + DAY * (begins or 0),
                ends_on=None if ends is None else TODAY + DAY * ends,
            )
        assert ("a canary of police" in seen_by(cast, "priya")) is is_seen
        assert "a canary of police" not in seen_by(cast, "grace")
        with transaction.atomic(), seeing_as(now_of(cast, "priya")):
            assert Slip.objects.filter(pk=slips["police"].pk).delete()[0] == 0  # to read is not to delete
            assert Tie.objects.all().delete()[0] == 0
        with transaction.atomic(), seeing_as(now_of(cast, "bell")):
            assert Tie.objects.filter(pk=tie.pk).delete()[0] == 1


def test_nobody_ties_herself_to_a_slip(cast: Cast, slips) -> None:
    mine = Tie(slip_id=slips["police"].pk, organisation_id=cast.oakfield.pk, by_id=cast.police.pk, starts_on=TODAY)
    with refused(), transaction.atomic(), seeing_as(now_of(cast, "priya")):
        mine.save(force_insert=True)


@pytest.mark.parametrize(("minutes", "is_seen"), [(60, True), (-1, False)])
def test_a_grant_shows_a_slip_to_one_person_until_its_moment(cast: Cast, slips, minutes: int, is_seen: bool) -> None:
    with transaction.atomic(), seeing_as(now_of(cast, "bell")):
        Grant.objects.create(
            slip_id=slips["police"].pk,
            person_id=cast.lena.pk,
            by_id=cast.police.pk,
            ends_at=timezone.now() + timedelta(minutes=minutes),
        )
    assert ("a canary of police" in seen_by(cast, "lena")) is is_seen
    assert seen_by(cast, "marcus") == set()


def test_what_belongs_to_a_slip_is_seen_with_it(cast: Cast, slips) -> None:
    assert seen_by(cast, "priya", Line) == {"a canary of oakfield"}
    with refused(), transaction.atomic(), seeing_as(now_of(cast, "priya")):
        Line.objects.create(slip_id=slips["police"].pk, words="mine")


def test_a_right_that_is_taken_away_waits_for_its_readers_and_is_gone_after_them(
    cast: Cast, slips, locked: str
) -> None:
    stale = now_of(cast, "priya")
    end = "update people_post set ends_on = current_date where person_id = %s"
    with psycopg.connect(at("haven_app", locked), autocommit=True) as somebody_else:
        somebody_else.execute("set lock_timeout = '200ms'")
        with transaction.atomic(), seeing_as(stale):
            with pytest.raises(psycopg.errors.LockNotAvailable):
                somebody_else.execute(end, [cast.priya.pk])
            assert words() == {"a canary of oakfield"}
        somebody_else.execute(end, [cast.priya.pk])
    try:
        with transaction.atomic(), seeing_as(stale):  # an actor as she was: the database looks for itself
            assert words() == set()
    finally:
        Post.objects.filter(person=cast.priya).update(ends_on=None)


def test_for_any_posts_and_covers_the_lock_agrees_with_what_an_actor_holds(cast: Cast, slips) -> None:
    drawn, seen_something = random.Random(20261122), 0
    places = {getattr(cast, place).pk: slip.words for place, slip in slips.items()}
    for _ in range(60):
        with transaction.atomic():
            _any_posts(cast, drawn)
            for person in Person.objects.filter(email__in=["priya@example.org", "grace@example.org"]):
                actor = actor_of(person=person, has_second_factor=True, on=TODAY)
                expected = {words for place, words in places.items() if place in {p.organisation for p in actor.posts}}
                assert _seen(actor) == expected
                seen_something += bool(expected)
            transaction.set_rollback(True)
    assert 20 < seen_something < 110


def test_the_query_of_every_day_uses_its_index_under_the_lock(cast: Cast, superuser: psycopg.Connection) -> None:
    many = "insert into slips_slip select gen_random_uuid(), %s, 'x' from generate_series(1, %s)"
    superuser.execute(many, [cast.ashdown.pk, 20_000])
    superuser.execute(many, [cast.oakfield.pk, 40])
    superuser.execute("analyze slips_slip")
    try:
        with transaction.atomic(), seeing_as(now_of(cast, "priya")):
            plan = Slip.objects.filter(organisation_id=cast.oakfield.pk).explain()
            assert Slip.objects.count() == 40
    finally:
        superuser.execute("truncate slips_slip cascade")
    assert "slips_slip_organisation_id_idx" in plan
    assert "Seq Scan on slips_slip" not in plan


def test_a_lock_can_be_taken_back_and_put_on_again(locked: str, slips) -> None:
    with psycopg.connect(as_owner(locked)) as owner:
        for statement in unlocking():
            owner.execute(statement)
        assert owner.execute("select count(*) from slips_slip").fetchone() == (3,)
        for statement in locking():
            owner.execute(statement)
        assert owner.execute("select count(*) from slips_slip").fetchone() == (0,)


def test_a_lock_names_ways_and_services_that_can_be() -> None:
    own = OfOrganisation("organisation_id")
    for wrong in ({"seen": [], "written": [own]}, {"seen": [own], "written": []}):
        with pytest.raises(ValueError, match="name a way"):
            LockRows("Slip", **wrong)
    with pytest.raises(ValueError, match="no name of a service"):
        LockRows("Slip", seen=[own], written=[own], services=["it's me"])
    assert LockRows("Slip", seen=[own], written=[own]).describe() == "Lock the rows of Slip"
    assert len(NAMES) == 4


def _seen(actor: Actor) -> set[str]:
    if not actor.posts:
        with pytest.raises(Refused), seeing_as(actor):
            pass
        return set()
    with seeing_as(actor):
        return words()


def _any_posts(cast: Cast, drawn: random.Random) -> None:
    """Posts, covers and accounts as they may stand, some of them over or not begun."""
    Person.objects.filter(pk__in=[cast.tom.pk, cast.priya.pk]).update(is_active=drawn.random() < 0.8)
    Post.objects.filter(person__in=[cast.priya, cast.grace]).delete()
    for person in (cast.priya, cast.grace):
        for place in drawn.sample(("oakfield", "ashdown", "police"), drawn.randint(0, 2)):
            begins, ends = _term(drawn)
            organisation = getattr(cast, place)
            Post.objects.create(person=person, organisation=organisation, role="dsl", starts_on=begins, ends_on=ends)
    for post in Post.objects.filter(organisation__in=[cast.oakfield, cast.police]):
        if drawn.random() < 0.5:
            begins, ends = _term(drawn)
            by = drawn.choice([person for person in (cast.priya, cast.grace) if person.pk != post.person_id])
            Cover.objects.create(post=post, covered_by=by, starts_on=begins, ends_on=ends or TODAY + 9 * DAY)


def _term(drawn: random.Random) -> tuple[date, date | None]:
    begins = drawn.choice([BEGAN, TODAY - DAY, TODAY, TODAY + DAY])
    return begins, drawn.choice([None, *(day for day in (TODAY, TODAY + DAY, TODAY + 2 * DAY) if day > begins)])


@seeing(SERVICE)
def words_for(*, by: Actor) -> set[str]:
    return words()


@seeing("slips.other")
def words_for_another_service(*, by: Actor) -> set[str]:
    return words()


def test_a_function_sees_as_whoever_calls_it_and_as_haven_by_its_name(cast: Cast, slips) -> None:
    assert words_for(by=now_of(cast, "priya")) == {"a canary of oakfield"}
    assert len(words_for(by=HAVEN)) == 3
    assert words_for_another_service(by=HAVEN) == set()
    assert words() == set()
    with pytest.raises(Refused):
        words_for(by=NOBODY)


def test_what_is_set_already_is_not_set_again(cast: Cast, slips) -> None:
    her = now_of(cast, "priya")
    with transaction.atomic(), seeing_as(her):
        with CaptureQueriesContext(connection) as asked, seeing_as(her):
            assert words_for(by=her) == {"a canary of oakfield"}
        assert len(asked) == 3  # the query, and the savepoint of a function that is one transaction
        with working_as(HAVEN, SERVICE), CaptureQueriesContext(connection) as asked, working_as(HAVEN, SERVICE):
            pass
        assert len(asked) == 0


def test_what_was_set_in_a_part_that_was_undone_is_as_before(cast: Cast, slips) -> None:
    with transaction.atomic(), seeing_as(now_of(cast, "priya")):
        with pytest.raises(DatabaseError, match="division"), transaction.atomic(), seeing_as(now_of(cast, "grace")):
            connection.cursor().execute("select 1 / 0")
        assert words() == {"a canary of oakfield"}
        with seeing_as(now_of(cast, "priya")):
            assert words() == {"a canary of oakfield"}


def test_the_locks_judge_by_the_databases_own_clock(superuser: psycopg.Connection) -> None:
    clock = "select prosrc, haven_now() = now() from pg_proc where proname = 'haven_now'"
    assert superuser.execute(clock).fetchall() == [("select now()", True)]


def test_for_any_posts_a_role_oversees_the_areas_that_an_actor_has_by_it(cast: Cast, slips) -> None:
    drawn, seen_something = random.Random(20261123), 0
    roles = frozenset({Role.DSL})
    query = OfArea("area_id", roles).condition("asked")
    for _ in range(40):
        with transaction.atomic():
            _any_posts(cast, drawn)
            begins, ends = _term(drawn)
            cast.oakfield.served_areas.update(starts_on=begins, ends_on=ends)
            for person in Person.objects.filter(email__in=["priya@example.org", "grace@example.org"]):
                actor = actor_of(person=person, has_second_factor=True, on=TODAY)
                if actor.posts:
                    with seeing_as(actor), connection.cursor() as cursor:
                        cursor.execute(f"select 1 from (select id as area_id from people_area) asked where {query}")
                        assert bool(cursor.fetchall()) == bool(actor.areas(roles))
                    seen_something += bool(actor.areas(roles))
            transaction.set_rollback(True)
    assert 5 < seen_something < 75
