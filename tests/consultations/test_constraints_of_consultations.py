"""Every constraint of the tables, broken once; every service undone by a failing ledger."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from haven.access.actor import HAVEN
from haven.consultations import services
from haven.consultations.models import (
    Answer,
    Audience,
    Contribution,
    Moved,
    Notice,
    Question,
    Reply,
    Response,
    Submission,
    Wording,
)
from haven.consultations.rules.questions import Said
from tests.cast import NOW, TODAY, Cast
from tests.consultations.asked import (
    LATER,
    OURS,
    QUESTIONS,
    answered,
    contributed,
    draft,
    gathering,
    part_of,
    prepared,
    recorded,
    wish,
)

pytestmark = pytest.mark.django_db


def _again(model: type, **changes: object) -> Callable[[Response], object]:
    """Another row like the first, but for what is changed."""

    def make(_: Response) -> object:
        row = model.objects.first()
        row.pk = uuid4() if "uuid" in type(row._meta.pk).__name__.lower() else None
        row._state.adding = True
        for name, value in changes.items():
            setattr(row, name, value)
        return row.save(force_insert=True)

    return make


def _set(model: type, **values: object) -> Callable[[Response], object]:
    return lambda _: model.objects.filter(pk=model.objects.first().pk).update(**values)


BREAKS: dict[str, Callable[[Response], object]] = {
    "an_area_responds_once_to_a_consultation": _again(Response),
    "an_invitation_to_contribute_says_by_whom": _set(Response, invited_by=None),
    "a_responses_audience_names_what_its_kind_says": _set(Audience, kind="phase"),
    "a_responses_audience_names_nothing_twice": _again(Audience),
    "a_moved_closing_date_says_why": _set(Moved, why=""),
    "a_place_among_questions_is_taken_once": _again(Question),
    "a_question_has_its_words": _set(Question, words=""),
    "an_answer_says_something_or_is_left_out": _set(Answer, is_left_out=True),
    "an_organisation_contributes_once": _again(Contribution),
    "a_contribution_that_was_sent_says_when": _set(Contribution, version=1, sent_at=None),
    "a_wording_of_a_contribution_stands_once": _again(Wording),
    "a_wording_replies_once_to_a_question": _again(Reply),
    "a_reply_says_something": _set(Reply, choice="", words=""),
    "a_record_of_what_was_sent_stands_once": _again(Submission),
    "what_was_sent_has_its_words_and_digest": _set(Submission, digest="0"),
    "haven_gives_notice_once_for_a_day": lambda response: [
        Notice.objects.create(area=response.area, edition=response.edition, kind="soon", due_on=TODAY, made_at=NOW)
        for _ in range(2)
    ],
    "a_notice_is_for_an_organisation_or_for_an_areas_leads": _set(Notice, contribution=None),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_database_refuses_what_must_not_be(cast: Cast, name: str) -> None:
    response = gathering(cast)
    services.move_closing(
        response_id=response.pk, closes_on=TODAY + timedelta(days=35), why="More.", by=cast.actor("marcus"), at=NOW
    )
    contributed(cast, response)
    answered(cast, response)
    recorded(cast, response)
    with pytest.raises(IntegrityError, match=name):
        _break(name, response)


@transaction.atomic
def _break(name: str, response: Response) -> None:
    BREAKS[name](response)
    connection.check_constraints()  # those that wait for the end of the transaction


def test_every_constraint_is_broken_here() -> None:
    models = (Response, Audience, Moved, Question, Answer, Contribution, Wording, Reply, Submission, Notice)
    assert {each.name for model in models for each in model._meta.constraints} == set(BREAKS)


DEEDS: dict[str, Callable[[Cast, Response, Response], object]] = {
    "preparing.prepare_response": lambda cast, _, __: prepared(cast, draft(cast, title="A third")),
    "preparing.amend_response": lambda cast, one, _: services.amend_response(
        response_id=one.pk, wanted=wish(cast, "health"), by=cast.actor("marcus"), at=LATER
    ),
    "preparing.invite": lambda cast, _, new: services.invite(response_id=new.pk, by=cast.actor("marcus"), at=LATER),
    "preparing.discard_response": lambda cast, _, new: services.discard_response(
        response_id=new.pk, by=cast.actor("marcus"), at=LATER
    ),
    "questioning.set_questions": lambda cast, one, _: services.set_questions(
        response_id=one.pk, questions=QUESTIONS[:1], by=cast.actor("marcus"), at=LATER
    ),
    "closing.move_closing": lambda cast, one, _: services.move_closing(
        response_id=one.pk, closes_on=OURS + timedelta(days=1), why="More.", by=cast.actor("marcus"), at=LATER
    ),
    "contributing.contribute": lambda cast, one, _: contributed(cast, one),
    "answering.write_answer": lambda cast, one, _: services.write_answer(
        question_id=one.questions.first().pk,
        said=Said(words="Yes."),
        seen_version=0,
        by=cast.actor("marcus"),
        at=LATER,
    ),
    "answering.leave_out": lambda cast, one, _: services.leave_out(
        question_id=one.questions.first().pk, by=cast.actor("marcus"), at=LATER
    ),
    "telling.remind": lambda cast, one, _: services.remind(response_id=one.pk, by=cast.actor("marcus"), at=LATER),
    "telling.give_notice": lambda *_: services.give_notice(by=HAVEN, at=NOW + timedelta(days=28)),
    "telling.send_notices": lambda *_: services.send_notices(by=HAVEN, at=LATER),
}


def _everything() -> list[object]:
    models = (Response, Audience, Moved, Question, Answer, Contribution, Wording, Reply, Submission, Notice)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("name", DEEDS)
def test_a_failing_ledger_undoes_what_was_done(cast: Cast, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one, new = gathering(cast), prepared(cast, draft(cast, title="Another"))
    services.set_questions(response_id=new.pk, questions=QUESTIONS, by=cast.actor("marcus"), at=NOW)
    assert part_of(cast, one).version == 0
    before = _everything()

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no ledger")

    monkeypatch.setattr(f"haven.consultations.services.{name.split('.')[0]}.record", fail)
    with pytest.raises(RuntimeError, match="no ledger"):
        DEEDS[name](cast, one, new)
    assert _everything() == before
