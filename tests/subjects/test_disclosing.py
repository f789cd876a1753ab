"""Nothing is shown, sent or refused before it is written down; and what a school sees says nothing of another."""

from datetime import date, timedelta

import pytest
from django.db import connection

from haven.access.decision import Reason, Refused
from haven.engines.sealing.fields import new_key
from haven.keys.models import RecordKey, Wrap
from haven.ledger.models import Detail
from haven.people.models import Cover
from haven.subjects.disclosure.exporting import addresses_about, everything_about
from haven.subjects.disclosure.finding import find, search_own
from haven.subjects.disclosure.overseeing import exclusions_of, register_of
from haven.subjects.disclosure.recording import Purpose
from haven.subjects.disclosure.showing import open_safe_address, open_subject
from haven.subjects.models import Disclosure, FindMark, Ground, Subject, Told
from haven.subjects.rules.bases import Flow
from haven.subjects.rules.naming import Identity
from haven.subjects.services import (
    decide_to_keep_back,
    decide_to_share,
    declare_interest,
    give_safe_address,
    link_siblings,
    move,
    send_record,
    take_back,
)
from tests.behind import behind
from tests.cast import NOW, TODAY
from tests.people.seen import last_told
from tests.subjects.known import ISLA, JONAH, LATER, PURPOSE, child, kept_from, looked_for, sent

pytestmark = pytest.mark.django_db
SAFE = "7 Tern Avenue, canary-address"


def shown(cast, who, subject, at=LATER):
    return open_subject(subject_id=subject.pk, purpose=PURPOSE, by=cast.actor(who), at=at)


def outcomes(subject):
    rows = Disclosure.objects.filter(record=subject.record).order_by("at", "pk")
    with behind():
        return [(row.outcome, row.person_name, row.role) for row in rows]


def test_whoever_is_shown_a_child_is_written_down_as_what_she_was_then(fairhaven) -> None:
    subject = sent(fairhaven, child(fairhaven, JONAH, fairhaven.oakfield), fairhaven.oakfield)
    assert shown(fairhaven, "priya", subject).identity == JONAH
    fairhaven.priya.posts.update(role="school-staff")
    with behind():
        (row,) = Disclosure.objects.filter(record=subject.record)
    assert (row.outcome, row.role, row.organisation_name, row.basis, row.edition) == (
        "shown",
        "Designated safeguarding lead",
        "Oakfield Primary School",
        "public-task",
        "2025",
    )
    told = last_told()
    assert (told["verb"], told["why"]) == ("subject.disclosed", "what was sent to us")
    assert "Quayle" not in str(told)


def test_a_refusal_is_written_down_too_and_nothing_is_shown(fairhaven) -> None:
    subject = sent(fairhaven, child(fairhaven, JONAH, fairhaven.oakfield), fairhaven.oakfield)
    for who in ("grace", "tom", "osei"):
        with pytest.raises(Refused):
            shown(fairhaven, who, subject)
    assert [outcome for outcome, *_ in outcomes(subject)] == ["refused"] * 3


def test_where_the_ledger_fails_nothing_is_shown(fairhaven, monkeypatch) -> None:
    subject = child(fairhaven)

    def broken(*_: object, **__: object) -> int:
        raise RuntimeError("the ledger is full")

    monkeypatch.setattr("haven.subjects.disclosure.recording.record_all", broken)
    with pytest.raises(RuntimeError):
        shown(fairhaven, "bell", subject)
    assert outcomes(subject) == []


def test_a_disclosure_is_never_changed_nor_taken_away(fairhaven) -> None:
    subject = child(fairhaven)
    shown(fairhaven, "bell", subject)
    with behind(), connection.cursor() as cursor:
        for wish in ("update subjects_disclosure set role = 'x'", "delete from subjects_disclosure"):
            cursor.execute("savepoint before")
            with pytest.raises(Exception, match=r"disclosures stay|permission denied"):
                cursor.execute(wish)
            cursor.execute("rollback to before")


