"""A force's own pages: where each delivery stands, what came back, what is recalled, files, and what it sends."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from haven.notifications import services
from haven.notifications.disclosure.showing import open_name
from haven.notifications.models import AreaRule, Delivery, ForceProfile
from haven.notifications.policy import may_set_profile
from haven.notifications.rules.stages import Stage
from haven.people.models import Person, Post
from haven.people.seeing import seeing_as
from haven.subjects.models import Ground
from haven.subjects.services import declare_interest
from tests.behind import at_the_hour
from tests.cast import BEGAN, NOW, Cast
from tests.notifications.sent import CANARY, now, one, read
from tests.notifications.test_a_file_of_notifications import HEAD, ISLA, JONAH
from tests.people.seen import enrol
from tests.subjects.known import joined

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=10)


@pytest.fixture(autouse=True)
def monday(fairhaven: Cast) -> Iterator[None]:
    """A Monday in term."""
    with at_the_hour(LATER):
        yield


def text(answer: object) -> str:
    """A page without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def came_back(cast: Cast) -> Delivery:
    """One of which Oakfield said that the child is not theirs, and moved to Ashdown."""
    delivery = one(cast)
    open_name(delivery_id=delivery.pk, by=cast.actor("priya"), at=NOW)
    services.not_ours(delivery_id=delivery.pk, moved_to=cast.ashdown.pk, by=cast.actor("priya"), at=NOW)
    return delivery


def test_the_list_says_where_each_stands_and_nothing_of_whom_or_what(fairhaven: Cast) -> None:
    delivery = read(fairhaven, one(fairhaven))
    client = fairhaven.client("bell")
    for page in (client.get("/notifications/sent/"), client.get(f"/notifications/sent/{delivery.notification_id}/")):
        said = text(page)
        assert delivery.reference in said
        assert "Oakfield Primary School" in said
        assert "Name seen: 2 March, 09:30." in said
        assert not any(word in said for word in ("Jonah", "Quayle", CANARY, "2016"))


def test_another_organisation_sees_none_of_it(fairhaven: Cast) -> None:
    delivery = one(fairhaven)
    assert "Nothing was sent yet." in text(fairhaven.client("lena").get("/notifications/sent/"))
    assert fairhaven.client("lena").get(f"/notifications/sent/{delivery.notification_id}/").status_code == 404


def test_an_officer_who_must_not_know_of_the_child_sees_none_of_it(fairhaven: Cast) -> None:
    delivery = one(fairhaven)
    declare_interest(subject_id=now(delivery).subject_id, ground=Ground.KNOWN, by=fairhaven.actor("bell"), at=NOW)
    client = fairhaven.client("bell")
    assert delivery.reference not in text(client.get("/notifications/sent/"))
    assert client.get(f"/notifications/sent/{delivery.notification_id}/").status_code == 404
    assert client.get(f"/notifications/sent/deliveries/{delivery.pk}/send-on/").status_code == 404


def test_what_came_back_waits_with_its_clock_and_goes_on_to_the_right_school(fairhaven: Cast) -> None:
    delivery, client = came_back(fairhaven), fairhaven.client("bell")
    said = text(client.get("/notifications/sent/"))
    assert "1 waits for you" in said
    assert "minutes are left." in said
    first = text(client.get("/notifications/"))
    assert "1 waits for you" in first
    assert "Nothing waits for you." not in first
    page = f"/notifications/sent/deliveries/{delivery.pk}/send-on/"
    asked = text(client.get(page))
    assert "The school says that the child moved to Ashdown Academy." in asked
    assert "Ashdown Academy, Secondary (URN 900002)" in asked
    assert "Jonah" not in asked
    assert client.post(page, {"place": ""}).status_code == 422
    assert "Sent on." in text(client.post(page, {"place": "900002"}, follow=True))
    with seeing_as(fairhaven.actor("grace")):
        assert Delivery.objects.get().school == fairhaven.ashdown
    assert "wait" not in text(client.get("/notifications/sent/")).split("Notifications sent")[-1].split("accepted")[0]


def test_what_came_back_waits_for_nobody_else(fairhaven: Cast) -> None:
    delivery = came_back(fairhaven)
    assert "1 waits for you" not in text(fairhaven.client("lena").get("/notifications/"))
    declare_interest(subject_id=now(delivery).subject_id, ground=Ground.KNOWN, by=fairhaven.actor("bell"), at=NOW)
    assert "Nothing waits for you." in text(fairhaven.client("bell").get("/notifications/"))


