"""The lead's pages of a cycle and a school's first page, walked as people walk them: by plain links and forms."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from haven.audits import services
from haven.audits.models import Cycle, Notice, Return
from haven.audits.queries.heads import head_of
from haven.audits.rules.life import State
from haven.moderation.models import Feedback
from haven.people.models import Area, Cluster, ClusterPlace, Organisation, Post, ServedArea, Status
from tests.audits.asked import answered, begun, opened, prepared, return_of
from tests.audits.whereabouts import put, schools
from tests.cast import BEGAN, NOW, TODAY, Cast
from tests.questions.template import released

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """The cast's Monday in term."""
    with time_machine.travel(NOW, tick=False):
        yield


def _day(name: str, day: date) -> dict[str, str]:
    return {f"{name}_0": str(day.day), f"{name}_1": str(day.month), f"{name}_2": str(day.year)}


def _typed(cast: Cast, **changed: object) -> dict[str, object]:
    days = (
        _day("opens_on", TODAY)
        | _day("first_due_on", TODAY + timedelta(days=20))
        | _day("final_due_on", TODAY + timedelta(days=40))
    )
    typed = {
        "title": "Audit of the year",
        "version": str(released().pk),
        "school_year": "2025",
        "note": "We read every one.",
        "reminders": "10 and 2",
        "whom": "all-schools",
        "sign_1": ["dsl"],
        "sign_2": ["head"],
        "sign_3": [],
    }
    return typed | days | changed


