"""The pages of what is kept: who was shown what, holds, erasure by two, exports, safe addresses and guests."""

import json
import re
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
import time_machine

from haven.engines.days.moments import moment
from haven.notifications.models import Notice
from haven.subjects.models import Disclosure, Erasure, Hold, Subject
from haven.subjects.queries.keeping import years_kept
from haven.subjects.rules.retention import RULES, Kept
from haven.subjects.services import give_safe_address, link_siblings
from tests.behind import behind, stop_the_clock
from tests.cast import NOW, TODAY, Cast
from tests.notifications.sent import one
from tests.people.seen import last_told
from tests.subjects.known import ISLA, JONAH, child, kept_from, looked_for, sent

pytestmark = pytest.mark.django_db
OVER = moment(date(2041, 9, 2), time(9))
NAMES = ("Jonah", "Quayle")
ADDRESS = "7 Tern Avenue"


@pytest.fixture(autouse=True)
def clock():
    """A Monday in term."""
    with time_machine.travel(NOW, tick=False) as travelling:
        yield travelling


@pytest.fixture
def jonah(fairhaven: Cast) -> Subject:
    """Oakfield was told of him."""
    return sent(fairhaven, child(fairhaven, JONAH, fairhaven.oakfield), fairhaven.oakfield)


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def later(clock, at: datetime) -> None:
    """Go on at this moment, also by the clock of the database."""
    clock.move_to(at)
    stop_the_clock(at)


def told(subject: Subject) -> list[tuple[str, str]]:
    """What was written down of her own record and her address, and what for."""
    with behind():
        rows = Disclosure.objects.filter(record__about__subject=subject).order_by("at", "outcome")
        return [(row.outcome, row.purpose) for row in rows]


def kept(subject: Subject, rest: str = "") -> str:
    return f"/children/{subject.pk}/kept/{rest}"


PLACES = ("shown/", "kept/", "kept/hold/", "kept/erase/", "export/", "safe/", "safe/give/", "guests/")
KEEPERS_SEE = {"shown/", "kept/", "kept/hold/", "kept/erase/", "export/"}
OWNERS_SEE = {"safe/", "safe/give/", "guests/"}
SEEN = {
    "peter": KEEPERS_SEE,
    "marcus": KEEPERS_SEE,
    "bell": OWNERS_SEE,
    "priya": set(),
    "dee": set(),
    "grace": set(),
    "lena": set(),
    "mina": set(),
    "osei": set(),
    "nadia": set(),
    "sam": set(),
}


@pytest.mark.parametrize("who", SEEN)
def test_each_page_is_there_for_whom_it_concerns_and_for_nobody_else(fairhaven: Cast, jonah, who: str) -> None:
    client = fairhaven.client(who)
    there = {place for place in PLACES if client.get(f"/children/{jonah.pk}/{place}").status_code == 200}
    assert there == SEEN[who]
    assert (client.get("/children/keeping/").status_code == 200) is (who in ("peter", "marcus"))


@pytest.mark.parametrize("who", ["peter", "marcus", "bell"])
def test_whoever_is_kept_from_a_child_gets_the_answers_of_one_nobody_knows(fairhaven: Cast, jonah, who: str) -> None:
    kept_from(fairhaven, jonah, who, by="lena" if who == "bell" and looked_for(fairhaven, "lena") else "bell")
    client, unknown = fairhaven.client(who), "00000000-0000-4000-8000-000000000000"
    for place in PLACES:
        hidden, absent = (client.get(f"/children/{each}/{place}") for each in (jonah.pk, unknown))
        assert hidden.status_code == absent.status_code == 404
        given = {"purpose": "case 17", "reference": "SAR 1", "why": "x", "address": "x"}
        hidden, absent = (client.post(f"/children/{each}/{place}", given) for each in (jonah.pk, unknown))
        assert hidden.status_code == absent.status_code
        assert hidden.status_code in (404, 405)
    if who != "bell":
        assert str(jonah.pk)[:8] not in text(client.get("/children/keeping/"))


def test_no_page_says_whom_it_is_about_before_something_is_sent(fairhaven: Cast, jonah) -> None:
    give_safe_address(subject_id=jonah.pk, address=ADDRESS, by=fairhaven.actor("bell"), at=NOW)
    for who, places in (("peter", KEEPERS_SEE), ("bell", OWNERS_SEE)):
        said = "".join(fairhaven.client(who).get(f"/children/{jonah.pk}/{place}").content.decode() for place in places)
        assert not any(name in said for name in (*NAMES, ADDRESS, "Oakfield"))