def test_a_school_is_looked_for_and_the_officer_for_home_education_is_always_there(fairhaven: Cast) -> None:
    delivery, client = came_back(fairhaven), fairhaven.client("bell")
    page = f"/notifications/sent/deliveries/{delivery.pk}/send-on/"
    assert "No open school fits “Elmhurst”." in text(client.get(page, {"school": "Elmhurst"}))
    assert client.post(page, {"place": "home"}).status_code == 302
    with seeing_as(fairhaven.actor("hugo")):
        assert Delivery.objects.get(school=None).home_area == fairhaven.area


def test_whose_it_is_is_shown_on_asking_and_written_down(fairhaven: Cast) -> None:
    delivery, client = came_back(fairhaven), fairhaven.client("bell")
    assert client.get(f"/notifications/sent/deliveries/{delivery.pk}/child/").status_code == 405
    assert "Jonah Quayle" in text(client.post(f"/notifications/sent/deliveries/{delivery.pk}/child/"))


def test_what_goes_nowhere_else_is_settled_with_a_reason(fairhaven: Cast) -> None:
    delivery, client = came_back(fairhaven), fairhaven.client("bell")
    page = f"/notifications/sent/deliveries/{delivery.pk}/settle/"
    assert client.post(page, {"why": ""}).status_code == 422
    assert "Settled." in text(client.post(page, {"why": "The family has moved abroad."}, follow=True))
    assert now(delivery).stage == Stage.CLOSED


def test_what_nobody_opened_is_recalled_and_is_gone(fairhaven: Cast) -> None:
    delivery, client = one(fairhaven), fairhaven.client("bell")
    page = f"/notifications/sent/{delivery.notification_id}/recall/"
    assert "Nobody has read what happened." in text(client.get(page))
    assert "Recalled on" in text(client.post(page, follow=True))
    assert now(delivery).stage == Stage.RECALLED_UNOPENED
    assert "Somebody has done that already" in text(client.post(page, follow=True))


def test_recalling_what_was_read_says_what_must_follow(fairhaven: Cast) -> None:
    delivery, client = read(fairhaven, one(fairhaven)), fairhaven.client("bell")
    page = f"/notifications/sent/{delivery.notification_id}/recall/"
    said = text(client.get(page))
    assert "It was read already." in said
    assert "within 72 hours" in said
    client.post(page)
    assert "Say that nothing is left to do" in text(client.get("/notifications/sent/"))


def file(*lines: str) -> SimpleUploadedFile:
    """A file with these lines."""
    return SimpleUploadedFile("week.csv", "\n".join([HEAD, *lines]).encode(), content_type="text/csv")


def carried(page: object) -> str:
    """The text that a page carries on."""
    found = re.search(r'name="text" value="([^"]*)"', page.content.decode())
    assert found
    return found[1].replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&")


def test_a_file_is_looked_at_first_and_then_its_good_lines_go_once(fairhaven: Cast) -> None:
    client, page = fairhaven.client("bell"), "/notifications/send/file/"
    bad = JONAH.replace("Jonah", "Mo").replace("900001", "900999")
    looked = client.post(page, {"file": file(JONAH, bad)})
    assert "1 line can be sent" in text(looked)
    assert "No open school has this number" in text(looked)
    with seeing_as(fairhaven.actor("bell")):
        assert not Delivery.objects.exists()
    kept = {"text": carried(looked)}
    assert client.post(page, kept).status_code == 422
    assert "Nothing was sent." in text(client.post(page, kept | {"which": "all"}))
    assert "1 line sent" in text(client.post(page, kept | {"which": "good"}))
    assert "which had been sent before" in text(client.post(page, kept | {"which": "good"}))
    with seeing_as(fairhaven.actor("bell")):
        assert Delivery.objects.count() == 1


def test_lines_whose_words_could_tell_where_somebody_is_do_not_go(fairhaven: Cast) -> None:
    looked = text(
        fairhaven.client("bell").post(
            "/notifications/send/file/", {"file": file(JONAH.replace("An argument", "FH1 2AB"))}
        )
    )
    assert "0 lines can be sent" in looked
    assert "This looks like a postcode. Take it out, or send this child by the form" in looked


def test_a_child_at_home_goes_by_file_too(fairhaven: Cast) -> None:
    line = ISLA.replace("No; not there", "absent")
    client = fairhaven.client("bell")
    looked = client.post("/notifications/send/file/", {"file": file(line)})
    client.post("/notifications/send/file/", {"text": carried(looked)})
    with seeing_as(fairhaven.actor("hugo")):
        assert Delivery.objects.get().home_area == fairhaven.area


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "empty"), (b"PK\x03\x04", "This is a workbook"), (b"a,b\n1,2", "missing")]
)
def test_a_file_that_is_none_is_refused_in_words(fairhaven: Cast, content: bytes, said: str) -> None:
    given = SimpleUploadedFile("week.csv", content, content_type="text/csv")
    answer = fairhaven.client("bell").post("/notifications/send/file/", {"file": given})
    assert answer.status_code == 422
    assert said in text(answer)


