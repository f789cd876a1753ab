"""A school's own actions: set, changed and taken off by the school, answered like others, and seen by nobody else."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from icalendar import Calendar

from haven.access.actor import HAVEN
from haven.access.decision import Reason, Refused
from haven.actions.models import Action, Assignment, Evidence, Prompt
from haven.actions.queries.lists import Shown, own_counts, own_list
from haven.actions.queries.overviews import Counts, Sought, area_counts, overview
from haven.actions.queries.pressing import Pressing, pressing_for
from haven.actions.rules import ALL_SCHOOLS, Reach, ReachKind
from haven.actions.services import (
    GivenEvidence,
    amend_action,
    close_assignment,
    make_calendar_key,
    raise_next_occurrences,
    remind,
    replace_action,
    send_prompts,
    send_weekly_digests,
    set_own_action,
    withdraw_action,
)
from haven.engines.days.recurrence import Rhythm
from haven.ledger.models import Detail
from haven.people.models import Organisation, Post, ServedArea
from tests.actions.raised import DUE, own, raised, wish
from tests.cast import BEGAN, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]
LATER = NOW + timedelta(days=1)
WHAT = "Check the visitor book"


def test_it_is_asked_of_the_school_alone_whatever_the_wish_says(cast):
    action = own(cast, audience=(ALL_SCHOOLS,), asked_by=cast.council.pk, is_optional=True)
    assert (action.is_own, action.asked_by, action.area, action.is_optional) == (True, cast.oakfield, cast.area, False)
    assert action.reaches == (Reach(ReachKind.ORGANISATION, str(cast.oakfield.pk)),)
    assert list(action.assignments.values_list("organisation__name", "due_on")) == [("Oakfield Primary School", DUE)]
    entry = Detail.objects.latest("pk").text
    assert '"verb":"action.set"' in entry
    assert str(cast.oakfield.pk) in entry
    assert WHAT not in entry


@pytest.mark.parametrize("who", ["grace", "marcus", "bell", "nadia", "sam", "nobody"])
def test_nobody_else_sets_anything_for_a_school(cast, who):
    with pytest.raises(Refused):
        own(cast, who)
    assert not Action.objects.exists()


def test_it_is_set_in_the_area_the_school_lies_in_and_not_where_it_lies_in_none(cast):
    ServedArea.objects.filter(organisation=cast.oakfield).delete()
    with pytest.raises(Refused) as refused:
        own(cast)
    assert refused.value.reason == Reason.NOT_ASKABLE
    assert "no area" in refused.value.advice


def test_a_wish_sent_twice_is_set_once_and_another_schools_key_gives_nothing_away(cast):
    key = uuid4()
    assert own(cast, key=key) == own(cast, key=key)
    assert Assignment.objects.count() == 1
    with pytest.raises(Exception, match="actions_action_pkey"):
        own(cast, "grace", "ashdown", key=key)


def test_the_people_it_is_for_are_told_that_there_is_something_and_never_what(cast):
    Post.objects.create(person=cast.sam, organisation=cast.oakfield, role="deputy-dsl", starts_on=BEGAN)
    own(cast)
    send_prompts(by=HAVEN, at=LATER)
    assert [letter.to for letter in mail.outbox] == [["sam@example.org"]], "not whoever set it herself"
    assert WHAT not in mail.outbox[0].body


def test_the_weekly_digest_goes_to_the_school_alone(cast):
    own(cast, due_on=NOW.date())
    send_weekly_digests(by=HAVEN, at=NOW)
    assert [letter.to for letter in mail.outbox] == [["priya@example.org"]]


def test_it_comes_round(cast):
    action = own(cast, recurs=Rhythm.WEEKLY, due_on=date(2026, 3, 6))
    raise_next_occurrences(by=HAVEN, at=NOW + timedelta(days=6))
    days = action.assignments.values_list("organisation__name", "due_on").order_by("due_on")
    assert list(days) == [
        ("Oakfield Primary School", date(2026, 3, 6)),
        ("Oakfield Primary School", date(2026, 3, 13)),
    ]


def test_the_school_changes_it_and_it_stays_its_own(cast):
    action = own(cast)
    wanted = wish(cast, what="Check the gate", audience=(ALL_SCHOOLS,), due_on=date(2026, 4, 1))
    amend_action(action_id=action.pk, wanted=wanted, why="The book is gone", by=cast.actor("tom"), at=LATER)
    action.refresh_from_db()
    assert (action.what, action.version, action.asked_by) == ("Check the gate", 2, cast.oakfield)
    assert list(action.assignments.values_list("organisation__name", "due_on")) == [
        ("Oakfield Primary School", date(2026, 4, 1))
    ]


def test_the_school_asks_another_in_its_place(cast):
    action = own(cast)
    fresh = replace_action(
        action_id=action.pk, wanted=wish(cast, what="Check the gate"), why="Better", by=cast.actor("tom"), at=LATER
    )
    assert (fresh.is_own, fresh.assignments.get().organisation) == (True, cast.oakfield)


@pytest.mark.parametrize("who", ["marcus", "grace", "sam"])
def test_nobody_else_changes_withdraws_or_reminds(cast, who):
    action, by = own(cast), cast.actor(who)
    with pytest.raises(Refused):
        amend_action(action_id=action.pk, wanted=wish(cast), why="x", by=by, at=LATER)
    with pytest.raises(Refused):
        withdraw_action(action_id=action.pk, why="x", by=by, at=LATER)
    with pytest.raises(Refused):
        remind(action_id=action.pk, assignment_ids=None, by=by, at=LATER)
    assert not Prompt.objects.filter(kind="reminded").exists()


def test_haven_closes_it_with_a_record_and_not_what_the_council_asked(cast):
    row = own(cast).assignments.get()
    given = GivenEvidence(record="/policies/")
    close_assignment(assignment_id=row.pk, evidence=given, by=HAVEN, at=LATER)
    row.refresh_from_db()
    assert (row.state, Evidence.objects.get().address) == ("done", "/policies/")
    other = raised(cast).assignments.get(organisation=cast.oakfield)
    with pytest.raises(Refused):
        close_assignment(assignment_id=other.pk, evidence=given, by=HAVEN, at=LATER)


def test_it_stands_on_the_schools_list_among_the_others(cast):
    raised(cast)
    own(cast, due_on=DUE - timedelta(days=1))
    lines = own_list(by=cast.actor("priya"), at=NOW, shown=Shown())
    assert [(line.what, line.set_by) for line in lines] == [(WHAT, "your school"), ("Return the audit", "")]
    assert own_counts(by=cast.actor("priya"), at=NOW).waiting == 2
    assert [line.what for line in own_list(by=cast.actor("grace"), at=NOW, shown=Shown())] == ["Return the audit"]


def picture(cast):
    by = cast.actor("marcus")
    seen = overview(by=by, at=NOW, sought=Sought())
    return (
        seen.counts,
        [line.what for line in seen.actions],
        seen.rows,
        seen.schools_count,
        area_counts(by=by, at=NOW),
        pressing_for(by=by, at=NOW, at_most=5),
        overview(by=by, at=NOW, sought=Sought(phase="primary", text="c")).counts,
    )


def test_the_leads_picture_is_the_same_with_and_without_it(cast):
    raised(cast)
    lonely = Organisation.objects.create(kind="police", name="Harbour Police")
    ServedArea.objects.create(organisation=lonely, area=cast.area, starts_on=BEGAN)
    before = picture(cast)
    own(cast, due_on=NOW.date() - timedelta(days=1))
    own(cast, "bell", "police")
    set_own_action(organisation_id=lonely.pk, wanted=wish(cast), by=HAVEN, at=NOW)
    assert picture(cast) == before
    assert before[0] == Counts(0, 2, 0)
    assert before[5] != Pressing()


def test_the_lead_finds_no_page_table_or_file_of_it(cast):
    action = own(cast)
    row = action.assignments.get()
    given = GivenEvidence(file=("book.txt", b"The book."))
    close_assignment(assignment_id=row.pk, evidence=given, by=cast.actor("priya"), at=NOW)
    proof = Evidence.objects.get()
    client = cast.client("marcus")
    for name, args in {
        "show": [row.pk],
        "asked": [action.pk],
        "amend": [action.pk],
        "withdraw": [action.pk],
        "export-action": [action.pk, "csv"],
        "evidence": [row.pk, proof.pk],
        "change-own": [row.pk],
        "withdraw-own": [row.pk],
    }.items():
        assert client.get(reverse(f"actions:{name}", args=args)).status_code == 404, name
    assert client.post(reverse("actions:remind", args=[action.pk])).status_code == 404
    assert client.post(reverse("actions:send-back", args=[row.pk]), {"comment": "No"}).status_code == 404
    assert WHAT not in client.get(reverse("actions:export", args=["csv"])).content.decode("utf-8-sig")
    assert cast.client("priya").get(reverse("actions:evidence", args=[row.pk, proof.pk])).content == b"The book."


def test_the_council_sets_actions_for_itself_and_sees_them_on_its_own_list(cast):
    own(cast, "marcus", "council")
    [line] = own_list(by=cast.actor("marcus"), at=NOW, shown=Shown())
    assert (line.what, line.set_by) == (WHAT, "your organisation")
    assert picture(cast)[1] == []


def test_the_calendar_says_who_set_it(cast, client):
    own(cast)
    secret = make_calendar_key(by=cast.actor("priya"), at=NOW)
    file = Calendar.from_ical(client.get(f"/calendar/{secret}.ics").content)
    [event] = file.walk("VEVENT")
    assert str(event["description"]).startswith("Oakfield Primary School set this.")


TYPED = {
    "what": WHAT,
    "evidence": "word",
    "due_on_0": "27",
    "due_on_1": "3",
    "due_on_2": "2026",
    "recurs": "monthly",
    "roles": ["head"],
}


def test_the_school_sets_one_by_hand_from_its_list(cast):
    client = cast.client("priya")
    assert "Set an action for your school" in client.get("/actions/").content.decode()
    page = client.get(reverse("actions:set")).content.decode()
    assert "Only people at Oakfield Primary School see it." in page
    client.post(reverse("actions:keep-draft"), {"place": f"set/{cast.oakfield.pk}", "what": "Half a"})
    assert 'value="Half a"' in client.get(reverse("actions:set")).content.decode()
    typed = TYPED | {"key": str(uuid4())}
    answer = client.post(reverse("actions:set"), typed, follow=True).content.decode()
    assert "Set. It stands on your list." in answer
    assert "Set by your school" in answer
    action = Action.objects.get()
    assert (action.what, action.roles, action.recurs, action.is_own) == (WHAT, ["head"], "monthly", True)


def test_a_wish_at_fault_says_what_is_missing(cast):
    answer = cast.client("priya").post(reverse("actions:set"), {"key": str(uuid4()), "evidence": "none"})
    assert answer.status_code == 422
    assert "Say what must be done" in answer.content.decode()


@pytest.mark.parametrize("who", ["sam", "nadia", "lena"])
def test_whoever_answers_for_nobody_finds_no_page(cast, who):
    assert cast.client(who).get(reverse("actions:set")).status_code == 404


def test_a_governor_finds_no_page_and_no_link(cast):
    Post.objects.create(person=cast.sam, organisation=cast.oakfield, role="governor", starts_on=BEGAN)
    client = cast.client("sam")
    assert client.get(reverse("actions:set")).status_code == 404
    assert "Set an action" not in client.get("/actions/").content.decode()


def test_the_organisation_is_chosen_by_whoever_answers_for_two(cast):
    Post.objects.create(person=cast.priya, organisation=cast.ashdown, role="dsl", starts_on=BEGAN)
    client = cast.client("priya")
    page = client.get(reverse("actions:set"), {"organisation": str(cast.oakfield.pk)}).content.decode()
    assert f"?organisation={cast.ashdown.pk}" in page
    address = f"{reverse('actions:set')}?organisation={cast.ashdown.pk}"
    client.post(address, TYPED | {"key": str(uuid4())})
    assert Action.objects.get().asked_by == cast.ashdown
    for wrong, status in [(cast.police.pk, 404), ("x", 404)]:
        assert client.get(reverse("actions:set"), {"organisation": str(wrong)}).status_code == status


def test_an_agency_chooses_no_school_roles(cast):
    page = cast.client("bell").get(reverse("actions:set")).content.decode()
    assert "Set an action for your organisation" in page
    assert "Headteacher" not in page


def test_the_school_changes_it_by_hand_and_takes_it_off(cast):
    action = own(cast)
    row = action.assignments.get()
    client = cast.client("tom")
    page = client.get(reverse("actions:show", args=[row.pk])).content.decode()
    assert "Your school, Priya Nair. Nobody outside it sees this." in page
    address = reverse("actions:change-own", args=[row.pk])
    assert f'value="{WHAT}"' in client.get(address).content.decode()
    typed = TYPED | {"key": str(action.pk), "what": "Check the gate"}
    assert client.post(address, typed).status_code == 422
    changed = client.post(address, typed | {"why": "The book is gone"}, follow=True).content.decode()
    assert "Check the gate" in changed
    off = reverse("actions:withdraw-own", args=[row.pk])
    assert client.get(off).status_code == 200
    assert client.post(off, {"why": ""}).status_code == 422
    gone = client.post(off, {"why": "We use a new gate"}, follow=True).content.decode()
    assert "We use a new gate" in gone
    assert "Take it off the list" not in gone


def test_what_the_council_asked_is_no_schools_to_change(cast):
    row = raised(cast).assignments.get(organisation=cast.oakfield)
    client = cast.client("priya")
    for name in ("change-own", "withdraw-own"):
        assert client.get(reverse(f"actions:{name}", args=[row.pk])).status_code == 404
    page = client.get(reverse("actions:show", args=[row.pk])).content.decode()
    assert "Change what is set" not in page