def test_who_was_shown_what_is_opened_with_a_purpose_and_the_look_stands_in_it(fairhaven: Cast, jonah) -> None:
    looked_for(fairhaven, "lena", at=NOW - timedelta(minutes=5))
    page, peter = f"/children/{jonah.pk}/shown/", fairhaven.client("peter")
    assert peter.post(page, {"purpose": " "}).status_code == 422
    assert ("shown", "audit 2026/3") not in told(jonah)
    said = text(peter.post(page, {"purpose": "audit 2026/3"}))
    assert told(jonah).count(("shown", "audit 2026/3")) == 1
    assert said.index("Pavel Kestrel, Privacy officer") < said.index("Lena Fisk, Social worker")
    assert "Shown: Who it is about" in said
    assert "case 2026/17" in said


def test_a_hold_is_placed_with_a_reference_and_lifted_with_a_reason(fairhaven: Cast, jonah) -> None:
    peter, marcus = fairhaven.client("peter"), fairhaven.client("marcus")
    assert "No hold was ever placed." in text(peter.get(kept(jonah)))
    assert peter.post(kept(jonah, "hold/"), {"why": ""}).status_code == 422
    assert peter.post(kept(jonah, "hold/"), {"why": "Inquiry 2026/4"}).status_code == 302
    assert "Inquiry 2026/4" in text(peter.get("/children/keeping/"))
    with behind():
        (row,) = Hold.objects.all()
    end = kept(jonah, f"holds/{row.pk}/end/")
    assert fairhaven.client("bell").post(end, {"why": "x"}).status_code == 404
    assert marcus.get(kept(jonah, f"holds/{jonah.pk}/end/")).status_code == 404, "a hold that is not there"
    assert marcus.post(end, {"why": " "}).status_code == 422
    assert marcus.post(end, {"why": "It has reported"}).status_code == 302
    assert "Marcus Hale, 2 March 2026, 09:30: It has reported" in text(peter.get(kept(jonah)))
    assert marcus.post(end, {"why": "again"}).status_code == 422


def test_an_erasure_takes_a_second_person_and_says_what_went_and_what_stands(fairhaven: Cast, jonah, clock) -> None:
    peter, ask = fairhaven.client("peter"), kept(jonah, "erase/")
    assert "It is kept until 1 September 2041" in text(peter.get(ask))
    peter.post(ask)
    assert "It is kept until 1 September 2041" in text(peter.get(kept(jonah))), "the advice stands on the next page"
    with behind():
        assert not Erasure.objects.exists()
    later(clock, OVER)
    peter, marcus = fairhaven.client("peter"), fairhaven.client("marcus")
    assert str(jonah.pk)[:8] in text(peter.get("/children/keeping/"))
    before = text(peter.get(ask))
    assert "Who it is about: 1 record. Its key is forgotten." in before
    assert "1 place of learning" in before
    assert peter.post(ask).status_code == 302
    with behind():
        (row,) = Erasure.objects.all()
    page = kept(jonah, f"erasures/{row.pk}/")
    assert "You asked for it, so somebody else decides." in text(peter.get(page))
    assert "somebody else must decide" in text(peter.post(page, {"decision": "yes"})).lower()
    assert fairhaven.client("bell").get(page).status_code == 404
    assert marcus.post(page, {"decision": ""}).status_code == 422
    assert marcus.post(page, {"decision": "yes"}).status_code == 302
    after = text(marcus.get(page))
    assert "This was erased" in after
    assert "Who it is about: 1 record. The key is gone" in after
    assert "The ledger, whole." in after
    with behind():
        jonah.refresh_from_db()
    assert jonah.names is None
    assert "erased on 2 September 2041" in text(peter.get("/children/keeping/"))
    assert peter.post(kept(jonah, "hold/"), {"why": "too late"}).status_code in (302, 422)


def test_a_second_person_may_say_that_it_stays(fairhaven: Cast, jonah, clock) -> None:
    later(clock, OVER)
    fairhaven.client("peter").post(kept(jonah, "erase/"))
    with behind():
        (row,) = Erasure.objects.all()
    page, marcus = kept(jonah, f"erasures/{row.pk}/"), fairhaven.client("marcus")
    assert marcus.post(page, {"decision": "no"}).status_code == 302
    assert "This was not erased" in text(marcus.get(page))
    assert "Ask for it to be erased" in text(marcus.get(kept(jonah)))


