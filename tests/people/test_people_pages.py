"""The pages of people: who may open which, and what each does."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from haven.people.models import (
    Cluster,
    ClusterPlace,
    Cover,
    DayOverride,
    Invitation,
    Organisation,
    Person,
    Post,
    TermDates,
)
from tests.cast import NOW, TODAY, Cast
from tests.people.seen import enrol

EVERYBODY = ["priya", "tom", "grace", "marcus", "bell", "osei", "lena", "nadia", "sam", "nobody"]
WEEK = TODAY + timedelta(days=7)
PASSWORD = "a lamp above the harbour"


@pytest.fixture(autouse=True)
def now():  # type: ignore[no-untyped-def]
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene(cast: Cast) -> dict[str, str]:
    """Addresses into the cast's world, by name."""
    cluster = Cluster.objects.create(area=cast.area, name="North")
    ClusterPlace.objects.create(cluster=cluster, organisation=cast.oakfield, starts_on=TODAY)
    post = cast.priya.posts.get()
    return {
        "found": reverse("people:found"),
        "invited": reverse("people:invited"),
        "organisation": reverse("people:organisation", args=[cast.oakfield.pk]),
        "invite": reverse("people:invite", args=[cast.oakfield.pk]),
        "days": reverse("people:days", args=[cast.oakfield.pk]),
        "end": reverse("people:end", args=[post.pk]),
        "cover": reverse("people:cover", args=[post.pk]),
        "area": reverse("people:area", args=[cast.area.pk]),
        "terms": reverse("people:terms", args=[cast.area.pk, 2025]),
        "cluster": reverse("people:cluster", args=[cluster.pk]),
        "leave": reverse("people:leave", args=[cluster.pk, cast.oakfield.pk]),
        "clear": reverse("people:clear", args=[cast.oakfield.pk]),
    }


GET = {
    "organisation": "priya tom marcus",
    "invite": "priya tom marcus",
    "days": "priya tom marcus",
    "end": "priya tom marcus",
    "cover": "priya tom marcus",
    "area": "marcus",
    "terms": "marcus",
    "cluster": "marcus",
}


@pytest.mark.parametrize("page", GET)
def test_a_page_opens_for_those_it_is_for_and_is_not_there_for_others(
    page: str, scene: dict[str, str], cast: Cast
) -> None:
    found = {name: cast.client(name).get(scene[page]).status_code for name in EVERYBODY}
    wanted = {name: 200 if name in GET[page].split() else 404 for name in EVERYBODY} | {"nobody": 302}
    assert found == wanted


@pytest.mark.parametrize("page", ["clear", "leave"])
def test_what_changes_something_is_only_posted(page: str, scene: dict[str, str], cast: Cast) -> None:
    assert cast.client("marcus").get(scene[page]).status_code == 405
    assert cast.client("grace").post(scene[page], {"day": "2026-03-09"}).status_code == 404


def test_the_directory_is_for_those_with_a_post(scene: dict[str, str], cast: Cast) -> None:
    found = {name: cast.client(name).get(scene["found"]).status_code for name in EVERYBODY}
    assert found == dict.fromkeys(EVERYBODY, 302) | {"marcus": 200, "sam": 404}


def test_whoever_sees_one_organisation_goes_straight_there(scene: dict[str, str], cast: Cast) -> None:
    assert cast.client("priya").get(scene["found"]).headers["Location"] == scene["organisation"]
    searched = cast.client("priya").get(scene["found"], {"q": "ashdown"})
    assert "Nothing has all of those words" in searched.content.decode()


def test_a_lead_searches_the_directory(scene: dict[str, str], cast: Cast) -> None:
    page = cast.client("marcus").get(scene["found"], {"q": "ashdown"}).content.decode()
    assert "Ashdown Academy" in page
    assert "Oakfield" not in page
    assert "1 organisation<" in page


def test_names_are_escaped(scene: dict[str, str], cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.oakfield.pk).update(name="<b>Oak</b>", town="<i>Town</i>")
    for name in ("found", "organisation", "invite", "end"):
        page = cast.client("marcus").get(scene[name]).content.decode()
        assert "<b>Oak" not in page
        assert "&lt;b&gt;Oak" in page