def _page(client: Client, name: str, *args: object, **query: str) -> str:
    response = client.get(reverse(f"audits:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def _text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def _schools(page: str) -> list[str]:
    heads = re.findall(r'<th scope="row"[^>]*>(.*?)</th>', page[page.index("audits-schools") :])
    return [re.split(" Primary| Secondary", _text(head))[0].strip() for head in heads]


def test_a_lead_prepares_looks_and_opens(cast: Cast) -> None:
    lead = cast.client("marcus")
    assert "You have asked for no audit yet" in _page(lead, "index")
    made = lead.post(reverse("audits:new"), _typed(cast))
    cycle = Cycle.objects.get()
    assert made.headers["Location"] == reverse("audits:open-cycle", args=[cycle.pk])
    assert (cycle.steps, cycle.reminders, cycle.window.opens_on) == ([["dsl"], ["head"]], [10, 2], TODAY)
    page = _page(lead, "open-cycle", cycle.pk)
    assert "2 schools will have this" in page
    assert "Nobody to sign as signature 2: Headteacher (1)" in page
    assert "Ashdown Academy" in page
    assert not Return.objects.exists()
    assert lead.get(reverse("audits:cycle", args=[cycle.pk])).status_code == 302
    assert lead.post(reverse("audits:open-cycle", args=[cycle.pk])).status_code == 302
    assert Return.objects.count() == 2
    assert "We read every one." in _page(lead, "cycle", cycle.pk)
    assert "Being prepared" not in _page(lead, "index")


def test_what_is_wrongly_typed_is_said_at_its_field_and_kept(cast: Cast) -> None:
    lead, address = cast.client("marcus"), reverse("audits:new")
    cluster = Cluster.objects.create(area=cast.area, name="Harbour")
    wrong = (
        ({"version": ""}, "Choose the questions"),
        ({"sign_1": []}, "Choose who signs first"),
        ({"reminders": "soon"}, "Write the days as numbers, such as 14 and 3"),
        ({"reminders": "1 2 3 4 5 6 7"}, "Write the days as numbers"),
        ({"whom": "some"}, "Choose at least one cluster, phase, school or organisation"),
        ({"whom": "some", "organisations": "Nowhere School"}, "Not found in Fairhaven: Nowhere School"),
        (_day("first_due_on", TODAY - timedelta(days=1)), "must not be before the day on which it opens"),
        (_day("final_due_on", TODAY + timedelta(days=1)), "must not be before the first"),
        (
            _day("opens_on", TODAY - timedelta(days=9))
            | _day("first_due_on", TODAY - timedelta(days=5))
            | _day("final_due_on", TODAY - timedelta(days=1)),
            "The final deadline must not have passed",
        ),
        (_day(f"opens_on-{cluster.pk}", TODAY), "Give all three days for Harbour, or none"),
        (
            _day(f"opens_on-{cluster.pk}", TODAY)
            | _day(f"first_due_on-{cluster.pk}", TODAY - timedelta(days=1))
            | _day(f"final_due_on-{cluster.pk}", TODAY),
            "Harbour: The first deadline must not be before",
        ),
    )
    typed = _typed(cast)
    for changed, said in wrong:
        answer = lead.post(address, typed | changed)
        assert (answer.status_code, said in answer.content.decode()) == (422, True), said
        assert "Audit of the year" in answer.content.decode()
    assert not Cycle.objects.exists()


def test_groups_with_days_of_their_own_and_an_earlier_audit_are_taken_as_typed_and_shown_again(cast: Cast) -> None:
    first = opened(cast)
    cluster = Cluster.objects.create(area=cast.area, name="Harbour")
    ClusterPlace.objects.create(cluster=cluster, organisation=cast.oakfield, starts_on=BEGAN)
    days = [TODAY + timedelta(days=number) for number in (50, 60, 70)]
    own = {}
    for name, day in zip(("opens_on", "first_due_on", "final_due_on"), days, strict=True):
        own |= _day(f"{name}-{cluster.pk}", day)
    lead = cast.client("marcus")
    assert lead.get(reverse("audits:new")).context["form"]["before"].value() == "", "it still runs"
    services.close_cycle(cycle_id=first.pk, by=cast.actor("marcus"), at=NOW)
    assert lead.get(reverse("audits:new")).context["form"]["before"].value() == str(first.pk)
    typed = _typed(cast, version=str(first.version_id), before=str(first.pk), whom="some", phases=["primary"])
    assert lead.post(reverse("audits:new"), typed | own).status_code == 302
    cycle = Cycle.objects.get(before=first)
    window = cycle.windows.get()
    assert [window.opens_on, window.first_due_on, window.final_due_on] == days
    assert [line.in_words for line in cycle.audience.all()] == ["primary schools"]
    page = _page(lead, "open-cycle", cycle.pk)
    assert "Harbour" in page
    assert first.title in page
    form = lead.get(reverse("audits:amend", args=[cycle.pk])).context["form"]
    assert (form["before"].value(), form["sign_2"].value(), form.is_grouped) == (str(first.pk), ["head"], True)
    assert lead.post(reverse("audits:amend", args=[cycle.pk]), typed | own | {"title": "Renamed"}).status_code == 302
    assert Cycle.objects.get(pk=cycle.pk).title == "Renamed"


def test_a_prepared_audit_is_discarded(cast: Cast) -> None:
    cycle = prepared(cast)
    lead = cast.client("marcus")
    assert "Being prepared (1)" in _page(lead, "index")
    assert lead.post(reverse("audits:discard", args=[cycle.pk])).headers["Location"] == reverse("audits:index")
    assert not Cycle.objects.exists()


def test_opened_already_it_is_not_discarded_and_says_why(cast: Cast) -> None:
    cycle = opened(cast)
    lead = cast.client("marcus")
    page = lead.post(reverse("audits:discard", args=[cycle.pk]), follow=True).content.decode()
    assert "It is open" in page
    assert Cycle.objects.exists()


def test_the_page_counts_schools_by_where_they_are_and_each_count_filters_the_table(cast: Cast) -> None:
    cycle = opened(cast)
    put(return_of(cast, cycle), State.SIGNING, signed=1)
    lead = cast.client("marcus")
    page = _page(lead, "cycle", cycle.pk)
    assert _schools(page) == ["Ashdown Academy", "Oakfield"]
    assert "Waiting to be signed: Headteacher 1" in _text(page)
    assert "Not started 1" in _text(page)
    assert _schools(_page(lead, "cycle", cycle.pk, where="signing-2")) == ["Oakfield"]
    assert _schools(_page(lead, "cycle", cycle.pk, phase="secondary")) == ["Ashdown Academy"]
    assert _schools(_page(lead, "cycle", cycle.pk, text="ash")) == ["Ashdown Academy"]
    assert "No school fits" in _page(lead, "cycle", cycle.pk, late="final")
    assert _schools(_page(lead, "cycle", cycle.pk, late="nonsense", phase="nonsense", cluster="x")) != []


def test_each_page_of_an_audit_is_called_what_its_link_says(cast: Cast) -> None:
    cycle, lead = opened(cast), cast.client("marcus")
    page = _page(lead, "cycle", cycle.pk)
    nav = page.split('aria-label="More on this audit"')[1].split("</nav>")[0]
    links = re.findall(r'href="([^"]+)">([^<]+)</a>', nav)
    assert len(links) == 5
    for address, words in links:
        assert f'<h1 class="govuk-heading-l">{words}</h1>' in lead.get(address).content.decode()


def test_what_was_sent_is_said_to_be_unread_and_adds_up_with_what_was_read(cast: Cast) -> None:
    cycle = opened(cast)
    put(return_of(cast, cycle), State.SUBMITTED)
    put(return_of(cast, cycle, "ashdown"), State.READ)
    page = _text(_page(cast.client("marcus"), "cycle", cycle.pk))
    assert "sent: 2 of 2" in page
    assert "Sent, not read yet 1" in page
    assert "Read and answered 1" in page
    put(return_of(cast, cycle), State.STARTED)
    page = _text(_page(cast.client("marcus"), "cycle", cycle.pk))
    assert "1 started, not sent yet" in page
    assert "Being answered 1" in page, "the one word for the tile is not the one for its part"


@pytest.mark.parametrize("state", [State.STARTED, State.SIGNING, State.SENT_BACK, State.SUBMITTED, State.READ])
def test_a_state_has_one_colour_on_the_leads_page_and_at_the_head_of_the_schools(cast: Cast, state: State) -> None:
    of = put(return_of(cast, opened(cast)), state, signed=1)
    (of_lead,) = _colours(_page(cast.client("marcus"), "cycle", of.cycle_id, text="oakfield"))
    (of_list,) = _colours(_page(cast.client("priya"), "index"))
    assert of_lead == of_list == head_of(of, by=cast.actor("priya"), on=TODAY).colour


def _colours(page: str) -> list[str]:
    return re.findall(r"govuk-tag--(\w+) audits-where", page)


def test_the_table_is_filtered_by_cluster_and_by_how_late_it_is(cast: Cast) -> None:
    cluster = Cluster.objects.create(area=cast.area, name="Harbour")
    ClusterPlace.objects.create(cluster=cluster, organisation=cast.oakfield, starts_on=BEGAN)
    cycle = opened(cast)
    put(return_of(cast, cycle), State.SUBMITTED)
    lead = cast.client("marcus")
    assert _schools(_page(lead, "cycle", cycle.pk, cluster=str(cluster.pk))) == ["Oakfield"]
    with time_machine.travel(NOW + timedelta(days=21), tick=False):
        assert _schools(_page(cast.client("marcus"), "cycle", cycle.pk, late="first")) == ["Ashdown Academy"]
    with time_machine.travel(NOW + timedelta(days=41), tick=False):
        assert _schools(_page(cast.client("marcus"), "cycle", cycle.pk, late="final")) == ["Ashdown Academy"]


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("school", "Ashdown Academy"),
        ("-school", "Oakfield"),
        ("where", "Ashdown Academy"),
        ("-where", "Oakfield"),
        ("answered", "Ashdown Academy"),
        ("-answered", "Oakfield"),
        ("due", "Ashdown Academy"),
        ("-due", "Oakfield"),
        ("sent", "Oakfield"),
        ("chased", "Oakfield"),
        ("-chased", "Ashdown Academy"),
        ("nonsense", "Ashdown Academy"),
    ],
)
def test_the_table_is_sorted_by_every_column_in_both_directions(cast: Cast, sort: str, first: str) -> None:
    cycle = opened(cast)
    of = answered(cast, begun(cast, cycle))
    of.final_due_on = TODAY + timedelta(days=50)
    put(of, State.SUBMITTED)
    Notice.objects.create(of=return_of(cast, cycle, "ashdown"), kind="chased", made_at=NOW)
    page = _page(cast.client("marcus"), "cycle", cycle.pk, sort=sort)
    assert _schools(page)[0] == first
    assert page.count('aria-sort="ascending"') + page.count('aria-sort="descending"') == 1


