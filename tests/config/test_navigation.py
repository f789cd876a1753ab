"""Everyone's menu leads where she may go."""

import pytest

from haven.config.navigation import navigation
from tests.cast import Cast


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("nobody", "/public/"),
        ("sam", "/account/"),
        ("priya", "/actions/"),
        ("marcus", "/actions/overview/"),
        ("nadia", "/ledger/"),
        ("osei", "/actions/"),
        ("lena", "/bulletins/"),
    ],
)
def test_each_member_of_the_cast_has_her_own_menu(cast: Cast, name: str, first: str) -> None:
    assert navigation(cast.actor(name), "/")[0].address == first


def test_the_entry_that_fits_most_closely_is_here(cast: Cast) -> None:
    entries = navigation(cast.actor("priya"), "/bulletins/contacts/")
    assert [entry.address for entry in entries if entry.is_here] == ["/bulletins/contacts/"]


def test_what_changed_is_a_part_of_guidance(cast: Cast) -> None:
    entries = navigation(cast.actor("priya"), "/changes/")
    assert [entry.name for entry in entries if entry.is_here] == ["Guidance"]


@pytest.mark.parametrize(
    ("name", "is_there"), [("priya", True), ("bell", True), ("marcus", True), ("osei", False), ("nadia", False)]
)
def test_notifications_are_for_those_who_send_and_receive_them(cast: Cast, name: str, *, is_there: bool) -> None:
    assert ("/notifications/" in {entry.address for entry in navigation(cast.actor(name), "/")}) is is_there


@pytest.mark.parametrize(
    ("name", "is_there"), [("lena", True), ("bell", True), ("marcus", True), ("priya", False), ("osei", False)]
)
def test_looking_somebody_up_is_for_the_police_and_the_council(cast: Cast, name: str, *, is_there: bool) -> None:
    assert ("/children/" in {entry.address for entry in navigation(cast.actor(name), "/")}) is is_there


def test_people_and_account_stand_apart(cast: Cast) -> None:
    entries = navigation(cast.actor("marcus"), "/")
    assert [entry.name for entry in entries if entry.is_apart] == ["People", "Account"]


def test_a_visitor_has_a_menu_before_any_actor_is_known() -> None:
    assert [entry.name for entry in navigation(None, "/")] == ["Bulletins", "Sign in"]