def test_the_page_of_an_organisation_shows_its_people_and_what_may_be_done(scene: dict[str, str], cast: Cast) -> None:
    enrol(cast.tom)
    Cover.objects.create(post=cast.priya.posts.get(), covered_by=cast.tom, starts_on=TODAY, ends_on=WEEK)
    DayOverride.objects.create(organisation=cast.oakfield, day_on=WEEK, why="INSET")
    page = cast.client("priya").get(scene["organisation"]).content.decode()
    for words in (
        "Priya Nair",
        "Waits for a second factor",
        "Tom Whitlock covers",
        "Monday 9 March 2026",
        "Invite somebody",
        "North",
    ):
        assert words in page
    assert "priya@example.org" not in page
    assert page.count("End the post") == 1  # her own, not her head's


def test_an_agency_has_a_page_without_a_calendar(cast: Cast) -> None:
    page = cast.client("bell").get(reverse("people:organisation", args=[cast.police.pk])).content.decode()
    assert "Fairhaven Police" in page
    assert "area’s terms" not in page
    assert "Invite somebody" not in page


INVITEE = {
    "name": "Robin Vale",
    "email": "robin@example.org",
    "role": "deputy-dsl",
    "starts_on_0": "2",
    "starts_on_1": "3",
    "starts_on_2": "2026",
}


def test_an_invitation_goes_from_the_page_to_a_joined_colleague(
    scene: dict[str, str],
    cast: Cast,
    django_capture_on_commit_callbacks,  # type: ignore[no-untyped-def]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = cast.client("priya").post(scene["invite"], INVITEE)
    assert answer.headers["Location"] == scene["organisation"]
    assert "Robin Vale, Deputy" in cast.client("tom").get(scene["organisation"]).content.decode()
    code = re.search(r"^ +(\S{4}-\S{4}-\S{4})$", mail.outbox[0].body, re.MULTILINE)[1]  # type: ignore[index]
    joining = {"email": "robin@example.org", "code": code, "name": "Robin Vale", "password": PASSWORD}
    joined = Client().post(scene["invited"], joining)
    assert joined.headers["Location"] == reverse("account_login")
    assert Person.objects.get(email="robin@example.org").posts.get().role == "deputy-dsl"


def test_an_invitation_that_is_not_right_is_shown_again_with_what_is_wrong(scene: dict[str, str], cast: Cast) -> None:
    wrong = cast.client("priya").post(scene["invite"], INVITEE | {"email": "robin", "role": "head", "starts_on_1": ""})
    page = wrong.content.decode()
    assert wrong.status_code == 422
    for words in ("There is a problem", "Enter a whole address", "must include a month", "robin"):
        assert words in page
    assert not Invitation.objects.exists()


def test_advice_from_a_refusal_stands_in_the_page(scene: dict[str, str], cast: Cast) -> None:
    held = cast.client("tom").post(scene["invite"], INVITEE | {"email": "priya@example.org", "role": "dsl"})
    assert held.status_code == 422
    assert "This person holds that post already" in held.content.decode()


def test_an_invitation_is_withdrawn(scene: dict[str, str], cast: Cast) -> None:
    cast.client("priya").post(scene["invite"], INVITEE)
    address = reverse("people:withdraw", args=[Invitation.objects.get().pk])
    assert cast.client("grace").post(address).status_code == 404
    assert cast.client("priya").post(address).headers["Location"] == scene["organisation"]
    assert Invitation.objects.get().withdrawn_at == NOW


def test_the_page_for_the_invited_is_open_to_everybody(scene: dict[str, str], cast: Cast) -> None:
    for name in ("nobody", "sam", "priya"):
        page = cast.client(name).get(scene["invited"])
        assert page.status_code == 200
        assert "I have been invited" in page.content.decode()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"code": "0000-0000-0000"}, "do not belong to an invitation"),
        ({"password": "short"}, "too short"),
        ({"password": "x" * 201}, "200 characters at most"),
        ({"password": "robin vale example"}, "too similar"),
        ({"email": "robin"}, "Enter a whole address"),
        ({"name": " "}, "Enter your name"),
        ({"name": "Robin \u202eVale"}, "Enter your name"),
        ({"code": ""}, "Enter the code"),
    ],
)
def test_joining_says_what_is_wrong(said: dict[str, str], words: str, scene: dict[str, str]) -> None:
    joining = {"email": "robin.vale@example.org", "code": "ABCD", "name": "Robin Vale", "password": PASSWORD} | said
    answer = Client().post(scene["invited"], joining)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert PASSWORD not in answer.content.decode()


