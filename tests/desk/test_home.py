"""Everyone's home page shows what waits for her."""

import pytest

from haven.desk.queries import Desk, desk_of, home_of
from tests.cast import NOW, Cast


@pytest.mark.parametrize(
    ("name", "desk"),
    [
        ("nobody", Desk.VISITOR),
        ("sam", Desk.UNREADY),
        ("priya", Desk.SCHOOL),
        ("tom", Desk.SCHOOL),
        ("marcus", Desk.LEAD),
        ("nadia", Desk.SCRUTINEER),
        ("bell", Desk.PARTNER),
        ("osei", Desk.PARTNER),
        ("lena", Desk.PARTNER),
    ],
)
def test_each_member_of_the_cast_finds_her_own_desk(cast: Cast, name: str, desk: Desk) -> None:
    assert desk_of(cast.actor(name)) is desk
    assert cast.client(name).get("/").status_code == 200


def test_a_lead_sees_how_her_area_stands(cast: Cast) -> None:
    home = home_of(by=cast.actor("marcus"), at=NOW)
    assert [area.name for area, _ in home.areas] == ["Fairhaven"]


def test_a_school_sees_that_nothing_waits(cast: Cast) -> None:
    page = cast.client("priya").get("/").content.decode()
    assert "Nothing waits for you" in page


@pytest.mark.parametrize("path", ["/help/", "/accessibility/", "/privacy/"])
def test_the_pages_about_haven_are_for_everyone(cast: Cast, path: str) -> None:
    assert cast.client("nobody").get(path).status_code == 200


def test_the_ledger_is_for_the_scrutineer_alone(cast: Cast) -> None:
    assert cast.client("nadia").get("/ledger/").status_code == 200
    assert cast.client("marcus").get("/ledger/").status_code == 404


def test_every_answer_carries_a_strict_policy_and_is_not_stored(cast: Cast) -> None:
    headers = cast.client("priya").get("/").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Frame-Options"] == "DENY"