def test_one_click_reminds_exactly_the_schools_that_are_shown(cast: Cast) -> None:
    cycle = opened(cast)
    lead, address = cast.client("marcus"), reverse("audits:chase", args=[cycle.pk])
    page = lead.post(f"{address}?phase=secondary", follow=True).content.decode()
    assert "1 person in 1 school will be written to within minutes" in page
    assert [each.of.organisation for each in Notice.objects.filter(kind="chased")] == [cast.ashdown]
    assert "Reminded today." in page
    assert page.count('<td class="govuk-table__cell">today</td>') == 1
    page = _page(lead, "cycle", cycle.pk)
    assert page.count('<td class="govuk-table__cell">today</td>') == 1, "and of nobody else"
    page = lead.post(f"{address}?phase=secondary", follow=True).content.decode()
    assert "1 school was reminded within the last 12 hours, and not again" in page
    Post.objects.all().filter(organisation=cast.oakfield).delete()
    page = lead.post(address, follow=True).content.decode()
    assert "so nobody was written to: Oakfield Primary School." in page
    put(return_of(cast, cycle, "ashdown"), State.SUBMITTED)
    page = lead.post(f"{address}?phase=secondary", follow=True).content.decode()
    assert "None of the schools shown has anything to send now" in page
    services.close_cycle(cycle_id=cycle.pk, by=cast.actor("marcus"), at=NOW)
    assert "nobody is reminded" in lead.post(address, follow=True).content.decode()


