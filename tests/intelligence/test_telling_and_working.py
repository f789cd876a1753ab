"""What is told is received, graded, sanitised, linked, sent and answered; recorded each time, and refused to others."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.core import mail
from django.db import transaction

from haven.access.decision import Reason, Refused
from haven.intelligence.disclosure.links import open_links
from haven.intelligence.disclosure.reports import open_report
from haven.intelligence.disclosure.submissions import open_source, open_submission
from haven.intelligence.models import Dissemination, Entity, Grade, Link, Receipt, Report, Source, Submission
from haven.intelligence.queries import lists
from haven.intelligence.rules.grading import Handling
from haven.intelligence.rules.linking import Kind
from haven.intelligence.rules.outcomes import Outcome
from haven.intelligence.rules.routing import Ways
from haven.intelligence.rules.telling import Theme
from haven.intelligence.services import (
    Faults,
    MayShowSource,
    answer,
    disseminate,
    end_mention,
    grade,
    set_unit,
    take_report_back,
    tell,
)
from haven.keys.queries import Unopened, open_with
from haven.people.models import ServedArea
from haven.subjects.models import Disclosure
from tests.behind import behind
from tests.cast import NOW
from tests.intelligence.told import (
    GRADED,
    LATER,
    SAFE,
    TELLING,
    everything,
    graded,
    mentioned,
    sanitised,
    sending,
    sent,
    submitted,
    told,
)
from tests.people.seen import told as ledger

pytestmark = pytest.mark.django_db


def shown(cast, who, row):
    return open_submission(submission_id=row.pk, by=cast.actor(who), at=LATER)


def verbs():
    return [each["verb"] for each in ledger() if each["verb"].startswith("matter.")]


def outcomes(record):
    with behind():
        rows = Disclosure.objects.filter(record=record)  # of one moment, in any order
        return sorted((row.outcome, row.person_name) for row in rows)


def test_what_is_told_reaches_the_unit_and_whoever_told_it_has_a_receipt(fairhaven) -> None:
    receipt = told(fairhaven)
    (line,) = lists.inbox(is_answered=False, by=fairhaven.actor("ivo"), at=LATER)
    view = shown(fairhaven, "ivo", everything(Submission)[0])
    assert view.telling == replace(TELLING, told_by="")
    assert (line.theme, line.outcome, line.grade) == ("Criminal exploitation", Outcome.RECEIVED, None)
    assert receipt.reference != line.reference
    assert [each.reference for each in lists.receipts_of(by=fairhaven.actor("priya"))] == [receipt.reference]
    assert lists.receipts_of(by=fairhaven.actor("tom")) == []
    assert verbs() == ["matter.received", "matter.told"]


def test_whoever_works_with_it_is_written_to_and_the_letter_says_nothing(
    fairhaven, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        told(fairhaven)
    assert sorted(letter.to[0] for letter in mail.outbox) == ["iris@example.org", "ivo@example.org"]
    for letter in mail.outbox:
        assert not {"intelligence", "source", "van", "Priya", "Oakfield"} & set(letter.body.split())


def test_a_form_that_is_sent_twice_is_received_once(fairhaven) -> None:
    key = uuid4()
    assert told(fairhaven, key=key) == told(fairhaven, key=key, matter="Something else")
    assert len(everything(Submission)) == len(everything(Source)) == len(everything(Receipt)) == 1


def test_the_key_of_a_form_is_nobody_elses(fairhaven) -> None:
    key = uuid4()
    told(fairhaven, key=key)
    with pytest.raises(Refused) as caught, transaction.atomic():
        told(fairhaven, "grace", key=key)
    assert caught.value.advice == "Open the form anew"


@pytest.mark.parametrize("who", ["nadia", "sam", "nobody"])
def test_whoever_works_nowhere_in_the_area_tells_nothing(fairhaven, who) -> None:
    by = fairhaven.actor(who)
    with pytest.raises(Refused):
        tell(
            area=fairhaven.area.pk,
            organisation=fairhaven.oakfield.pk,
            key=uuid4(),
            telling=TELLING,
            by=by,
            at=NOW,
        )
    assert everything(Submission) == []


def test_what_is_wrong_with_it_is_said_by_field_and_nothing_is_kept(fairhaven) -> None:
    with pytest.raises(Faults) as caught:
        told(fairhaven, matter="Casey saw it")
    assert list(caught.value.faults) == ["matter"]
    assert everything(Receipt) == []


def test_where_the_ledger_fails_nothing_is_told(fairhaven, monkeypatch) -> None:
    def broken(*_: object, **__: object) -> int:
        raise RuntimeError("the ledger is full")

    monkeypatch.setattr("haven.intelligence.services.telling.record", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        told(fairhaven)
    assert everything(Submission) == everything(Receipt) == []


def test_an_area_without_a_unit_says_so(fairhaven) -> None:
    ServedArea.objects.filter(organisation=fairhaven.police).delete()
    with pytest.raises(Refused) as caught:
        told(fairhaven)
    assert "no intelligence unit" in caught.value.advice


def test_a_council_can_run_the_unit(fairhaven) -> None:
    ways = Ways(crime="Ring 101.", child="Ring the MASH on 01632 960001.")
    set_unit(
        area=fairhaven.area.pk, organisation_id=fairhaven.council.pk, ways=ways, by=fairhaven.actor("marcus"), at=NOW
    )
    assert submitted(fairhaven).unit == fairhaven.council
    assert list(lists.inbox(is_answered=False, by=fairhaven.actor("ivo"), at=LATER)) == []


def test_nobody_but_the_councils_lead_sets_the_unit_and_only_to_one_that_serves_the_area(fairhaven) -> None:
    ways = Ways()
    for who in ("priya", "bell", "iris", "lena"):
        with pytest.raises(Refused):
            set_unit(area=fairhaven.area.pk, organisation_id=None, ways=ways, by=fairhaven.actor(who), at=NOW)
    with pytest.raises(Refused) as caught:
        set_unit(
            area=fairhaven.area.pk,
            organisation_id=fairhaven.oakfield.pk,
            ways=ways,
            by=fairhaven.actor("marcus"),
            at=NOW,
        )
    assert caught.value.advice == "Choose a police force or a council that serves the area"


def test_reading_is_written_down_and_so_is_a_refusal(fairhaven) -> None:
    row = submitted(fairhaven)
    shown(fairhaven, "ivo", row)
    for who in ("bell", "priya", "marcus", "lena", "osei", "peter"):
        with pytest.raises(Refused):
            shown(fairhaven, who, row)
    written = outcomes(row.record_id)
    assert written.count(("shown", "Ivo Marlowe")) == 1
    assert [outcome for outcome, _ in written].count("refused") == 6


def test_a_grade_is_kept_with_what_came_before_and_the_same_again_is_none(fairhaven) -> None:
    row = submitted(fairhaven)
    assert graded(fairhaven, row) == graded(fairhaven, row)
    graded(fairhaven, row, replace(GRADED, handling=Handling.CONDITIONS))
    assert [str(each) for each in everything(Grade)] == ["2CC", "2CP"]
    (line,) = lists.inbox(is_answered=False, by=fairhaven.actor("ivo"), at=LATER)
    assert line.grade.code == "2CC"
    assert verbs().count("matter.graded") == 2


def test_the_theme_is_put_right_with_the_grade(fairhaven) -> None:
    row = submitted(fairhaven)
    grade(submission_id=row.pk, graded=GRADED, theme=Theme.DRUGS, by=fairhaven.actor("ivo"), at=LATER)
    assert everything(Submission)[0].theme == "drugs"


def test_what_may_leave_is_written_in_versions_each_under_a_key_of_its_own(fairhaven) -> None:
    row = submitted(fairhaven)
    key = uuid4()
    assert sanitised(fairhaven, row, key=key) == sanitised(fairhaven, row, key=key)
    second = sanitised(fairhaven, row, "Less of it.")
    assert (second.version, len(everything(Report))) == (2, 2)
    assert second.record_id != row.record_id
    assert shown(fairhaven, "ivo", row).report.text == "Less of it."


@pytest.mark.parametrize("text", ["Oakfield has a grey van", "Priya saw a grey van", "Casey saw a grey van"])
def test_the_lead_of_the_unit_is_warned_of_every_word_of_the_source(fairhaven, text) -> None:
    row = submitted(fairhaven)
    with pytest.raises(MayShowSource) as caught:
        sanitised(fairhaven, row, text, who="iris")
    assert list(caught.value.words) == [text.split()[0]]
    assert sanitised(fairhaven, row, text, has_looked=True, who="iris").version == 1


def test_an_officer_is_warned_of_what_stands_before_her_and_learns_nothing_by_trying_names(fairhaven) -> None:
    row = submitted(fairhaven, matter="Casey saw a van by Oakfield", could_show=True)
    for text, words in (("Casey at Oakfield", ["Casey", "Oakfield"]), ("Priya Nair told it", [])):
        with pytest.raises(MayShowSource) as caught:
            sanitised(fairhaven, row, text)
        assert list(caught.value.words) == words
    quiet = submitted(fairhaven, matter="A van waits")
    assert sanitised(fairhaven, quiet, "Priya Nair told it").version == 1


def test_what_is_mentioned_twice_is_one_thing_that_links_two_submissions(fairhaven) -> None:
    one, other = submitted(fairhaven), submitted(fairhaven, "grace", matter="fx19klm again")
    mentioned(fairhaven, one, Kind.VEHICLE, "FX19 KLM")
    mentioned(fairhaven, one, Kind.PLACE, "Harbour Steps")
    again = mentioned(fairhaven, other, Kind.VEHICLE, "fx19klm")
    assert mentioned(fairhaven, other, Kind.VEHICLE, " FX19  KLM ") == again
    assert (len(everything(Entity)), len(everything(Link))) == (2, 3)
    view = open_links(submission_id=one.pk, by=fairhaven.actor("ivo"), at=LATER)
    assert {(each.reference, each.words) for each in view.mentions[:2]} == {
        (one.reference, "FX19 KLM"),
        (one.reference, "Harbour Steps"),
    }
    assert [(each.reference, each.words) for each in view.mentions[2:]] == [(other.reference, "FX19 KLM")]
    assert outcomes(other.record_id) == [("shown", "Ivo Marlowe")]
    assert {each.words: each.others for each in shown(fairhaven, "ivo", one).mentioned} == {
        "FX19 KLM": 1,
        "Harbour Steps": 0,
    }


def test_marks_that_meet_are_told_apart_once_they_are_opened(fairhaven) -> None:
    row = submitted(fairhaven)
    one = mentioned(fairhaven, row, Kind.NAME, "Big Jay").entity_id
    other = mentioned(fairhaven, row, Kind.NAME, "Little Jay").entity_id
    with behind():
        Entity.objects.filter(pk=other).update(mark=Entity.objects.get(pk=one).mark)
    assert mentioned(fairhaven, row, Kind.NAME, "bigjay").entity_id == one


def test_a_mention_is_taken_out_and_stays_in_the_rows(fairhaven) -> None:
    row = submitted(fairhaven)
    link = mentioned(fairhaven, row, Kind.PLACE, "Harbour Steps")
    for _ in range(2):
        end_mention(link_id=link.pk, by=fairhaven.actor("ivo"), at=LATER)
    assert shown(fairhaven, "ivo", row).mentioned == []
    assert len(everything(Link)) == 1
    assert verbs().count("matter.unlinked") == 1


@pytest.mark.parametrize("words", ["", "?", "a" * 121])
def test_words_that_name_nothing_are_refused(fairhaven, words) -> None:
    with pytest.raises(Refused):
        mentioned(fairhaven, submitted(fairhaven), Kind.PLACE, words)
    assert everything(Entity) == []


def test_a_report_goes_to_a_partner_on_conditions_and_its_reading_is_seen(fairhaven) -> None:
    row = submitted(fairhaven)
    graded(fairhaven, row, replace(GRADED, handling=Handling.CONDITIONS))
    report = sanitised(fairhaven, row)
    there = sent(fairhaven, report, fairhaven.health, "Ring us first.")
    assert sent(fairhaven, report, fairhaven.health, "Ring us first.") == there
    (line,) = lists.received(by=fairhaven.actor("osei"), at=LATER)
    assert (line.reference, line.is_read) == (report.reference, False)
    view = open_report(dissemination_id=there.pk, by=fairhaven.actor("osei"), at=LATER)
    assert (view.text, view.conditions, view.unit) == (SAFE, "Ring us first.", "Fairhaven Police")
    (back,) = lists.stage_of(submission_id=row.pk, by=fairhaven.actor("ivo"), at=LATER).sent
    assert (back.organisation, back.read_at) == ("Fairhaven Community Health", LATER)
    assert outcomes(report.record_id) == [("sent", "Ivo Marlowe"), ("shown", "Dr Osei")]
    for who in ("priya", "grace", "lena", "bell"):
        assert lists.received(by=fairhaven.actor(who), at=LATER) == []
        with pytest.raises(Refused):
            open_report(dissemination_id=there.pk, by=fairhaven.actor(who), at=LATER)


def test_whoever_gets_a_report_cannot_open_what_was_told(fairhaven) -> None:
    row = submitted(fairhaven)
    graded(fairhaven, row)
    sent(fairhaven, sanitised(fairhaven, row), fairhaven.health)
    sealed = {row.record_id: {"matter": bytes(row.matter)}}
    assert isinstance(open_with(organisation=fairhaven.health.pk, sealed=sealed)[row.record_id], Unopened)


def test_what_is_taken_back_opens_no_more(fairhaven) -> None:
    row = submitted(fairhaven)
    graded(fairhaven, row)
    there = sent(fairhaven, sanitised(fairhaven, row), fairhaven.health)
    for _ in range(2):
        take_report_back(dissemination_id=there.pk, by=fairhaven.actor("ivo"), at=LATER)
    assert lists.received(by=fairhaven.actor("osei"), at=LATER) == []
    with pytest.raises(Refused):
        open_report(dissemination_id=there.pk, by=fairhaven.actor("osei"), at=LATER)
    assert verbs().count("matter.taken_back") == 1


def test_nothing_is_sent_that_is_not_graded_or_against_its_grade_or_not_the_newest(fairhaven) -> None:
    row = submitted(fairhaven)
    report = sanitised(fairhaven, row)

    def refused(to=fairhaven.health, conditions=""):
        with pytest.raises(Refused) as caught:
            disseminate(report_id=report.pk, sending=sending(to, conditions), by=fairhaven.actor("ivo"), at=LATER)
        return caught.value.advice

    assert refused() == "Grade it before anything of it is sent"
    graded(fairhaven, row, replace(GRADED, handling=Handling.CONDITIONS))
    assert refused() == "It was graded C, so say on which conditions it is sent"
    assert refused(fairhaven.police, "Ring us.") == "Choose an organisation that serves the area, other than your own"
    sanitised(fairhaven, row, "A newer one.")
    assert refused(conditions="Ring us.") == "There is a newer version. Send that one."
    assert everything(Dissemination) == []


def test_whoever_told_it_learns_what_became_of_it(fairhaven, django_capture_on_commit_callbacks) -> None:
    row = submitted(fairhaven)
    with django_capture_on_commit_callbacks(execute=True):
        answer(submission_id=row.pk, outcome=Outcome.USED, by=fairhaven.actor("ivo"), at=LATER)
        answer(submission_id=row.pk, outcome=Outcome.USED, by=fairhaven.actor("ivo"), at=LATER)
    (line,) = lists.receipts_of(by=fairhaven.actor("priya"))
    assert (line.words, line.outcome_on) == ("Used as intelligence", LATER.date())
    assert [letter.to for letter in mail.outbox] == [["priya@example.org"]]
    assert verbs().count("matter.answered") == 1
    with pytest.raises(Refused):
        answer(submission_id=row.pk, outcome=Outcome.RECEIVED, by=fairhaven.actor("ivo"), at=LATER)


def test_whoever_left_is_not_written_to(fairhaven, django_capture_on_commit_callbacks) -> None:
    row = submitted(fairhaven)
    fairhaven.priya.is_active = False
    fairhaven.priya.save()
    with django_capture_on_commit_callbacks(execute=True):
        answer(submission_id=row.pk, outcome=Outcome.NO_ACTION, by=fairhaven.actor("ivo"), at=LATER)
    assert mail.outbox == []


def test_the_lead_of_the_unit_learns_who_told_and_says_why(fairhaven) -> None:
    row = submitted(fairhaven)
    view = open_source(submission_id=row.pk, why="a court asks", is_fresh=True, by=fairhaven.actor("iris"), at=LATER)
    who = view.who
    assert (who.name, who.organisation, who.told_by) == ("Priya Nair", "Oakfield Primary School", "Casey in year nine")
    (kept,) = everything(Source)
    assert outcomes(kept.record_id) == [("shown", "Iris Tolland")]
    with pytest.raises(Refused) as caught:
        open_source(submission_id=row.pk, why=" ", is_fresh=True, by=fairhaven.actor("iris"), at=LATER)
    assert caught.value.advice == "Say what you need it for"


def test_without_a_fresh_second_factor_nobody_learns_who_told(fairhaven) -> None:
    row = submitted(fairhaven)
    with pytest.raises(Refused) as caught:
        open_source(submission_id=row.pk, why="a court asks", is_fresh=False, by=fairhaven.actor("iris"), at=LATER)
    assert caught.value.reason is Reason.NOT_FRESH
    (kept,) = everything(Source)
    assert outcomes(kept.record_id) == [("refused", "Iris Tolland")]


@pytest.mark.parametrize("who", ["ivo", "bell", "priya", "marcus", "lena", "peter", "nadia"])
def test_nobody_else_learns_who_told_whatever_she_says(fairhaven, who) -> None:
    row = submitted(fairhaven)
    with pytest.raises(Refused):
        open_source(submission_id=row.pk, why="a court asks", is_fresh=True, by=fairhaven.actor(who), at=LATER)
    (kept,) = everything(Source)
    assert [outcome for outcome, _ in outcomes(kept.record_id)] == ["refused"]


WORK = [
    lambda cast, row, who: mentioned(cast, row, Kind.PLACE, "Harbour Steps", who),
    lambda cast, row, who: sanitised(cast, row, who=who),
    lambda cast, row, who: answer(submission_id=row.pk, outcome=Outcome.USED, by=cast.actor(who), at=LATER),
    lambda cast, row, who: open_links(submission_id=row.pk, by=cast.actor(who), at=LATER),
]


@pytest.mark.parametrize("who", ["bell", "priya", "tom", "grace", "marcus", "osei", "lena", "nadia", "sam", "peter"])
@pytest.mark.parametrize("step", WORK)
def test_nobody_but_the_unit_works_with_it(fairhaven, who, step) -> None:
    row = submitted(fairhaven)
    with pytest.raises(Refused):
        step(fairhaven, row, who)
    assert everything(Link) == everything(Report) == []
