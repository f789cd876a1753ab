"""The pages of checks: what the council asks, what an agency answers, and who sees none of it."""

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from haven.checks.models import Ask, Check, Part
from haven.checks.rules.states import AskState
from haven.checks.services import close_round
from tests.behind import behind, stop_the_clock
from tests.cast import NOW
from tests.checks.asked import ATTENDANCE, CONCERN, again, answered, ask_of, asked, at_home, count, look_up, written
from tests.subjects.known import ISLA, JONAH, child, kept_from

pytestmark = pytest.mark.django_db
NAMES = ("Jonah", "Quayle", CONCERN)


@pytest.fixture(autouse=True)
def now():
    """A Monday in term."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def jonah(fairhaven):
    """At Oakfield."""
    return child(fairhaven, JONAH, fairhaven.oakfield)


@pytest.fixture
def check(fairhaven, jonah) -> Check:
    """Asked of Oakfield and of health."""
    return asked(fairhaven, jonah, fairhaven.oakfield, fairhaven.health)


def page(client, address: str, **sent) -> str:
    """What a page says."""
    response = client.post(address, sent, follow=True) if sent else client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()


def opened(cast, row: Ask, who: str, **sent):
    """What the opened request answers."""
    return cast.client(who).post(f"/checks/requests/{row.pk}/answer/", sent)


def boxes(html: str) -> dict[str, str]:
    """The hidden names under which each box is kept."""
    return dict(re.findall(r'name="((?:seen|part)_[a-z-]+)" value="([^"]*)"', html))


@pytest.mark.parametrize(("who", "address"), [("mina", "/checks/"), ("priya", "/checks/requests/")])
def test_lists_name_no_child_and_no_concern(fairhaven, check, who, address) -> None:
    html = page(fairhaven.client(who), address)
    assert "FH-1017" in html
    assert not any(name in html for name in NAMES)


def test_a_request_opens_by_a_press_and_not_by_a_look(fairhaven, check) -> None:
    row = ask_of(check, fairhaven.oakfield)
    before = page(fairhaven.client("priya"), f"/checks/requests/{row.pk}/")
    assert not any(name in before for name in NAMES)
    assert fairhaven.client("priya").get(f"/checks/requests/{row.pk}/answer/").status_code == 405
    html = opened(fairhaven, row, "priya").content.decode()
    assert all(name in html for name in NAMES)
    assert ATTENDANCE in html
    assert "public task" in html
    assert f'name="next" value="/checks/requests/{row.pk}/"' in html  # the golden rules, kept closed from here


def test_two_people_answer_in_parts_and_nothing_is_lost(fairhaven, check) -> None:
    row = ask_of(check, fairhaven.oakfield)
    first, second = (boxes(opened(fairhaven, row, who).content.decode()) for who in ("priya", "dee"))
    saved = opened(fairhaven, row, "priya", deed="save", words_attendance="Here 91 of 100 days.", **first)
    assert saved.status_code == 200
    clash = opened(
        fairhaven, row, "dee", deed="save", words_attendance="Often late.", words_new="A new baby.", **second
    )
    html = clash.content.decode()
    assert clash.status_code == 422
    assert "Here 91 of 100 days." in html
    assert "Often late." in html
    last = opened(
        fairhaven, row, "dee", deed="send", words_attendance="Here 91 of 100 days, often late.", **boxes(html)
    )
    assert last.status_code == 200
    again(row)
    assert row.state == AskState.ANSWERED
    with behind():
        sent = sorted(Part.objects.filter(sent_at__isnull=False).values_list("key", "number"))
    assert sent == [
        ("attendance", 2),
        ("new", 1),
    ]


def test_pressed_twice_it_is_kept_once(fairhaven, check) -> None:
    row = ask_of(check, fairhaven.oakfield)
    names = boxes(opened(fairhaven, row, "priya").content.decode())
    for _ in range(2):
        assert opened(fairhaven, row, "priya", deed="send", words_attendance="Always here.", **names).status_code == 200
    assert count(Part.objects) == 1


def test_what_is_typed_stays_where_it_cannot_be_taken(fairhaven, check) -> None:
    row = ask_of(check, fairhaven.oakfield)
    names = boxes(opened(fairhaven, row, "priya").content.decode())
    answer = opened(fairhaven, row, "priya", deed="nothing", words_attendance="Half an answer", **names)
    assert answer.status_code == 422
    assert "Half an answer" in answer.content.decode()
    assert "There is a problem" in answer.content.decode()


def test_the_council_reads_and_the_school_sees_that_it_was_read(fairhaven, check) -> None:
    row = ask_of(check, fairhaven.oakfield)
    answered(fairhaven, row, "priya", "Here 91 of 100 days.", at=NOW)
    assert "Here 91" not in page(fairhaven.client("mina"), f"/checks/{check.pk}/")
    mina = fairhaven.client("mina")
    mina.post(f"/checks/{check.pk}/give/", {"person": str(fairhaven.lena.pk)})
    html = fairhaven.client("lena").post(f"/checks/{check.pk}/read/").content.decode()
    assert "Here 91 of 100 days." in html
    assert (
        "Read by the allocated worker (social worker) on 2 March 2026"
        in opened(fairhaven, row, "priya").content.decode()
    )


def test_before_the_round_closes_no_agency_reads_what_another_answered(fairhaven, check) -> None:
    school, health = ask_of(check, fairhaven.oakfield), ask_of(check, fairhaven.health)
    answered(fairhaven, school, "priya", "A word of the school.", at=NOW)
    answered(fairhaven, health, "osei", "A word of health.", key="seen", at=NOW)
    everywhere = ("/checks/", "/checks/requests/", f"/checks/requests/{health.pk}/", f"/checks/requests/{school.pk}/")
    for who, own, other, row in (
        ("priya", "A word of the school.", "A word of health.", school),
        ("osei", "A word of health.", "A word of the school.", health),
    ):
        html = opened(fairhaven, row, who).content.decode()
        for address in everywhere:
            html += fairhaven.client(who).get(address, follow=True).content.decode()
        html += opened(fairhaven, health if row == school else school, who).content.decode()
        html += fairhaven.client(who).post(f"/checks/{check.pk}/read/").content.decode()
        assert own in html
        assert other not in html
    close_round(check_id=check.pk, by=fairhaven.actor("mina"), at=NOW)
    assert "A word of health." in opened(fairhaven, school, "priya").content.decode()
    assert "A word of the school." in opened(fairhaven, health, "osei").content.decode()


def test_a_check_is_asked_page_by_page(fairhaven, jonah) -> None:
    mina = fairhaven.client("mina")
    who = {"first_name": "Jonah", "last_name": "Quayle", "born_on_0": "4", "born_on_1": "5", "born_on_2": "2016"}
    area = {"area": str(fairhaven.area.pk)}
    found = mina.post("/checks/ask/", area | who)
    assert str(jonah.pk) in found.content.decode()
    asking = mina.post("/checks/ask/about/", area | {"child": str(jonah.pk)}).content.decode()
    assert "Jonah Quayle" in asking
    assert "Oakfield Primary School" in asking
    key = re.search(r'name="check" value="([^"]+)"', asking).group(1)
    typed = area | {"child": str(jonah.pk), "check": key, "reference": "FH-9", "band": "red", "concern": "Bruises"}
    typed |= {"agencies": [str(fairhaven.oakfield.pk)], "questions": ["school:attendance"], "basis": "public-task"}
    lacking = mina.post("/checks/ask/about/", typed | {"told": "no-risk"})
    assert lacking.status_code == 422
    assert "Bruises" in lacking.content.decode()
    for _ in range(2):  # pressed twice
        sent = mina.post("/checks/ask/about/", typed | {"told": "yes", "needs_for_task": "on"})
        assert sent.headers["Location"] == f"/checks/{key}/"
    with behind():
        assert Check.objects.get().reference == "FH-9"


def test_where_a_sister_is_not_found_the_check_goes_on_with_whom_was_chosen(fairhaven, jonah) -> None:
    mina = fairhaven.client("mina")
    area = {"area": str(fairhaven.area.pk), "child": str(jonah.pk)}
    assert "chosen so far" not in mina.get("/checks/ask/").content.decode()
    who = {"first_name": "Isla", "last_name": "Quayle", "born_on_0": "29", "born_on_1": "2", "born_on_2": "2012"}
    html = mina.post("/checks/ask/", area | who).content.decode()
    assert "Nobody of this name" in html
    (way,) = (form for form in re.findall(r"<form.*?</form>", html, re.DOTALL) if "Go on with the child chosen" in form)
    assert 'action="/checks/ask/about/"' in way
    sent = dict(re.findall(r'name="(area|child)" value="([^"]+)"', way))
    assert sent == area
    look_up(fairhaven, "mina")
    assert "Jonah Quayle" in mina.post("/checks/ask/about/", sent).content.decode()


def test_a_child_whom_nobody_knew_is_added_on_the_way(fairhaven) -> None:
    mina = fairhaven.client("mina")
    who = {"first_name": "Isla", "last_name": "Quayle", "born_on_0": "29", "born_on_1": "2", "born_on_2": "2012"}
    area = {"area": str(fairhaven.area.pk)}
    assert "Nobody of this name" in mina.post("/checks/ask/", area | who).content.decode()
    html = mina.post("/checks/ask/add/", area | who | {"school": str(fairhaven.ashdown.pk)}).content.decode()
    assert "Isla Quayle" in html
    assert "Ashdown Academy" in html


def test_a_child_taught_at_home_is_added_without_a_school_and_her_officer_is_ticked(fairhaven) -> None:
    mina = fairhaven.client("mina")
    who = {"first_name": "Isla", "last_name": "Quayle", "born_on_0": "29", "born_on_1": "2", "born_on_2": "2012"}
    who |= {"area": str(fairhaven.area.pk)}
    both = {"school": str(fairhaven.ashdown.pk), "at_home": "on"}
    for lacking in ({}, both):
        refused = mina.post("/checks/ask/add/", who | lacking)
        assert refused.status_code == 422
        assert "taught at home, not both" in refused.content.decode()
    html = mina.post("/checks/ask/add/", who | {"at_home": "on"}).content.decode()
    box = re.search(rf'<input[^>]*value="{fairhaven.council.pk}"[^>]*>', html).group(0)
    assert "checked" in box
    assert "Fairhaven Council, home education" in html
    assert "Home education: How is the child taught?" in html


OFFICER = "Fairhaven Council, home education"


def _sent(fairhaven, *children, ticked=(), others=None, **how):
    """What the page answers, where these boxes of it are ticked and these schools chosen, each by its label."""
    mina = fairhaven.client("mina")
    look_up(fairhaven, "mina")
    typed = {"area": str(fairhaven.area.pk), "child": [str(each.pk) for each in children]}
    html = mina.post("/checks/ask/about/", typed).content.decode()
    boxes_of = re.findall(r'name="agencies"[^>]*value="([^"]+)"[^>]*>\s*<label[^>]*>([^<]+)<', html)
    told = {label.strip(): value for value, label in boxes_of}
    names = re.findall(r'<label[^>]*for="id_(other_school_[^"]+)"[^>]*>([^<]+)<', html)
    lists = {label.strip().removesuffix(" (optional)"): name for name, label in names}
    typed |= {"reference": "FH-9", "band": "red", "concern": "Bruises", "basis": "public-task", "told": "yes"}
    typed |= {"check": re.search(r'name="check" value="([^"]+)"', html).group(1), "needs_for_task": "on"}
    typed |= {"agencies": [told[label] for label in ticked]}
    typed |= {lists[label]: str(school.pk) for label, school in (others or {}).items()}
    return mina.post("/checks/ask/about/", typed | {"own_question": "How is she taught?"}, **how)


def _asked_so(fairhaven, *children, **chosen) -> Check:
    """The check that the page then asks."""
    answer = _sent(fairhaven, *children, **chosen)
    assert answer.status_code == 302, answer.content.decode()
    with behind():
        return Check.objects.get()


def _named(fairhaven, check: Check, place, who: str) -> set[str]:
    """Of which of the two an agency reads."""
    html = opened(fairhaven, ask_of(check, place), who).content.decode()
    return {name for name in ("Jonah", "Isla") if name in html}


@pytest.fixture
def isla(fairhaven):
    """His sister, at Ashdown."""
    return child(fairhaven, ISLA, fairhaven.ashdown)


def test_of_a_brother_and_a_sister_the_officer_is_asked_about_whom_the_form_ticks(fairhaven, jonah, isla) -> None:
    ticked = [f"{OFFICER}, about Isla Quayle", "Oakfield Primary School"]
    check = _asked_so(fairhaven, jonah, isla, ticked=ticked)
    assert _named(fairhaven, check, fairhaven.council, "hugo") == {"Isla"}


def test_of_two_whose_boxes_are_ticked_the_officer_is_asked_once_about_both(fairhaven, jonah, isla) -> None:
    ticked = [f"{OFFICER}, about {name} Quayle" for name in ("Isla", "Jonah")]
    check = _asked_so(fairhaven, jonah, isla, ticked=ticked)
    assert _named(fairhaven, check, fairhaven.council, "hugo") == {"Isla", "Jonah"}


def test_of_one_child_another_school_is_asked(fairhaven, jonah) -> None:
    check = _asked_so(fairhaven, jonah, others={"Another school": fairhaven.ashdown})
    assert _named(fairhaven, check, fairhaven.ashdown, "grace") == {"Jonah"}


def test_another_school_is_asked_about_the_child_beside_whom_it_is_chosen(fairhaven, jonah) -> None:
    isla = at_home(fairhaven)
    chosen = {"Another school, about Isla Quayle": fairhaven.ashdown}
    check = _asked_so(fairhaven, jonah, isla, ticked=["Oakfield Primary School"], others=chosen)
    assert _named(fairhaven, check, fairhaven.ashdown, "grace") == {"Isla"}
    assert _named(fairhaven, check, fairhaven.oakfield, "priya") == {"Jonah"}


def test_a_school_chosen_for_one_and_known_for_another_is_asked_once_about_both(fairhaven, jonah, isla) -> None:
    chosen = {"Another school, about Jonah Quayle": fairhaven.ashdown}
    check = _asked_so(fairhaven, jonah, isla, ticked=["Ashdown Academy"], others=chosen)
    assert _named(fairhaven, check, fairhaven.ashdown, "grace") == {"Isla", "Jonah"}


def test_whoever_asks_twice_is_told_whether_there_is_an_answer_yet(fairhaven, jonah) -> None:
    row = ask_of(asked(fairhaven, jonah, fairhaven.oakfield), fairhaven.oakfield)
    first = _sent(fairhaven, jonah, ticked=["Oakfield Primary School"], follow=True).content.decode()
    assert "Asked. Oakfield Primary School was asked before and has not answered yet." in first
    assert "Asked before: not answered yet" in first
    answered(fairhaven, row, "priya", "Here 91 of 100 days.", at=NOW)
    second = _sent(fairhaven, jonah, ticked=["Oakfield Primary School"], follow=True).content.decode()
    assert "Asked. Oakfield Primary School answered before: open it to read the earlier answer." in second
    assert "Asked before: the earlier answer is here" in second


def test_no_child_is_left_out_unseen(fairhaven, jonah, isla) -> None:
    """Nobody would be asked about her, and the check would say nothing of it."""
    answer = _sent(fairhaven, jonah, isla, ticked=["Oakfield Primary School"])
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "about one of them nobody is asked yet" in html
    assert "Another school, about Isla Quayle" in html
    assert count(Check.objects) == 0


def test_the_officer_for_home_education_answers_on_the_same_pages(fairhaven) -> None:
    row = ask_of(asked(fairhaven, at_home(fairhaven), fairhaven.council), fairhaven.council)
    assert "FH-1017" in fairhaven.client("hugo").get("/checks/", follow=True).content.decode()
    assert "taught at home" in page(fairhaven.client("hugo"), f"/checks/requests/{row.pk}/")
    html = opened(fairhaven, row, "hugo").content.decode()
    assert "Isla Quayle" in html
    sent = opened(fairhaven, row, "hugo", deed="send", words_teaching="By her aunt.", **boxes(html))
    assert sent.status_code == 200
    assert again(row).state == AskState.ANSWERED


@pytest.mark.parametrize("kind", ["pdf", "json"])
def test_a_check_is_taken_away_for_the_case_system_and_that_is_written_down(fairhaven, check, kind) -> None:
    answered(fairhaven, ask_of(check, fairhaven.oakfield), "priya", "Here 91 of 100 days.", at=NOW)
    file = fairhaven.client("mina").post(f"/checks/{check.pk}/take-away/{kind}/")
    assert file.status_code == 200
    assert not any(name in file.headers["Content-Disposition"] for name in ("Jonah", "FH-1017"))
    if kind == "pdf":
        assert file.content.startswith(b"%PDF")
    else:
        told = json.loads(file.content)
        assert told["format"] == "haven-check/1"
        words = [each["wording"]["words"] for each in told["threads"][1]["answers"] if each["wording"]]
        assert words == ["Here 91 of 100 days."]
    assert count(check.record.disclosures.filter(outcome="exported")) == 1


def test_without_a_fresh_second_factor_nothing_is_taken_away(fairhaven, check, now) -> None:
    client = fairhaven.client("mina")
    now.shift(660)
    stop_the_clock(NOW + timedelta(seconds=660))
    assert client.post(f"/checks/{check.pk}/take-away/json/").status_code == 302
    assert count(check.record.disclosures.filter(outcome="exported")) == 0


@pytest.mark.parametrize("who", ["priya", "dee", "tom", "ruth", "grace", "bell", "nadia", "sam", "peter"])
def test_nobody_else_at_all_sees_it(fairhaven, jonah, who) -> None:
    kept_from(fairhaven, jonah, "priya")
    kept_from(fairhaven, jonah, "dee")
    kept_from(fairhaven, jonah, "tom")
    kept_from(fairhaven, jonah, "ruth")
    check = asked(fairhaven, jonah, fairhaven.oakfield)
    row = ask_of(check, fairhaven.oakfield)
    written(fairhaven, row, "dara", "From the duty officer", at=NOW)
    client = fairhaven.client(who)
    assert client.get(f"/checks/requests/{row.pk}/").status_code in (404, 302)
    assert client.get(f"/checks/{check.pk}/").status_code in (404, 302)
    assert client.post(f"/checks/requests/{row.pk}/answer/").status_code in (404, 302)
    assert client.post(f"/checks/{check.pk}/read/").status_code in (404, 302)
    whole = "".join(client.get(address, follow=True).content.decode() for address in ("/checks/", "/checks/requests/"))
    assert "FH-1017" not in whole


def test_band_update_and_withdrawal_have_their_pages(fairhaven, check) -> None:
    row = ask_of(check, fairhaven.oakfield)
    answered(fairhaven, row, "priya", "Here 91 of 100 days.", at=NOW)
    mina = fairhaven.client("mina")
    assert mina.post(f"/checks/{check.pk}/band/", {"band": "amber", "why": ""}).status_code == 422
    mina.post(f"/checks/{check.pk}/band/", {"band": "amber", "why": "Dad has left"})
    mina.post(f"/checks/asks/{row.pk}/update/", {"update": str(uuid4()), "words": "Any injuries since?"})
    assert "Any injuries since?" in opened(fairhaven, row, "dee").content.decode()
    assert "Dad has left" in mina.post(f"/checks/{check.pk}/read/").content.decode()
    mina.post(f"/checks/{check.pk}/withdraw/", {"sure": "yes"})
    again(check)
    assert (check.band, check.withdrawn_at) == ("amber", NOW)
    assert fairhaven.client("osei").get(f"/checks/requests/{ask_of(check, fairhaven.health).pk}/").status_code == 404


def test_the_lead_sees_what_was_asked_twice_and_sets_the_hours(fairhaven, jonah) -> None:
    asked(fairhaven, jonah, fairhaven.oakfield)
    asked(fairhaven, jonah, fairhaven.oakfield, reference="FH-2")
    html = page(fairhaven.client("marcus"), "/checks/figures/")
    assert "FH-2" in html
    assert "fewer than 5" in html
    assert '<span class="haven-figure__number">1</span> time one was not asked again' in html
    typed = {"red": 2, "amber": 8, "green": 40, "blue": 0, "opens_at": "08:00", "closes_at": "18:00"}
    typed |= {"days": [0, 1, 2, 3, 4, 5], "within_days": 60, "out_of_term": "safeguarding-officer"}
    assert fairhaven.client("marcus").post("/checks/settings/", typed).status_code == 302
    later = asked(fairhaven, jonah, fairhaven.oakfield, reference="FH-3")
    assert (later.due_at - NOW).total_seconds() == 2 * 3600
    assert fairhaven.client("priya").get("/checks/settings/").status_code == 404
