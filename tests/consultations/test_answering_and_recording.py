"""The area's own answers, and the record of what was sent: the changes, the refusals, the ledger."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from haven.access.decision import Reason, Refused
from haven.consultations import services
from haven.consultations.models import Answer, Notice, Question, Submission
from haven.consultations.rules.final import Way
from haven.consultations.rules.questions import Said
from haven.ledger.models import Detail
from tests.cast import TODAY, Cast
from tests.consultations.asked import LATER, answered, contributed, gathering, prepared, recorded

pytestmark = pytest.mark.django_db


def _refused(doing: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as caught:
        doing()
    return caught.value


def _write(cast: Cast, question: Question, said: Said, seen: int = 0, name: str = "marcus") -> Answer:
    return services.write_answer(question_id=question.pk, said=said, seen_version=seen, by=cast.actor(name), at=LATER)


def test_an_answer_is_written_written_anew_left_out_and_taken_up_again(cast: Cast) -> None:
    first = gathering(cast).questions.get(place=1)
    written = _write(cast, first, Said(choice="yes", words="Yes,\r\nsurely."))
    assert (written.choice, written.words, written.version) == ("yes", "Yes,\nsurely.", 1)
    assert _write(cast, first, Said(choice="yes", words="Yes,\nsurely.")).version == 1  # pressed twice
    assert _write(cast, first, Said(words="No."), seen=1).version == 2
    left = services.leave_out(question_id=first.pk, by=cast.actor("marcus"), at=LATER)
    assert (left.is_left_out, left.words, left.version) == (True, "", 3)
    assert services.leave_out(question_id=first.pk, by=cast.actor("marcus"), at=LATER).version == 3
    again = _write(cast, first, Said(words="After all."), seen=3)
    assert (again.is_left_out, again.version) == (False, 4)


def test_a_colleagues_answer_is_not_written_over_unseen(cast: Cast) -> None:
    first = gathering(cast).questions.get(place=1)
    _write(cast, first, Said(words="One."))
    assert _refused(lambda: _write(cast, first, Said(words="Two."))).reason is Reason.CHANGED_MEANWHILE
    assert Answer.objects.get().words == "One."


def test_an_empty_or_strange_answer_is_refused(cast: Cast) -> None:
    first = gathering(cast).questions.get(place=1)
    assert _refused(lambda: _write(cast, first, Said(words=" "))).reason is Reason.NOT_READY
    assert _refused(lambda: _write(cast, first, Said(choice="agree"))).reason is Reason.NOT_ASKABLE


@pytest.mark.parametrize("name", ["nobody", "sam", "priya", "bell", "lena", "nadia"])
def test_only_leads_answer_for_the_area(cast: Cast, name: str) -> None:
    first = gathering(cast).questions.get(place=1)
    assert _refused(lambda: _write(cast, first, Said(words="Mine."), name=name)).advice == ""


def test_what_was_sent_is_frozen_with_its_digest_in_the_ledger(cast: Cast) -> None:
    response = gathering(cast)
    contributed(cast, response)
    answered(cast, response)
    sent = recorded(cast, response, file=("receipt.txt", b"Received."))
    words = "1. Should every school keep a list?\n\nYes."
    assert (sent.text, sent.digest) == (words, hashlib.sha256(words.encode()).hexdigest())
    assert (sent.number, sent.reference, sent.file.name) == (1, "R-17", "receipt.txt")
    told = json.loads(Detail.objects.get(text__contains="consultation.sent").text)["about"]
    assert (told["digest"], told["way"], told["sent_on"]) == (sent.digest, "form", str(TODAY))
    assert list(Notice.objects.filter(kind="sent").values_list("contribution__organisation__name", flat=True)) == [
        "Oakfield Primary School"
    ]


def test_recording_twice_by_one_press_records_once_and_anew_keeps_both(cast: Cast) -> None:
    response, key = gathering(cast), uuid4()
    answered(cast, response)
    first = recorded(cast, response, key)
    assert recorded(cast, response, key) == first
    second = recorded(cast, response, text="What was really sent.", way=Way.POST)
    assert [each.pk for each in response.submissions.all()] == [second.pk, first.pk]


def test_once_it_is_sent_nobody_contributes_answers_or_reminds_any_more(cast: Cast) -> None:
    response = gathering(cast)
    answered(cast, response)
    recorded(cast, response)
    first = response.questions.get(place=1)
    doings: tuple[Callable[[], object], ...] = (
        lambda: contributed(cast, response),
        lambda: _write(cast, first, Said(words="More."), seen=1),
        lambda: services.leave_out(question_id=first.pk, by=cast.actor("marcus"), at=LATER),
        lambda: services.remind(response_id=response.pk, by=cast.actor("marcus"), at=LATER),
        lambda: services.move_closing(
            response_id=response.pk, closes_on=TODAY, why="No.", by=cast.actor("marcus"), at=LATER
        ),
    )
    assert {_refused(doing).reason for doing in doings} == {Reason.WRONG_STATE}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"sent_on": TODAY + timedelta(days=9)}, Reason.NOT_READY),
        ({"text": " \r\n"}, Reason.NOT_READY),
        ({"text": "x" * 200_001}, Reason.NOT_READY),
        ({"file": ("receipt.exe", b"MZ")}, Reason.UNFIT_FILE),
    ],
)
def test_a_record_that_cannot_be_is_refused(cast: Cast, changes: dict[str, object], reason: Reason) -> None:
    response = gathering(cast)
    answered(cast, response)
    assert _refused(lambda: recorded(cast, response, **changes)).reason is reason
    assert not Submission.objects.exists()


def test_every_question_is_answered_or_left_out_before_it_is_recorded(cast: Cast) -> None:
    response = gathering(cast)
    first, second, third = response.questions.all()
    _write(cast, first, Said(words="Yes."))
    services.leave_out(question_id=second.pk, by=cast.actor("marcus"), at=LATER)
    assert "question 3" in _refused(lambda: recorded(cast, response)).advice
    services.leave_out(question_id=third.pk, by=cast.actor("marcus"), at=LATER)
    assert recorded(cast, response).number == 1


def test_nothing_is_recorded_of_what_nobody_was_asked(cast: Cast) -> None:
    assert _refused(lambda: recorded(cast, prepared(cast))).reason is Reason.WRONG_STATE


def test_a_failing_ledger_undoes_therecorded(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    response = gathering(cast)
    answered(cast, response)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no ledger")

    monkeypatch.setattr("haven.consultations.services.recording.record", fail)
    with pytest.raises(RuntimeError):
        recorded(cast, response)
    assert not Submission.objects.exists()
