"""The rules of posts, covers, invitations and codes, without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haven.access.decision import Reason
from haven.access.roles import ROLES_OF, Kind, Role
from haven.people.rules.codes import LENGTH, LETTERS, as_typed, new_code, spaced
from haven.people.rules.posts import (
    Term,
    covering,
    ending,
    expires_at,
    has_room_for,
    invitable,
    is_unbroken,
    open_invitation,
)

D = date(2026, 3, 2)


def day(n: int) -> date:
    return D + timedelta(days=n)


@pytest.mark.parametrize(
    ("kind", "role", "is_open", "has_successor", "may"),
    [
        (Kind.SCHOOL, Role.DSL, True, False, False),
        (Kind.SCHOOL, Role.DSL, True, True, True),
        (Kind.SCHOOL, Role.DSL, False, False, True),
        (Kind.SCHOOL, Role.HEAD, True, False, True),
        (Kind.COUNCIL, Role.SAFEGUARDING_LEAD, True, False, True),
    ],
)
def test_only_an_open_schools_last_lead_must_stay(
    kind: Kind, role: Role, is_open: bool, has_successor: bool, may: bool
) -> None:
    assert bool(ending(kind, role, is_open=is_open, has_successor=has_successor)) is may


@pytest.mark.parametrize(
    ("post", "is_away", "has_second_factor", "may"),
    [
        (Term(day(0), None), False, True, True),
        (Term(day(0), day(10)), False, True, True),
        (Term(day(0), day(9)), False, True, False),
        (Term(day(1), None), False, True, False),
        (Term(day(0), None), True, True, False),
        (Term(day(0), None), False, False, False),
    ],
)
def test_a_cover_is_there_for_all_of_it(post: Term, is_away: bool, has_second_factor: bool, may: bool) -> None:
    away = Term(day(0), day(10))
    decision = covering(away, stands_in_from=[post], is_away=is_away, has_second_factor=has_second_factor)
    assert bool(decision) is may
    assert may or decision.reason == Reason.LAST_OF_ITS_KIND


def test_nobody_covers_from_no_post() -> None:
    assert not covering(Term(day(0), day(1)), stands_in_from=[], is_away=False, has_second_factor=True)


ends = st.one_of(st.none(), st.integers(1, 20))
terms = st.builds(
    lambda start, length: Term(day(start), None if length is None else day(start + length)), st.integers(-5, 30), ends
)


@given(st.lists(terms, max_size=6), st.integers(0, 25), st.integers(1, 25))
def test_posts_are_unbroken_when_every_day_is_held(posts: list[Term], start: int, length: int) -> None:
    days = [day(start + n) for n in range(length)]
    every_day = all(any(post.holds(each) for post in posts) for each in days)
    assert is_unbroken(posts, from_day=day(start), until=day(start + length)) is every_day


@given(st.lists(terms, max_size=6), st.integers(0, 25))
def test_posts_are_unbroken_for_good_only_by_one_without_an_end(posts: list[Term], start: int) -> None:
    days = [day(start + n) for n in range(80)]  # past every end and every start
    every_day = all(any(post.holds(each) for post in posts) for each in days)
    assert is_unbroken(posts, from_day=day(start), until=None) is every_day


@given(terms, terms)
def test_two_terms_meet_when_they_have_a_day_in_common(one: Term, other: Term) -> None:
    days = [day(n) for n in range(-5, 80)]
    common = any(one.holds(each) and other.holds(each) for each in days)
    assert one.meets(other) is other.meets(one) is common


@given(terms, terms)
def test_one_term_spans_another_when_it_holds_on_all_its_days(one: Term, other: Term) -> None:
    days = [day(n) for n in range(-5, 80)]
    assert one.spans(other) is all(one.holds(each) for each in days if other.holds(each))


@pytest.mark.parametrize("kind", Kind)
def test_nobody_is_brought_into_a_post_there_is_no_room_for(kind: Kind) -> None:
    everything = invitable(kind, own=set(Role), leads_the_area=True)
    assert everything == ROLES_OF[kind]
    assert all(has_room_for(kind, role) for role in everything)


def test_an_outsider_brings_nobody_in() -> None:
    assert invitable(Kind.SCHOOL, own=[], leads_the_area=False) == frozenset()


@pytest.mark.parametrize("kind", [Kind.COUNCIL, Kind.PARTNERSHIP])
def test_a_lead_of_the_area_brings_nobody_into_council_or_partnership_as_such(kind: Kind) -> None:
    assert invitable(kind, own=[], leads_the_area=True) == frozenset()


def test_an_invitation_lapses_after_a_fortnight() -> None:
    sent = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert expires_at(sent) == datetime(2026, 3, 16, 9, 30, tzinfo=UTC)
    assert open_invitation(expires=expires_at(sent), at=expires_at(sent) - timedelta(seconds=1))
    assert not open_invitation(expires=expires_at(sent), at=expires_at(sent))


def test_codes_are_long_and_never_the_same() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == LENGTH and set(code) <= set(LETTERS) for code in codes)


@given(st.text(alphabet=LETTERS, min_size=LENGTH, max_size=LENGTH))
def test_a_code_is_known_however_it_is_typed(code: str) -> None:
    assert as_typed(spaced(code)) == code
    assert as_typed(f" {spaced(code).lower().replace('-', ' ')} ") == code
    assert as_typed(code.replace("1", "l").replace("0", "o")) == code