def test_nothing_of_a_child_can_be_read_in_the_database_or_the_ledger(fairhaven) -> None:
    subject = sent(fairhaven, child(fairhaven, JONAH, fairhaven.oakfield), fairhaven.oakfield)
    give_safe_address(subject_id=subject.pk, address=SAFE, by=fairhaven.actor("bell"), at=NOW)
    looked_for(fairhaven, "lena")
    with behind(), connection.cursor() as cursor:
        assert Subject.objects.count() == 1
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("subjects_", "keys_", "ledger_")):
                cursor.execute(f"select coalesce(string_agg(t::text, chr(10)), '') from \"{table}\" t")
                text = cursor.fetchone()[0]
                for word in ("Jonah", "Quayle", "2016-05-04", "canary"):
                    assert word not in text
                    assert word.encode().hex() not in text


def test_the_council_finds_a_child_whom_the_police_named_on_the_whole_of_name_and_birth_date(fairhaven) -> None:
    subject = child(fairhaven)
    (found,) = looked_for(fairhaven, "lena", Identity("jonáh", "QUAYLE ", JONAH.born_on))
    assert (found.subject, found.identity) == (subject.pk, JONAH)
    assert looked_for(fairhaven, "lena", Identity("Jonah", "Quayle", date(2016, 5, 5))) == []
    assert looked_for(fairhaven, "lena", Identity("Mina", "Quayle", JONAH.born_on)) == []
    assert looked_for(fairhaven, "lena", Identity("Jonah", "Quail", JONAH.born_on)) == []


def test_marks_that_meet_are_told_apart_once_they_are_opened(fairhaven) -> None:
    one, other = child(fairhaven), child(fairhaven, ISLA)
    with behind():
        mark = FindMark.objects.get(subject=one, organisation=fairhaven.council).mark
        FindMark.objects.filter(subject=other, organisation=fairhaven.council).update(mark=mark)
    assert [found.subject for found in looked_for(fairhaven, "lena")] == [one.pk]


def test_a_look_up_is_written_down_whatever_it_finds_and_without_the_name(fairhaven) -> None:
    assert looked_for(fairhaven, "lena") == []
    with behind():
        (row,) = Disclosure.objects.all()
    assert (row.outcome, row.person_name, row.purpose) == ("looked-up", "Lena Fisk", "case 2026/17")
    assert not Detail.objects.filter(text__contains="Quayle").exists()


def test_no_look_up_without_saying_what_for(fairhaven) -> None:
    child(fairhaven)
    with pytest.raises(Refused) as caught:
        find(
            area=fairhaven.area.pk,
            identity=JONAH,
            purpose=Purpose(Flow.LOOKED_UP, "  "),
            by=fairhaven.actor("lena"),
            at=NOW,
        )
    assert caught.value.advice == "Say what you need it for"


@pytest.mark.parametrize("who", ["priya", "tom", "grace", "osei", "nadia", "sam", "nobody"])
def test_nobody_else_looks_anybody_up(fairhaven, who) -> None:
    child(fairhaven)
    with pytest.raises(Refused):
        looked_for(fairhaven, who)


def test_what_was_found_may_be_read_until_the_day_is_over(fairhaven) -> None:
    subject = child(fairhaven)
    with pytest.raises(Refused):
        shown(fairhaven, "lena", subject)
    looked_for(fairhaven, "lena")
    assert shown(fairhaven, "lena", subject).identity == JONAH
    with pytest.raises(Refused):
        shown(fairhaven, "lena", subject, NOW + timedelta(days=1))


def test_whoever_is_excluded_finds_nobody_and_what_is_written_of_that_looks_the_same(fairhaven) -> None:
    subject = child(fairhaven)
    kept_from(fairhaven, subject, "lena")
    assert looked_for(fairhaven, "lena") == []
    with behind():
        assert [row.outcome for row in Disclosure.objects.all()] == ["looked-up"]