def test_an_erasure_answers_only_under_the_child_that_it_is_of(fairhaven: Cast, jonah, clock) -> None:
    isla = child(fairhaven, ISLA)
    later(clock, OVER)
    fairhaven.client("peter").post(kept(jonah, "erase/"))
    with behind():
        (row,) = Erasure.objects.all()
    assert fairhaven.client("marcus").get(kept(isla, f"erasures/{row.pk}/")).status_code == 404


def exported(client, subject: Subject, **sent_with):
    given = {"reference": "SAR 2026/9", "what": "all"} | sent_with
    return client.post(f"/children/{subject.pk}/export/", given)


def test_a_copy_leaves_out_what_is_of_others_until_somebody_chooses_it(fairhaven: Cast, jonah) -> None:
    sister = child(fairhaven, ISLA)
    link_siblings(one_id=jonah.pk, other_id=sister.pk, by=fairhaven.actor("bell"), at=NOW)
    peter = fairhaven.client("peter")
    assert exported(peter, jonah, reference="").status_code == 422
    looked = exported(peter, jonah)
    assert told(jonah).count(("exported", "SAR 2026/9")) == 1
    assert "Jonah Quayle" in text(looked)
    (key,) = re.findall(
        r'value="([0-9a-f]{16})"[^>]*>\s*<label[^>]*>\s*Brother or sister: Isla', looked.content.decode()
    )
    bare = text(exported(peter, jonah, step="copy"))
    assert "Jonah Quayle" in bare
    assert "Left out: what is about somebody else" in bare
    assert not any(word in bare for word in ("Isla", "Brother or sister", "Disclosure"))
    assert "Isla Quayle" in text(exported(peter, jonah, step="copy", chosen=[key]))
    answer = exported(peter, jonah, step="file", chosen=[key])
    assert answer["Content-Disposition"].startswith("attachment")
    pieces = json.loads(answer.content)["pieces"]
    assert {"about": "Brother or sister", "words": "Isla Quayle", "is_of_others": True} in pieces
    assert told(jonah).count(("exported", "SAR 2026/9")) == 4, "each look and each copy"


def test_what_others_keep_about_her_is_named_with_whom_to_ask_and_left_out_at_first(fairhaven: Cast) -> None:
    delivery, peter = one(fairhaven), fairhaven.client("peter")
    with behind():
        subject = Subject.objects.get(pk=delivery.subject_id)
        assert Notice.objects.filter(subject=subject).exists()
    said = "What the police told: From 2 March 2026. Only Fairhaven Police can open this. Ask them for it."
    assert said in text(exported(peter, subject))
    copy = exported(peter, subject, step="copy").content.decode()
    copy += exported(peter, subject, step="file").content.decode()
    tells = ("Fairhaven Police", "What the police told", "Notification", "Oakfield Primary School, for:")
    assert not any(word in copy.replace("Notifications</a>", "") for word in tells), "nor that there is one"


def test_a_safe_address_is_in_no_copy_but_the_one_asked_for_by_itself(fairhaven: Cast, jonah) -> None:
    peter = fairhaven.client("peter")
    assert "Nothing of this is held." in text(exported(peter, jonah, what="addresses"))
    give_safe_address(subject_id=jonah.pk, address=ADDRESS, by=fairhaven.actor("bell"), at=NOW)
    for step in ("", "copy", "file"):
        assert ADDRESS not in exported(peter, jonah, step=step).content.decode()
    assert "Only Fairhaven Police can open this" in text(exported(peter, jonah, what="addresses"))


def test_a_safe_address_is_given_and_opened_by_whoever_keeps_it_and_by_no_school(fairhaven: Cast, jonah) -> None:
    page, bell = f"/children/{jonah.pk}/safe/", fairhaven.client("bell")
    assert "There is none." in text(bell.get(page))
    assert bell.post(page, {"purpose": "visit"}).status_code == 404
    assert bell.post(page + "give/", {"address": " "}).status_code == 422
    assert bell.post(page + "give/", {"address": ADDRESS}).status_code == 302
    assert ADDRESS not in text(bell.get(page))
    assert bell.post(page, {"purpose": ""}).status_code == 422
    assert ADDRESS in text(bell.post(page, {"purpose": "visit 12"}))
    assert ("shown", "visit 12") in told(jonah)
    looked_for(fairhaven, "lena")
    for who in ("priya", "lena", "peter", "marcus", "osei"):
        assert fairhaven.client(who).post(page, {"purpose": "x"}).status_code == 404
        assert fairhaven.client(who).post(page + "give/", {"address": "x"}).status_code == 404