def test_somebody_signed_in_takes_a_second_post(
    scene: dict[str, str],
    cast: Cast,
    django_capture_on_commit_callbacks,  # type: ignore[no-untyped-def]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        cast.client("priya").post(scene["invite"], INVITEE | {"email": "grace@example.org"})
    code = re.search(r"^ +(\S{4}-\S{4}-\S{4})$", mail.outbox[0].body, re.MULTILINE)[1]  # type: ignore[index]
    assert cast.client("sam").post(scene["invited"], {"code": code}).status_code == 422
    assert cast.client("grace").post(scene["invited"], {"code": code}).headers["Location"] == scene["found"]
    assert cast.grace.posts.count() == 2


def on(prefix: str, day: date) -> dict[str, str]:
    return {f"{prefix}_0": str(day.day), f"{prefix}_1": str(day.month), f"{prefix}_2": str(day.year)}


def test_ending_the_last_leads_post_needs_the_council_and_a_reason(scene: dict[str, str], cast: Cast) -> None:
    refused = cast.client("tom").post(scene["end"], on("ends_on", TODAY) | {"why": "because"})
    assert refused.status_code == 422
    assert "Invite a successor first" in refused.content.decode()
    assert cast.client("marcus").post(scene["end"], on("ends_on", TODAY)).status_code == 422
    done = cast.client("marcus").post(scene["end"], on("ends_on", TODAY) | {"why": "dismissed"})
    assert done.headers["Location"] == scene["organisation"]
    assert cast.priya.posts.get().ends_on == TODAY
    assert cast.client("priya").get(scene["organisation"]).status_code == 404


def test_whoever_ends_her_own_post_is_led_home(cast: Cast) -> None:
    address = reverse("people:end", args=[cast.tom.posts.get().pk])
    assert cast.client("tom").post(address, on("ends_on", TODAY)).headers["Location"] == "/"


def test_a_cover_is_named_and_ended(scene: dict[str, str], cast: Cast) -> None:
    assert "Nobody can cover yet" in cast.client("priya").get(scene["cover"]).content.decode()
    enrol(cast.tom)
    assert "Tom Whitlock" in cast.client("priya").get(scene["cover"]).content.decode()
    days = on("starts_on", TODAY) | on("ends_on", WEEK)
    wrong = cast.client("priya").post(scene["cover"], days | {"covered_by": str(cast.grace.pk)})
    assert wrong.status_code == 422
    named = cast.client("priya").post(scene["cover"], days | {"covered_by": str(cast.tom.pk)})
    assert named.headers["Location"] == scene["organisation"]
    assert "Tom Whitlock covers" in cast.client("priya").get(scene["cover"]).content.decode()
    cover = Cover.objects.get()
    address = reverse("people:back", args=[cover.pk])
    assert cast.client("grace").post(address).status_code == 404
    assert cast.client("tom").post(address).headers["Location"] == "/"


def test_a_lead_who_covers_sees_it_in_the_directory(scene: dict[str, str], cast: Cast) -> None:
    Cover.objects.create(post=cast.priya.posts.get(), covered_by=cast.marcus, starts_on=TODAY, ends_on=WEEK)
    assert "Marcus Hale covers for Priya Nair" in cast.client("marcus").get(scene["found"]).content.decode()


def test_a_day_is_closed_and_cleared(scene: dict[str, str], cast: Cast) -> None:
    client = cast.client("priya")
    assert client.post(scene["days"], on("day", WEEK)).status_code == 422
    closed = client.post(scene["days"], on("day", WEEK) | {"standing": "closed", "why": "INSET"})
    assert closed.headers["Location"] == scene["days"]
    assert "INSET" in client.get(scene["days"]).content.decode()
    past = client.post(scene["days"], on("day", TODAY - timedelta(1)) | {"standing": "open"})
    assert "That day is past" in past.content.decode()
    assert client.post(scene["clear"], {"day": "soon"}).status_code == 404
    client.post(scene["clear"], {"day": WEEK.isoformat()})
    assert not DayOverride.objects.exists()
    assert client.post(scene["clear"], {"day": WEEK.isoformat()}).status_code == 404


def test_a_school_staff_member_sees_the_page_but_changes_nothing(scene: dict[str, str], cast: Cast) -> None:
    Post.objects.create(person=cast.sam, organisation=cast.oakfield, role="school-staff", starts_on=TODAY)
    client = cast.client("sam")
    assert client.get(scene["organisation"]).status_code == 200
    assert [client.get(scene[page]).status_code for page in ("invite", "days", "end", "cover")] == [404] * 4


def term(number: int, name: str, starts: date | None, ends: date | None) -> dict[str, str]:
    fields = {f"term-{number}-name": name}
    for part, day in (("starts_on", starts), ("ends_on", ends)):
        fields |= on(f"term-{number}-{part}", day) if day else {}
    return fields


WHOLE = {"term-TOTAL_FORMS": "3", "term-INITIAL_FORMS": "0"}


def test_term_dates_are_set_shown_and_set_again(scene: dict[str, str], cast: Cast) -> None:
    client = cast.client("marcus")
    assert "Autumn 1" in client.get(scene["terms"]).content.decode()
    typed = WHOLE | term(0, "Spring 1", date(2026, 1, 5), date(2026, 2, 13)) | term(1, "Spring 2", None, None)
    assert client.post(scene["terms"], typed).headers["Location"] == scene["area"]
    assert TermDates.objects.get().name == "Spring 1"
    assert 'value="13"' in client.get(scene["terms"]).content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (term(0, "Spring 1", date(2026, 1, 5), None), "Fill in all of this term"),
        (term(0, "Spring 1", date(2026, 2, 5), date(2026, 1, 5)), "Spring 1 ends before it starts"),
        (term(0, "", date(2026, 1, 5), date(2026, 2, 13)), "Fill in all of this term"),
        (term(0, "", None, None), "Enter between 1 and 12 terms"),
        (term(0, "A", date(2026, 1, 5), date(2026, 2, 13)) | {"term-0-ends_on_1": "13"}, "must be a real date"),
    ],
)
def test_term_dates_that_cannot_be_are_shown_again(
    typed: dict[str, str], words: str, scene: dict[str, str], cast: Cast
) -> None:
    answer = cast.client("marcus").post(scene["terms"], WHOLE | typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "<title>Error: " in answer.content.decode()
    assert not TermDates.objects.exists()


def test_no_terms_are_set_for_far_away_years(cast: Cast) -> None:
    for year in (2019, 2032, 99999999):
        assert cast.client("marcus").get(reverse("people:terms", args=[cast.area.pk, year])).status_code == 404


def test_clusters_are_made_filled_and_emptied(scene: dict[str, str], cast: Cast) -> None:
    client = cast.client("marcus")
    assert "already" not in client.get(scene["area"]).content.decode()
    assert "has a cluster of that name" in client.post(scene["area"], {"name": "north"}).content.decode()
    assert client.post(scene["area"], {"name": "South"}).headers["Location"] == scene["area"]
    assert "South" in client.get(scene["area"]).content.decode()
    assert client.post(scene["cluster"], {"organisation": str(cast.ashdown.pk)}).status_code == 302
    assert "Take out" in client.get(scene["cluster"]).content.decode()
    assert client.post(scene["cluster"], {"organisation": str(cast.police.pk)}).status_code == 422
    assert client.post(scene["leave"]).headers["Location"] == scene["cluster"]
    assert client.post(scene["leave"]).status_code == 404


def test_an_empty_cluster_says_so(cast: Cast) -> None:
    empty = Cluster.objects.create(area=cast.area, name="Empty")
    page = cast.client("marcus").get(reverse("people:cluster", args=[empty.pk])).content.decode()
    assert "No school is in it yet" in page