def test_a_school_searches_its_own_in_memory(fairhaven) -> None:
    jonah = sent(fairhaven, child(fairhaven, JONAH, fairhaven.oakfield), fairhaven.oakfield)
    isla = sent(fairhaven, child(fairhaven, ISLA, fairhaven.ashdown), fairhaven.ashdown)

    def found(who, place, words):
        rows = search_own(school=place.pk, words=words, purpose=PURPOSE, by=fairhaven.actor(who), at=LATER)
        return [row.subject for row in rows]

    assert found("priya", fairhaven.oakfield, "quay jon") == [jonah.pk]
    assert found("priya", fairhaven.oakfield, "isla") == []
    assert found("grace", fairhaven.ashdown, "") == [isla.pk]
    with pytest.raises(Refused):
        found("priya", fairhaven.ashdown, "")
    kept_from(fairhaven, jonah, "priya")
    assert found("priya", fairhaven.oakfield, "") == []


def test_one_record_that_does_not_open_is_told_of_and_harms_no_other(fairhaven) -> None:
    jonah = sent(fairhaven, child(fairhaven, JONAH, fairhaven.oakfield), fairhaven.oakfield)
    isla = sent(fairhaven, child(fairhaven, ISLA, fairhaven.oakfield), fairhaven.oakfield)
    Wrap.objects.filter(record=jonah.record_id, organisation=fairhaven.oakfield.pk).update(
        wrapped=new_key() + b"12345678"
    )
    rows = search_own(school=fairhaven.oakfield.pk, words="", purpose=PURPOSE, by=fairhaven.actor("priya"), at=LATER)
    assert {row.subject: row.identity for row in rows} == {jonah.pk: None, isla.pk: ISLA}
    assert shown(fairhaven, "priya", jonah).identity is None


def test_a_school_learns_nothing_of_where_else_a_child_or_her_brother_is(fairhaven) -> None:
    jonah = sent(fairhaven, child(fairhaven, JONAH, fairhaven.oakfield, fairhaven.ashdown), fairhaven.oakfield)
    isla = sent(fairhaven, child(fairhaven, ISLA, fairhaven.ashdown), fairhaven.ashdown)
    link_siblings(one_id=isla.pk, other_id=jonah.pk, by=fairhaven.actor("bell"), at=NOW)
    give_safe_address(subject_id=jonah.pk, address=SAFE, by=fairhaven.actor("bell"), at=NOW)
    seen = shown(fairhaven, "priya", jonah)
    assert [place.name for place in seen.places] == ["Oakfield Primary School"]
    assert (list(seen.siblings), seen.has_safe_address, seen.is_outside) == ([], False, False)
    police = shown(fairhaven, "bell", jonah)
    assert {place.name for place in police.places} == {"Oakfield Primary School", "Ashdown Academy"}
    assert [each.subject for each in police.siblings] == [isla.pk]
    assert police.has_safe_address


def test_where_a_child_moved_is_told_outside_schools_alone(fairhaven) -> None:
    subject = sent(fairhaven, child(fairhaven, JONAH, fairhaven.oakfield), fairhaven.oakfield)
    with behind():
        gone = subject.attendances.get()
    move(attendance_id=gone.pk, to_school_id=fairhaven.ashdown.pk, on=TODAY, by=fairhaven.actor("bell"), at=NOW)
    assert "Ashdown" not in str(shown(fairhaven, "priya", subject))
    assert [each.moved_to for each in shown(fairhaven, "bell", subject).places] == ["Ashdown Academy", ""]


def test_a_safe_address_is_never_sent_to_a_school_and_opens_for_its_owner_alone(fairhaven) -> None:
    subject = sent(fairhaven, child(fairhaven, JONAH, fairhaven.oakfield), fairhaven.oakfield)
    kept = give_safe_address(subject_id=subject.pk, address=SAFE, by=fairhaven.actor("bell"), at=NOW)
    with pytest.raises(Refused) as caught:
        send_record(record_id=kept.record_id, to=fairhaven.oakfield.pk, by=fairhaven.actor("bell"), at=NOW)
    assert "never" in caught.value.advice
    ask = {"subject_id": subject.pk, "purpose": PURPOSE, "at": LATER}
    assert open_safe_address(by=fairhaven.actor("bell"), **ask) == SAFE
    looked_for(fairhaven, "lena")
    for who in ("priya", "lena", "marcus", "grace"):
        with pytest.raises(Refused):
            open_safe_address(by=fairhaven.actor(who), **ask)
    assert not Wrap.objects.filter(record=kept.record_id, organisation=fairhaven.oakfield.pk).exists()