@pytest.fixture
def ada(fairhaven: Cast) -> Cast:
    """The force has an administrator."""
    joined(fairhaven, {"ada": ("Ada Netherby", "administrator", "police")})
    enrol(fairhaven.ada)
    return fairhaven


def test_a_force_says_what_it_sends_and_what_every_one_needs_stays(ada: Cast) -> None:
    client = ada.client("ada")
    given = {
        "items": ["welfare-check"],
        "ages_from": "4",
        "ages_to": "15",
        "free_words": "Ring 101.",
        "reasons": "a\n\nb",
    }
    assert client.post("/notifications/profile/", given | {"ages_to": "3"}).status_code == 422
    assert client.post("/notifications/profile/", given).status_code == 302
    row = ForceProfile.objects.get()
    assert row.items == ["reference", "happened-at", "present", "welfare-check"]
    assert (row.ages_to, row.free_words, row.reasons_not_to_notify) == (15, "Ring 101.", ["a", "b"])
    page = text(ada.client("bell").get("/notifications/send/"))
    assert "When not to notify" in page
    assert "What happened" not in page


def test_an_officer_reads_what_her_force_sends_and_does_not_set_it(ada: Cast) -> None:
    client, given = ada.client("bell"), {"ages_from": "4", "ages_to": "15"}
    page = text(client.get("/notifications/profile/"))
    assert "Set this" not in page
    assert "ask the administrator of Fairhaven Police" in page
    assert client.post("/notifications/profile/", given).status_code == 404
    assert not ForceProfile.objects.exists()
    assert "Set this" in text(ada.client("ada").get("/notifications/profile/"))


@pytest.mark.parametrize(
    ("who", "place", "is_allowed"),
    [
        ("ada", "police", True),
        ("bell", "police", False),
        ("marcus", "council", True),
        ("marcus", "police", False),
        ("lena", "council", False),
        ("ada", "council", False),
        ("priya", "police", False),
    ],
)
def test_what_an_organisation_sends_one_says_and_not_each_officer(
    ada: Cast, who: str, place: str, *, is_allowed: bool
) -> None:
    assert bool(may_set_profile(ada.actor(who), ada.organisations[place].pk)) is is_allowed


def test_an_administrator_of_a_force_sees_nothing_of_what_was_sent(ada: Cast) -> None:
    delivery, client = one(ada), ada.client("ada")
    for page in ("sent/", f"sent/{delivery.notification_id}/", "send/", ""):
        assert client.get(f"/notifications/{page}").status_code == 404
    assert b'href="/notifications/profile/"' in client.get("/account/").content


def test_a_lead_says_how_schools_handle_it(fairhaven: Cast) -> None:
    client, page = fairhaven.client("marcus"), f"/notifications/rules/{fairhaven.area.pk}/"
    given = {"handling": "Watch and listen.", "head_after": "20", "council_after": "40", "mornings": "7:00, 7:45"}
    given |= {
        "duty_list_before": "50",
        "telephone_before": "25",
        "suppress_below": "6",
        "return_days": "12",
        "confirm_hours": "48",
    }
    assert client.get(page).status_code == 200
    for wrong in ({"mornings": "8:00, 7:00"}, {"mornings": "early"}, {"duty_list_before": "10"}, {"handling": ""}):
        assert client.post(page, given | wrong).status_code == 422
    assert not AreaRule.objects.exists()
    assert client.post(page, given).status_code == 302
    row = AreaRule.objects.get()
    assert (row.handling, row.head_after, row.duty_list_before, row.suppress_below) == ("Watch and listen.", 20, 50, 6)
    assert (row.asks_returns, row.return_days, row.confirm_hours) == (False, 12, 48)
    assert [f"{each:%H:%M}" for each in row.mornings] == ["07:00", "07:45"]


def test_whoever_works_for_the_intelligence_unit_of_the_same_force_sees_none_of_it(fairhaven: Cast) -> None:
    for key, role in (("ivo", "intelligence-officer"), ("iris", "intelligence-lead")):
        fairhaven.people[key] = Person.objects.create(email=f"{key}@example.org", name=key.title())
        place = {"person": fairhaven.people[key], "organisation": fairhaven.police, "starts_on": BEGAN}
        Post.objects.create(role=role, **place)
        enrol(fairhaven.people[key])
    delivery = one(fairhaven)
    addresses = ("/notifications/sent/", f"/notifications/sent/{delivery.notification_id}/", "/notifications/send/")
    for key in ("ivo", "iris"):
        statuses = [fairhaven.client(key).get(address).status_code for address in addresses]
        assert statuses == [404, 404, 404], key
    assert fairhaven.client("bell").get(addresses[1]).status_code == 200, "which is there for her colleague"