def test_what_an_audit_is_and_how_to_close_it_stand_above_the_schools(cast: Cast) -> None:
    cycle = opened(cast, note="We read every one.")
    page = _page(cast.client("marcus"), "cycle", cycle.pk)
    top = page[: page.index('id="schools"')]
    for words in ("We read every one.", "first deadline 22 March 2026", "Take everything away"):
        assert words in top
    for name in ("amend", "put-off", "close"):
        assert f'href="{reverse(f"audits:{name}", args=[cycle.pk])}"' in top


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_table_is_taken_away_as_it_is_shown(cast: Cast, kind: str) -> None:
    cycle = opened(cast)
    put(answered(cast, begun(cast, cycle)), State.SUBMITTED)
    address = reverse(f"audits:schools-{kind}", args=[cycle.pk])
    whole = cast.client("marcus").get(f"{address}?where=submitted").content
    if kind == "csv":
        rows = list(csv.reader(whole.decode("utf-8-sig").splitlines()))
    else:
        rows = [[str(cell.value or "") for cell in row] for row in load_workbook(io.BytesIO(whole)).active.rows]
    assert [row[1] for row in rows] == ["School", "Oakfield Primary School"]
    assert rows[1][:5] == ["900001", "Oakfield Primary School", "Primary", "", "Sent, not read yet"]
    assert rows[1][9].startswith("2026-03-02")