def lent(client, subject: Subject, email: str = "osei@example.org", days: int = 7):
    until = TODAY + timedelta(days=days)
    typed = {"email": email, "until_0": until.day, "until_1": until.month, "until_2": until.year}
    return client.post(f"/children/{subject.pk}/guests/", typed)


def test_a_record_is_lent_for_some_days_and_taken_back(fairhaven: Cast, jonah) -> None:
    page, bell, osei = f"/children/{jonah.pk}/guests/", fairhaven.client("bell"), fairhaven.client("osei")
    assert "It is lent to nobody." in text(bell.get(page))
    assert "thirty days at most" in text(lent(bell, jonah, days=31))
    for email in ("nobody@example.org", "sam@example.org"):
        refused = lent(bell, jonah, email)
        assert refused.status_code == 422
        assert "She has no post in Haven. Invite her first" in text(refused)
    assert lent(bell, jonah, "OSEI@example.org").status_code == 302
    assert "Dr Osei" in text(bell.get(page))
    assert f"http://testserver/children/{jonah.pk}/" in text(bell.get(page))
    assert "Jonah Quayle" in text(osei.post(f"/children/{jonah.pk}/", {"purpose": "review 4"}))
    assert osei.get(page).status_code == 404
    assert osei.post(f"{page}{fairhaven.osei.pk}/end/").status_code == 404
    assert bell.post(f"{page}{fairhaven.lena.pk}/end/").status_code == 404, "who is no guest"
    assert bell.post(f"{page}{fairhaven.osei.pk}/end/").status_code == 302
    assert osei.get(f"/children/{jonah.pk}/").status_code == 404
    assert "It is lent to nobody." in text(bell.get(page))


def test_a_guest_comes_from_her_letter_to_the_record_by_a_page_without_a_name(fairhaven: Cast, jonah) -> None:
    bell, osei = fairhaven.client("bell"), fairhaven.client("osei")
    assert osei.get("/children/lent/").status_code == 404
    lent(bell, jonah)
    page = osei.get("/children/lent/")
    assert f"/children/{jonah.pk}/" in page.content.decode()
    assert "Jonah" not in text(page)
    assert fairhaven.client("lena").get("/children/lent/").status_code == 404


# How long records are kept


@pytest.mark.parametrize("who", ["marcus", "peter"])
def test_who_keeps_an_areas_records_sees_and_sets_for_how_long(fairhaven: Cast, who: str) -> None:
    keeper, page = fairhaven.client(who), "/children/keeping/years/"
    said = text(keeper.get(page))
    for rule in RULES.values():
        assert rule.words[1:] in said
        assert rule.source in said
    assert said.count("No source") == sum(not rule.source for rule in RULES.values())
    typed = {"area": str(fairhaven.area.pk), "kept_as": "adult", "years": "30", "source": "Schedule 2026, page 4"}
    assert keeper.post(page, typed).status_code == 302
    assert last_told()["verb"] == "subject.retention_set"
    assert last_told()["about"]["years"] == 30
    assert last_told()["why"] == "Schedule 2026, page 4"
    said = text(keeper.get(page))
    assert "30 years from the last entry Your own: Schedule 2026, page 4" in said
    assert years_kept(areas=[fairhaven.area.pk]) == {(fairhaven.area.pk, Kept.ADULT): 30}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"years": "0"}, "years from 1 to 100"),
        ({"years": "101"}, "years from 1 to 100"),
        ({"years": ""}, "Give a number of years"),
        ({"source": " "}, "Say who decided it"),
        ({"kept_as": ""}, "Choose what it is for"),
        ({"area": str(uuid4())}, "Error: How long records are kept"),
    ],
)
def test_nothing_is_set_that_is_not_whole(fairhaven: Cast, wrong, words: str) -> None:
    typed = {"area": str(fairhaven.area.pk), "kept_as": "adult", "years": "30", "source": "Schedule 2026, page 4"}
    answer = fairhaven.client("marcus").post("/children/keeping/years/", typed | wrong)
    assert answer.status_code == 422
    assert words in text(answer)
    assert years_kept(areas=[fairhaven.area.pk]) == {}


@pytest.mark.parametrize("who", ["priya", "tom", "bell", "lena", "osei", "nadia", "mina"])
def test_nobody_else_sees_or_sets_for_how_long(fairhaven: Cast, who: str) -> None:
    client, page = fairhaven.client(who), "/children/keeping/years/"
    typed = {"area": str(fairhaven.area.pk), "kept_as": "adult", "years": "1", "source": "x"}
    assert client.get(page).status_code == 404
    assert client.post(page, typed).status_code == 404
    assert years_kept(areas=[fairhaven.area.pk]) == {}