def test_what_is_taken_back_opens_no_more(fairhaven) -> None:
    subject = sent(fairhaven, child(fairhaven, JONAH, fairhaven.oakfield), fairhaven.oakfield)
    by = fairhaven.actor("bell")
    assert take_back(record_id=subject.record_id, organisation=fairhaven.oakfield.pk, by=by, at=NOW)
    assert not take_back(record_id=subject.record_id, organisation=fairhaven.oakfield.pk, by=by, at=NOW)
    with pytest.raises(Refused):
        shown(fairhaven, "priya", subject)
    assert not Wrap.objects.filter(record=subject.record_id, organisation=fairhaven.oakfield.pk).exists()


def test_to_share_and_not_to_share_are_both_written_down_with_their_reasons(fairhaven) -> None:
    subject = child(fairhaven, JONAH, fairhaven.oakfield)
    ask = {"record_id": subject.record_id, "by": fairhaven.actor("bell")}
    why = Purpose(Flow.POLICE_TO_SCHOOL, "incident 2026/4711", told=Told.NO_RISK, reasons="canary: he reads her post")
    decide_to_keep_back(to=fairhaven.ashdown.pk, purpose=why, at=NOW, **ask)
    decide_to_share(to=fairhaven.oakfield.pk, purpose=why, at=LATER, **ask)
    assert [outcome for outcome, *_ in outcomes(subject)] == ["kept-back", "sent"]
    with behind():
        assert set(Disclosure.objects.values_list("basis", flat=True)) == {"duty"}
    assert shown(fairhaven, "priya", subject).identity == JONAH
    lines = register_of(subject_id=subject.pk, by=fairhaven.actor("marcus"), at=LATER)
    assert [(line.outcome, line.to, line.reasons) for line in lines if line.reasons] == [
        ("Sent", "Oakfield Primary School", why.reasons),
        ("Decided not to share", "Ashdown Academy", why.reasons),
    ]
    with pytest.raises(Refused) as caught:
        decide_to_keep_back(to=fairhaven.ashdown.pk, purpose=Purpose(Flow.POLICE_TO_SCHOOL, "incident"), at=NOW, **ask)
    assert caught.value.advice == "Say why, in a sentence"


def test_a_basis_that_the_law_does_not_have_yet_is_refused(fairhaven, settings) -> None:
    settings.RECOGNISED_FROM = date(2027, 1, 1)
    subject = child(fairhaven)
    purpose = Purpose(Flow.AGENCY_TO_MASH, "case 17", basis="recognised-interests")
    with pytest.raises(Refused) as caught:
        open_subject(subject_id=subject.pk, purpose=purpose, by=fairhaven.actor("bell"), at=LATER)
    assert caught.value.reason is Reason.NOT_ASKABLE


def test_whoever_declares_an_interest_sees_it_no_more_and_cannot_undo_it(fairhaven) -> None:
    subject = sent(fairhaven, child(fairhaven, JONAH, fairhaven.oakfield), fairhaven.oakfield)
    declare_interest(subject_id=subject.pk, ground=Ground.RELATIVE, by=fairhaven.actor("priya"), at=NOW)
    with pytest.raises(Refused):
        shown(fairhaven, "priya", subject)
    assert shown(fairhaven, "dee", subject).identity == JONAH
    assert last_told()["about"].keys().isdisjoint({"person"})