def test_a_deadline_is_put_off_from_the_schools_own_line(cast: Cast) -> None:
    cycle = opened(cast)
    of, lead = return_of(cast, cycle), cast.client("marcus")
    assert f"put-off/?school={of.pk}" in _page(lead, "cycle", cycle.pk)
    form = lead.get(reverse("audits:put-off", args=[cycle.pk]), {"school": of.pk}).context["form"]
    assert form["whom"].value() == str(of.pk)
    address = reverse("audits:put-off", args=[cycle.pk])
    typed = {"whom": str(of.pk), "why": "The roof."} | _day("now_on", TODAY + timedelta(days=60))
    assert lead.post(address, typed | _day("now_on", TODAY)).status_code == 422
    assert "Say why it is put off" in lead.post(address, typed | {"why": ""}).content.decode()
    page = lead.post(address, typed, follow=True).content.decode()
    assert "for Oakfield Primary School to 1 May 2026" in page
    assert "The roof." in page
    school = _text(_page(cast.client("priya"), "index"))
    assert "The final deadline was put off to 1 May 2026: The roof." in school
    assert "put off" not in _text(_page(cast.client("grace"), "index"))
    lead.post(address, typed | {"whom": "all", "why": "Snow."} | _day("now_on", TODAY + timedelta(days=70)))
    for name in ("priya", "grace"):
        assert "put off to 11 May 2026: Snow." in _text(_page(cast.client(name), "index"))


def test_an_open_audit_keeps_its_questions_when_its_words_change(cast: Cast) -> None:
    cycle = opened(cast)
    lead, address = cast.client("marcus"), reverse("audits:amend", args=[cycle.pk])
    assert "It is open" in _page(lead, "amend", cycle.pk)
    lead.post(address, {"title": "Renamed", "note": "Please.", "reminders": ""})
    cycle.refresh_from_db()
    assert (cycle.title, cycle.note, cycle.reminders) == ("Renamed", "Please.", [])


def test_closing_says_what_it_means_and_leaves_nothing_to_do(cast: Cast) -> None:
    cycle = opened(cast)
    lead = cast.client("marcus")
    assert "2 schools have not sent it, and cannot any more" in _text(_page(lead, "close", cycle.pk))
    page = lead.post(reverse("audits:close", args=[cycle.pk]), follow=True).content.decode()
    assert "Closed on 2 March 2026" in page
    assert "Remind" not in page.replace("Reminders", "").replace("reminded", "")
    for name in ("put-off", "close", "amend", "open-cycle"):
        assert lead.get(reverse(f"audits:{name}", args=[cycle.pk])).status_code == 302
    assert "Closed (1)" in _page(lead, "index")


def test_schools_that_have_come_since_are_named_and_asked_with_one_click(cast: Cast) -> None:
    cycle = opened(cast)
    schools(cast, 1)
    lead = cast.client("marcus")
    assert "1 school has come since" in _text(_page(lead, "cycle", cycle.pk))
    lead.post(reverse("audits:open-cycle", args=[cycle.pk]))
    assert cycle.returns.count() == 3
    assert "come since" not in _page(lead, "cycle", cycle.pk)


def test_a_school_that_closed_is_counted_apart_and_not_waited_for(cast: Cast) -> None:
    cycle = opened(cast)
    Organisation.objects.filter(pk=cast.ashdown.pk).update(status=Status.CLOSED)
    page = _text(_page(cast.client("marcus"), "cycle", cycle.pk))
    assert "sent: 0 of 1" in page
    assert "School has closed 1" in page
    assert "Remind the one that has not sent it" in page


def test_the_picture_of_what_came_in_has_its_table_behind_it(cast: Cast) -> None:
    cycle = opened(cast)
    put(return_of(cast, cycle), State.SUBMITTED)
    with time_machine.travel(NOW + timedelta(days=21), tick=False):
        page = _page(cast.client("marcus"), "cycle", cycle.pk)
    assert "By the end of the first deadline 50 % had come" in _text(page).replace("50%", "50 %")
    assert 'class="audits-arrivals__line" d="M0 160' in page
    assert "22 March 2026: first deadline" in page


