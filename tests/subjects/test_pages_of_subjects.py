"""The pages of subjects: a look says nothing of anybody, and what is sent is written down first."""

import pytest
import time_machine

from haven.subjects.models import BrokenGlass, Disclosure, Exclusion
from tests.behind import behind
from tests.cast import NOW
from tests.subjects.known import JONAH, child, kept_from, sent

pytestmark = pytest.mark.django_db
WHOM = {"last_name": "Quayle", "first_name": "J", "born_on_0": "4", "born_on_1": "5", "born_on_2": "2016"}


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def jonah(fairhaven):
    return sent(fairhaven, child(fairhaven, JONAH, fairhaven.oakfield), fairhaven.oakfield)


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def outcomes() -> list[str]:
    with behind():
        return list(Disclosure.objects.values_list("outcome", flat=True))


def test_the_council_looks_a_child_up_and_opens_her(fairhaven, jonah) -> None:
    lena = fairhaven.client("lena")
    asked = WHOM | {"area": fairhaven.area.pk, "purpose": "case 2026/17"}
    found = lena.post("/children/", asked)
    assert "<strong>Jonah Quayle</strong>" in text(found)
    assert sorted(outcomes()) == ["looked-up", "shown"]
    page = f"/children/{jonah.pk}/"
    assert "Quayle" not in text(lena.get(page))
    assert "Jonah Quayle</h1>" in text(lena.post(page, {"purpose": "case 2026/17"}))
    assert len(outcomes()) == 3


def test_nobody_is_found_without_all_three_and_a_purpose(fairhaven, jonah) -> None:
    lena = fairhaven.client("lena")
    for missing in ("last_name", "first_name", "born_on_0", "purpose"):
        typed = WHOM | {"area": fairhaven.area.pk, "purpose": "case 17"}
        typed.pop(missing)
        answer = lena.post("/children/", typed)
        assert answer.status_code == 422
        assert "There is a problem" in text(answer)
    assert outcomes() == []


def test_a_school_opens_what_it_was_sent_and_another_finds_nothing_there(fairhaven, jonah) -> None:
    page = f"/children/{jonah.pk}/"
    assert fairhaven.client("grace").get(page).status_code == 404
    assert fairhaven.client("grace").post(page, {"purpose": "x"}).status_code == 404
    assert fairhaven.client("priya").post(page, {"purpose": ""}).status_code == 422
    assert "Jonah Quayle</h1>" in text(fairhaven.client("priya").post(page, {"purpose": "what was sent to us"}))
    assert "Who is kept from it" not in text(fairhaven.client("priya").get(page))


def test_the_police_keep_somebody_from_it_and_the_privacy_officer_ends_that(fairhaven, jonah) -> None:
    page = f"/children/{jonah.pk}/kept-from/"
    bell, peter = fairhaven.client("bell"), fairhaven.client("peter")
    assert bell.post(page, {"person": fairhaven.priya.pk}).status_code == 422
    assert bell.post(page, {"person": fairhaven.priya.pk, "ground": "relative"}).status_code == 302
    assert "Priya Nair" in text(bell.get(page))
    assert fairhaven.client("priya").get(f"/children/{jonah.pk}/").status_code == 404
    assert fairhaven.client("dee").get(page).status_code == 404
    with behind():
        (row,) = Exclusion.objects.all()
    end = f"{page}{row.pk}/end/"
    assert bell.post(end).status_code == 404
    assert peter.post(end).status_code == 302
    assert fairhaven.client("priya").get(f"/children/{jonah.pk}/").status_code == 200


def test_whoever_is_kept_from_it_gets_the_answer_of_a_child_nobody_knows(fairhaven, jonah) -> None:
    kept_from(fairhaven, jonah, "priya")
    priya = fairhaven.client("priya")
    unknown = "00000000-0000-4000-8000-000000000000"
    for way in ("", "interest/", "kept-from/"):
        hidden, absent = (priya.get(f"/children/{each}/{way}") for each in (jonah.pk, unknown))
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content.replace(str(jonah.pk).encode(), b"") == absent.content.replace(unknown.encode(), b"")


def test_she_says_herself_that_she_should_not_see_it(fairhaven, jonah) -> None:
    page = f"/children/{jonah.pk}/interest/"
    priya = fairhaven.client("priya")
    assert priya.post(page, {"ground": ""}).status_code == 422
    assert priya.post(page, {"ground": "relative"}).status_code == 302
    assert priya.get(page).status_code == 404


def test_the_glass_is_broken_with_a_reason_and_looked_at_by_the_privacy_officer(fairhaven, jonah) -> None:
    page = f"/children/records/{jonah.record_id}/emergency/"
    mina = fairhaven.client("mina")
    assert fairhaven.client("lena").get(page).status_code == 404
    assert mina.post(page, {"why": "danger"}).status_code == 422
    assert mina.post(page, {"why": "danger", "words": "canary: she rang"}).status_code == 302
    assert mina.get(f"/children/{jonah.pk}/").status_code == 200
    with behind():
        (glass,) = BrokenGlass.objects.all()
    peter = fairhaven.client("peter")
    listed = text(peter.get("/children/emergencies/"))
    assert "Mina Hartshorn" in listed
    assert "canary" not in listed
    review = f"/children/emergencies/{glass.pk}/"
    assert mina.get(review).status_code == 404
    assert peter.post(review, {"verdict": "right"}).status_code == 422
    assert peter.post(review, {"verdict": "right", "remarks": "She had no other way."}).status_code == 302
    assert "It was right" in text(peter.get("/children/emergencies/"))