def test_exclusions_are_seen_by_the_police_the_council_and_its_privacy_officer_but_not_by_the_excluded(fairhaven):
    subject = sent(fairhaven, child(fairhaven, JONAH, fairhaven.oakfield), fairhaven.oakfield)
    kept_from(fairhaven, subject, "tom")
    kept_from(fairhaven, subject, "lena")
    for who in ("bell", "peter", "marcus"):
        lines = exclusions_of(subject_id=subject.pk, by=fairhaven.actor(who), at=LATER)
        assert {line.person for line in lines} == {"Tom Whitlock", "Lena Fisk"}
    for who in ("lena", "tom", "priya", "grace", "dara", "nadia", "sam"):
        with pytest.raises(Refused):
            exclusions_of(subject_id=subject.pk, by=fairhaven.actor(who), at=LATER)


def test_everything_about_a_child_is_handed_over_with_what_is_of_others_marked(fairhaven) -> None:
    subject = sent(fairhaven, child(fairhaven, JONAH, fairhaven.oakfield), fairhaven.oakfield)
    link_siblings(one_id=subject.pk, other_id=child(fairhaven, ISLA).pk, by=fairhaven.actor("bell"), at=NOW)
    shown(fairhaven, "priya", subject)
    ask = {"subject_id": subject.pk, "reference": "request 2026/3", "by": fairhaven.actor("peter"), "at": LATER}
    with pytest.raises(Refused) as caught:
        everything_about(is_fresh=False, **ask)
    assert caught.value.reason is Reason.NOT_FRESH
    pieces = everything_about(is_fresh=True, **ask).as_plain()["pieces"]
    own = {(piece["about"], piece["words"]) for piece in pieces if not piece["is_of_others"]}
    assert {("Name", "Jonah Quayle"), ("Date of birth", "4 May 2016")} <= own
    of_others = " ".join(piece["words"] for piece in pieces if piece["is_of_others"])
    assert "Isla Quayle" in of_others
    assert "Priya Nair" in of_others
    assert not any("Priya" in words or "Isla" in words for _, words in own)
    assert "exported" in {outcome for outcome, *_ in outcomes(subject)}


def test_where_she_is_safe_is_handed_over_only_when_it_is_asked_for_by_itself(fairhaven) -> None:
    subject = child(fairhaven)
    give_safe_address(subject_id=subject.pk, address=SAFE, by=fairhaven.actor("bell"), at=NOW)
    ask = {"subject_id": subject.pk, "reference": "request 2026/3", "is_fresh": True, "at": LATER}
    assert SAFE not in str(everything_about(by=fairhaven.actor("peter"), **ask))
    (piece,) = addresses_about(by=fairhaven.actor("peter"), **ask).pieces
    assert (piece.about, piece.is_of_others) == ("Safe address", True)
    with behind():
        assert Disclosure.objects.filter(record__sort="address", outcome="exported").count() == 1
    for who in ("bell", "lena", "priya"):
        with pytest.raises(Refused):
            addresses_about(by=fairhaven.actor(who), **ask)


def test_a_cover_reads_what_the_school_was_sent_for_as_long_as_she_covers(fairhaven) -> None:
    subject = sent(fairhaven, child(fairhaven, JONAH, fairhaven.oakfield), fairhaven.oakfield)
    Cover.objects.create(
        post=fairhaven.priya.posts.get(), covered_by=fairhaven.grace, starts_on=TODAY, ends_on=TODAY + timedelta(days=1)
    )
    assert shown(fairhaven, "grace", subject).identity == JONAH
    later = fairhaven.actor("grace", on=TODAY + timedelta(days=1))
    with pytest.raises(Refused):
        open_subject(subject_id=subject.pk, purpose=PURPOSE, by=later, at=NOW + timedelta(days=1))


def test_a_record_has_one_key_and_its_readers_one_wrap_each(fairhaven) -> None:
    subject = sent(fairhaven, child(fairhaven, JONAH, fairhaven.oakfield), fairhaven.oakfield, fairhaven.oakfield)
    key = RecordKey.objects.get(record=subject.record_id)
    assert key.owner == fairhaven.police.pk
    wanted = {fairhaven.police.pk, fairhaven.council.pk, fairhaven.oakfield.pk}
    assert set(key.wraps.values_list("organisation", flat=True)) == wanted