def test_a_school_sees_this_audit_first_with_its_deadline_how_far_and_whose_turn(cast: Cast) -> None:
    cycle = opened(cast)
    school = cast.client("priya")
    page = _text(_page(school, "index"))
    assert "This audit Not started" in page
    assert "The first deadline is 22 March 2026: 20 days left" in page
    answered(cast, begun(cast, cycle))
    page = _text(_page(school, "index"))
    assert re.search(r"[67] of [67] questions answered", page)
    put(return_of(cast, cycle), State.SIGNING, signed=1)
    assert "This person signs next: headteacher." in _text(_page(school, "index"))
    assert "Your signature is waited for." in _text(_page(cast.client("tom"), "index"))


def test_a_school_keeps_earlier_audits_with_the_councils_answer(cast: Cast) -> None:
    cycle = opened(cast)
    of = put(return_of(cast, cycle), State.READ)
    Feedback.objects.create(
        copy=of.copies.get(),
        number=1,
        words="Thank you for a careful audit.",
        digest="a" * 64,
        given_at=NOW,
        given_by=cast.marcus,
        name="Marcus Hale",
    )
    services.close_cycle(cycle_id=cycle.pk, by=cast.actor("marcus"), at=NOW)
    page = _text(_page(cast.client("priya"), "index"))
    assert "Earlier audits" in page
    assert "The council answered on 2 March 2026: Thank you for a careful audit." in page
    assert "Your school is asked no audit at present" in page
    assert "Thank you" not in _page(cast.client("grace"), "index")


def test_a_school_is_not_shown_what_is_only_prepared(cast: Cast) -> None:
    prepared(cast)
    assert "asked no audit at present" in _page(cast.client("priya"), "index")


def test_the_home_page_of_a_school_says_by_when_and_whose_turn_it_is(cast: Cast) -> None:
    cycle = opened(cast)
    home = _text(cast.client("priya").get("/").content.decode())
    assert "Audit to send Safeguarding audit 2025–26" in home
    assert "The first deadline is 22 March 2026: 20 days left" in home
    put(return_of(cast, cycle), State.SIGNING, signed=2)
    Post.objects.create(person=cast.sam, organisation=cast.oakfield, role="chair-of-governors", starts_on=BEGAN)
    assert "Your signature is waited for: Safeguarding audit" in _text(cast.client("sam").get("/").content.decode())
    assert "Your signature" not in cast.client("priya").get("/").content.decode()
    put(return_of(cast, cycle), State.SUBMITTED)
    assert "Audit to send" not in cast.client("priya").get("/").content.decode()


def test_the_home_page_of_a_lead_says_how_many_have_sent_and_reminds_the_others(cast: Cast) -> None:
    cycle = opened(cast)
    put(return_of(cast, cycle), State.SUBMITTED)
    home = cast.client("marcus").get("/").content.decode()
    assert "1 of 2 schools have sent it, 1 for you to read" in _text(home)
    assert f'action="{reverse("audits:chase", args=[cycle.pk])}"' in home
    put(return_of(cast, cycle, "ashdown"), State.READ)
    assert "Remind the" not in cast.client("marcus").get("/").content.decode()


def test_an_area_is_chosen_by_a_lead_of_several(cast: Cast) -> None:
    other = Area.objects.create(name="Elsewhere", code="998")
    ServedArea.objects.create(organisation=cast.council, area=other, is_home=False, starts_on=BEGAN)
    lead = cast.client("marcus")
    assert "For" in _text(_page(lead, "new"))
    assert lead.get(reverse("audits:new"), {"area": other.pk}).context["area"] == other
    assert lead.get(reverse("audits:new"), {"area": "x"}).context["area"] in (other, cast.area)
