"""From a draft that is out for consultation to what each organisation says: the changes, the refusals, the ledger."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from haven.access.actor import HAVEN
from haven.access.decision import Reason, Refused
from haven.actions.services import save_draft
from haven.consultations import services
from haven.consultations.models import Contribution, Notice, Question, Response
from haven.consultations.rules.questions import QuestionKind, Said, WantedQuestion
from haven.consultations.services.contributing import MEANWHILE
from haven.consultations.services.questioning import SAID_ALREADY
from haven.guidance import services as guidance
from haven.guidance.models import Edition
from haven.ledger.models import Detail
from haven.people.models import Area
from tests.cast import NOW, TODAY, Cast
from tests.consultations.asked import (
    CLOSES,
    LATER,
    OURS,
    QUESTIONS,
    contributed,
    draft,
    gathering,
    part_of,
    prepared,
    questioned,
    redated,
    whom,
    wish,
)

pytestmark = pytest.mark.django_db


def _told(verb: str) -> list[dict[str, object]]:
    details = [json.loads(text) for text in Detail.objects.order_by("pk").values_list("text", flat=True)]
    return [each for each in details if each["verb"] == verb]


def _refused(doing: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as caught:
        doing()
    return caught.value


def test_a_lead_prepares_a_response_and_pressing_twice_prepares_one(cast: Cast) -> None:
    edition = draft(cast)
    first, second = prepared(cast, edition), prepared(cast, edition)
    assert first == second == Response.objects.get()
    assert (first.closes_on, first.known_closes_on, first.note) == (OURS, CLOSES, "Look at page 3.")
    assert first.reaches == whom(cast, "police")
    assert len(_told("consultation.prepared")) == 1
    assert not Contribution.objects.exists()


def test_national_guidance_can_be_responded_to(cast: Cast, national: Edition) -> None:
    Edition.objects.filter(pk=national.pk).update(issued_on=None, in_force_on=None, opens_on=TODAY, closes_on=CLOSES)
    national.refresh_from_db()
    assert prepared(cast, national).area == cast.area


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"closes_on": TODAY - timedelta(days=1)}, Reason.NOT_READY),
        ({"closes_on": CLOSES + timedelta(days=1)}, Reason.NOT_READY),
        ({"audience": ()}, Reason.NOT_ASKABLE),
    ],
)
def test_a_response_needs_a_day_and_somebody_to_ask(cast: Cast, changes: dict[str, object], reason: Reason) -> None:
    wanted, edition = replace(wish(cast), **changes), draft(cast)
    refused = _refused(
        lambda: services.prepare_response(
            area=cast.area, edition_id=edition.pk, wanted=wanted, by=cast.actor("marcus"), at=NOW
        )
    )
    assert refused.reason is reason
    assert refused.advice
    assert not Response.objects.exists()


def test_the_partnership_alone_is_nobody_to_ask(cast: Cast) -> None:
    wanted = replace(wish(cast), audience=whom(cast, "partnership")[1:])
    edition = draft(cast)
    refused = _refused(
        lambda: services.prepare_response(
            area=cast.area, edition_id=edition.pk, wanted=wanted, by=cast.actor("marcus"), at=NOW
        )
    )
    assert refused.reason is Reason.NOT_ASKABLE


@pytest.mark.parametrize("name", ["nobody", "sam", "priya", "bell", "lena", "nadia"])
def test_nobody_else_prepares_one(cast: Cast, name: str) -> None:
    edition = draft(cast)
    refused = _refused(
        lambda: services.prepare_response(
            area=cast.area, edition_id=edition.pk, wanted=wish(cast), by=cast.actor(name), at=NOW
        )
    )
    assert refused.advice == ""


def test_what_is_over_or_was_never_consulted_on_is_not_responded_to(cast: Cast) -> None:
    over = draft(cast, opens_on=TODAY - timedelta(days=30), closes_on=TODAY - timedelta(days=1))
    assert _refused(lambda: prepared(cast, over)).reason is Reason.WRONG_STATE
    never = draft(cast, title="In force", in_force_on=TODAY)
    with pytest.raises(Edition.DoesNotExist):
        prepared(cast, never)


def test_another_areas_own_document_is_not_responded_to(cast: Cast) -> None:
    edition = draft(cast)
    edition.document.area = Area.objects.create(name="Elsewhere", code="998")
    edition.document.save()
    assert _refused(lambda: prepared(cast, edition)).reason is Reason.NOT_THE_AREA


def test_questions_are_set_changed_put_in_order_and_taken_out(cast: Cast) -> None:
    response = prepared(cast)
    first, second, third = questioned(cast, response)
    again = (
        WantedQuestion(id=third.pk, number="1", words="What else?", kind=QuestionKind.FREE),
        WantedQuestion(id=first.pk, number="2", words=first.words, kind=QuestionKind.AGREE),
        WantedQuestion(number="3", words="A new one"),
    )
    services.set_questions(response_id=response.pk, questions=again, by=cast.actor("marcus"), at=NOW)
    rows = list(Question.objects.values_list("place", "words", "kind"))
    assert rows == [(1, "What else?", "free"), (2, first.words, "agree"), (3, "A new one", "free")]
    assert not Question.objects.filter(pk=second.pk).exists()
    assert len(_told("consultation.questions_set")) == 2


def test_inviting_asks_each_organisation_once(cast: Cast) -> None:
    response = gathering(cast)
    services.invite(response_id=response.pk, by=cast.actor("marcus"), at=LATER)
    asked = set(response.contributions.values_list("organisation__name", flat=True))
    assert asked == {"Oakfield Primary School", "Ashdown Academy", "Fairhaven Police"}
    assert Notice.objects.filter(kind=Notice.Kind.INVITED).count() == 3
    told = _told("consultation.invited")
    assert [each["about"]["invited"] for each in told] == [3]


def test_nobody_is_invited_without_a_question_after_the_day_or_to_what_was_withdrawn(cast: Cast) -> None:
    response = prepared(cast)

    def invite(at: object = NOW) -> object:
        return services.invite(response_id=response.pk, by=cast.actor("marcus"), at=at)

    assert _refused(invite).reason is Reason.NOT_READY
    questioned(cast, response)
    assert _refused(lambda: invite(NOW + timedelta(days=31))).reason is Reason.NOT_READY
    guidance.withdraw_edition(
        edition_id=response.edition_id, on=TODAY, why="A new draft comes.", by=cast.actor("marcus"), at=NOW
    )
    assert _refused(invite).reason is Reason.WRONG_STATE
    assert not Contribution.objects.exists()


def test_changing_whom_one_asks_invites_the_new_and_lets_those_go_who_said_nothing(cast: Cast) -> None:
    response = gathering(cast)
    contributed(cast, response, "bell", "police")
    narrower = replace(wish(cast), audience=whom(cast, "health")[1:], note="Page 4.")
    services.amend_response(response_id=response.pk, wanted=narrower, by=cast.actor("marcus"), at=LATER)
    assert set(response.contributions.values_list("organisation__name", flat=True)) == {
        "Fairhaven Police",  # has contributed: nothing is lost
        "Fairhaven Community Health",
    }
    response.refresh_from_db()
    assert (response.note, response.closes_on) == ("Page 4.", OURS)
    assert (
        _told("consultation.amended")[0]["about"] | {"invited": 1, "no_longer": 2}
        == _told("consultation.amended")[0]["about"]
    )


def test_a_response_is_discarded_before_anybody_is_asked_and_not_afterwards(cast: Cast) -> None:
    response = prepared(cast)
    questioned(cast, response)
    services.discard_response(response_id=response.pk, by=cast.actor("marcus"), at=NOW)
    assert not Response.objects.exists()
    assert len(_told("consultation.discarded")) == 1
    asked = gathering(cast, draft(cast, title="Another"))
    refused = _refused(lambda: services.discard_response(response_id=asked.pk, by=cast.actor("marcus"), at=NOW))
    assert refused.reason is Reason.WRONG_STATE


def test_a_school_says_its_view_once_and_changes_it(cast: Cast) -> None:
    response = gathering(cast)
    part = contributed(cast, response, "priya")
    assert (part.version, part.sent_at) == (1, LATER)
    changed = contributed(cast, response, "tom", words="A list helps, if it is short.")
    assert changed.version == 2
    said = [(each.wording.number, each.words) for each in _replies(part)]
    assert said == [(1, "A list helps us."), (2, "A list helps, if it is short.")]
    assert [each["about"]["version"] for each in _told("consultation.contributed")] == [1, 2]


def test_the_same_words_pressed_twice_are_sent_once(cast: Cast) -> None:
    response = gathering(cast)
    contributed(cast, response, words="One line.\r\nTwo.")
    part = part_of(cast, response)
    first = response.questions.get(place=1)
    again = services.contribute(
        contribution_id=part.pk,
        said={first.pk: Said(choice="yes", words="One line.\nTwo. ")},
        seen_version=0,
        by=cast.actor("priya"),
        at=LATER,
    )
    assert again.version == 1
    assert part.wordings.count() == 1


def test_two_of_one_school_at_once_lose_nothing(cast: Cast) -> None:
    response = gathering(cast)
    contributed(cast, response, "priya")
    part, first = part_of(cast, response), response.questions.get(place=1)

    def send(seen: int) -> Contribution:
        return services.contribute(
            contribution_id=part.pk,
            said={first.pk: Said(choice="no", words="Tom writes.")},
            seen_version=seen,
            by=cast.actor("tom"),
            at=LATER,
        )

    refused = _refused(lambda: send(0))
    assert (refused.reason, refused.advice) == (Reason.CHANGED_MEANWHILE, MEANWHILE)
    assert part.wordings.count() == 1
    assert send(1).version == 2
    assert [each.sent_by.name for each in part.wordings.all()] == ["Priya Nair", "Tom Whitlock"]


def test_sending_forgets_what_was_being_typed(cast: Cast) -> None:
    response = gathering(cast)
    part = part_of(cast, response)
    place = f"contribute/{part.pk}"
    save_draft(place=place, fields={"seen": "0"}, by=cast.actor("priya"), at=NOW)
    contributed(cast, response)
    assert not cast.priya.drafts.exists()


@pytest.mark.parametrize("name", ["nobody", "sam", "grace", "marcus", "osei", "lena", "nadia"])
def test_nobody_speaks_for_another_organisation(cast: Cast, name: str) -> None:
    response = gathering(cast)
    assert _refused(lambda: contributed(cast, response, name)).advice == ""


def test_nothing_and_what_does_not_fit_are_not_sent(cast: Cast) -> None:
    response, other = gathering(cast), gathering(cast, draft(cast, title="Another"))
    part, strange = part_of(cast, response), other.questions.get(place=1)
    first = response.questions.get(place=1)
    for said, reason in (
        ({first.pk: Said(words="  ")}, Reason.NOT_READY),
        ({first.pk: Said(choice="agree")}, Reason.NOT_ASKABLE),
        ({strange.pk: Said(choice="yes")}, Reason.NOT_ASKABLE),
    ):
        refused = _refused(
            lambda said=said: services.contribute(
                contribution_id=part.pk, said=said, seen_version=0, by=cast.actor("priya"), at=LATER
            )
        )
        assert refused.reason is reason


def test_what_comes_late_is_refused_with_a_kind_line_and_taken_once_the_date_is_moved(cast: Cast) -> None:
    response, late = gathering(cast), NOW + timedelta(days=31)
    refused = _refused(lambda: contributed(cast, response, at=late))
    assert refused.reason is Reason.WRONG_STATE
    assert "Thank you for your view. It came after 1 April 2026, when Fairhaven closed its gathering" in refused.advice
    services.move_closing(
        response_id=response.pk, closes_on=CLOSES, why="Some asked for more time.", by=cast.actor("marcus"), at=late
    )
    assert contributed(cast, response, at=late).version == 1
    moved = response.moved.get()
    assert (moved.was_on, moved.now_on, moved.why) == (OURS, CLOSES, "Some asked for more time.")
    assert _told("consultation.closing_moved")[0]["why"] == "Some asked for more time."
    assert Notice.objects.filter(kind=Notice.Kind.MOVED).count() == 3


@pytest.mark.parametrize(
    ("closes_on", "why"), [(CLOSES + timedelta(days=1), "More."), (TODAY - timedelta(days=1), "Less."), (CLOSES, " ")]
)
def test_a_date_is_moved_within_bounds_and_with_a_reason(cast: Cast, closes_on: object, why: str) -> None:
    response = gathering(cast)
    refused = _refused(
        lambda: services.move_closing(
            response_id=response.pk, closes_on=closes_on, why=why, by=cast.actor("marcus"), at=NOW
        )
    )
    assert refused.reason is Reason.NOT_READY


def test_an_earlier_date_of_the_consultation_closes_ours_too(cast: Cast) -> None:
    edition = draft(cast)
    response = gathering(cast, edition)
    redated(cast, edition, closes_on=TODAY + timedelta(days=5))
    _refused(lambda: contributed(cast, response, at=NOW + timedelta(days=6)))
    response.refresh_from_db()
    assert response.has_slipped
    services.move_closing(
        response_id=response.pk,
        closes_on=TODAY + timedelta(days=5),
        why="The department did.",
        by=cast.actor("marcus"),
        at=NOW,
    )
    response = Response.objects.get()
    assert not response.has_slipped


def test_keeping_our_date_though_the_consultations_moved_leaves_no_history(cast: Cast) -> None:
    edition = draft(cast)
    response = gathering(cast, edition)
    redated(cast, edition, closes_on=CLOSES + timedelta(days=9))
    services.move_closing(response_id=response.pk, closes_on=OURS, why="Ours stays.", by=cast.actor("marcus"), at=NOW)
    assert not response.moved.exists()
    assert not Response.objects.get().has_slipped


def test_a_draft_that_is_withdrawn_takes_no_view_any_more(cast: Cast) -> None:
    response = gathering(cast)
    guidance.withdraw_edition(
        edition_id=response.edition_id, on=TODAY, why="A new draft comes.", by=cast.actor("marcus"), at=NOW
    )
    refused = _refused(lambda: contributed(cast, response))
    assert "withdrawn" in refused.advice


def test_questions_stay_once_somebody_has_contributed(cast: Cast) -> None:
    response = gathering(cast)
    contributed(cast, response)
    refused = _refused(
        lambda: services.set_questions(response_id=response.pk, questions=QUESTIONS, by=cast.actor("marcus"), at=LATER)
    )
    assert refused.advice == SAID_ALREADY


def test_haven_keeps_no_response_of_its_own(cast: Cast) -> None:
    response = prepared(cast)
    assert _refused(lambda: services.invite(response_id=response.pk, by=HAVEN, at=NOW)).advice == ""


def _replies(part: Contribution) -> list[object]:
    return [reply for wording in part.wordings.all() for reply in wording.replies.all()]
