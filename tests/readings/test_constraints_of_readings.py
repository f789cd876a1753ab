"""Every constraint of the tables, broken once; every service undone by a failing ledger."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from haven.access.actor import HAVEN
from haven.guidance.models import Edition
from haven.readings import services
from haven.readings.models import Bookmark, Matrix, Part, Prompt, Reader, Replacement, Round, Signature
from haven.readings.rules.kinds import NewReader
from haven.readings.rules.moving import Choice
from haven.readings.rules.signing import Way
from haven.readings.services.matrices import ReadBy
from tests.cast import NOW, TODAY, Cast
from tests.guidance.texts import document
from tests.readings.rounds import DIRECT, DUE, INDIRECT, first, guide, matrix, part, second, sent, signed_part, staff

pytestmark = pytest.mark.django_db
MODELS = (Bookmark, Matrix, Part, Prompt, Reader, Replacement, Round, Signature)


class Made:
    """A round with a reader of each sort and a signature."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        (self.jo,) = staff(cast)
        self.document = guide(cast)
        self.round = sent(cast, first(cast, self.document))
        self.part = part(self.round, "part 1")
        self.signature = signed_part(cast, self.part, "tom")
        self.tom = self.signature.reader
        self.short = part(self.round, "annex a")


def _update(model: type, **values: object) -> Callable[[Made], object]:
    return lambda _: model._default_manager.update(**values)  # type: ignore[attr-defined]


def _twice(row: Callable[[Made], object], **values: object) -> Callable[[Made], object]:
    def make(made: Made) -> None:
        model, given = row(made)  # type: ignore[misc]
        for _ in range(2):
            model.objects.create(**given | values)

    return make


BREAKS: dict[str, Callable[[Made], object]] = {
    "a_school_has_one_matrix_for_an_edition": _twice(
        lambda m: (
            Matrix,
            {"organisation": m.cast.ashdown, "edition": m.round.matrix.edition, "set_at": NOW, "set_by": m.cast.tom},
        )
    ),
    "no_matrix_is_moved_from_itself": lambda m: Matrix.objects.update(moved_from=m.round.matrix_id),
    "a_part_stands_once_in_a_matrix": _update(Part, key="x"),
    "a_part_to_read_has_its_name": lambda m: Part.objects.filter(pk=m.part.pk).update(name=""),
    "a_part_with_text_says_where_it_stands": _update(Part, until=None),
    "a_part_is_replaced_once": _twice(
        lambda m: (Replacement, {"matrix": m.round.matrix, "key": "x", "name": "X", "why": "Because."})
    ),
    "a_duty_that_ends_says_why": lambda m: Replacement.objects.create(matrix=m.round.matrix, key="x", name="X"),
    "a_person_reads_once_in_a_school": _twice(
        lambda m: (
            Reader,
            {"organisation": m.cast.oakfield, "person": m.cast.sam, "starts_on": TODAY, "added_at": NOW},
        )
    ),
    "a_reader_has_an_account_or_a_name": lambda m: Reader.objects.filter(pk=m.jo.pk).update(name=""),
    "a_reader_without_an_account_is_of_a_kind": lambda m: Reader.objects.filter(pk=m.jo.pk).update(kinds=[]),
    "only_who_left_is_forgotten": lambda m: Reader.objects.filter(pk=m.jo.pk).update(forgotten_at=NOW),
    "a_document_is_read_in_one_round_at_a_time": _twice(
        lambda m: (
            Round,
            {
                "organisation": m.cast.ashdown,
                "document": m.document,
                "matrix": m.round.matrix,
                "due_on": DUE,
                "sent_at": NOW,
                "sent_by": m.cast.tom,
            },
        )
    ),
    "a_round_that_ended_says_how_far_it_came": _update(Round, ended_at=NOW),
    "the_same_words_are_signed_once": _twice(
        lambda m: (
            Signature,
            {
                "reader": m.jo,
                "edition": m.round.matrix.edition,
                "part_key": "x",
                "part_name": "X",
                "way": "paper",
                "signed_on": TODAY,
                "recorded_at": NOW,
                "recorded_by": m.cast.tom,
            },
        )
    ),
    "a_signature_taken_back_says_why": _update(Signature, taken_back_at=NOW),
    "a_reader_is_at_one_place_in_a_part": _twice(
        lambda m: (
            Bookmark,
            {"reader": m.jo, "edition": m.round.matrix.edition, "part_key": "x", "place": 1, "kept_at": NOW},
        )
    ),
}


@pytest.mark.parametrize("name", list(BREAKS))
def test_the_database_refuses_what_a_constraint_forbids(cast: Cast, name: str) -> None:
    made = Made(cast)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BREAKS[name](made)


def test_every_constraint_is_broken_once() -> None:
    assert {each.name for model in MODELS for each in model._meta.constraints} == set(BREAKS)


def _by(made: Made) -> dict[str, object]:
    return {"by": made.cast.actor("priya"), "at": NOW + timedelta(days=2)}


UNDONE: dict[str, Callable[[Made], object]] = {
    "matrices.set_matrix": lambda m: matrix(m.cast, m.round.matrix.edition),
    "matrices.move_matrix": lambda m: services.move_matrix(
        school_id=m.cast.oakfield.pk,
        edition_id=Edition.objects.get(label="2026").pk,
        choices={"annex a": Choice("part 1"), "annex b": Choice("annex a")},
        added={},
        decided_on=None,
        **_by(m),  # type: ignore[arg-type]
    ),
    "readers.add_readers": lambda m: services.add_readers(
        school_id=m.cast.oakfield.pk, readers=[NewReader("A", "B", frozenset({DIRECT}))], **_by(m)
    ),
    "readers.amend_reader": lambda m: services.amend_reader(
        school_id=m.cast.oakfield.pk, who=m.jo.pk, kinds=[DIRECT], **_by(m)
    ),
    "readers.let_reader_go": lambda m: services.let_reader_go(school_id=m.cast.oakfield.pk, who=m.jo.pk, **_by(m)),
    "readers.join_account": lambda m: services.join_account(
        school_id=m.cast.oakfield.pk, who=m.jo.pk, person=m.cast.tom.pk, **_by(m)
    ),
    "rounds.send_round": lambda m: services.send_round(
        matrix_id=Matrix.objects.get(edition__label="other").pk, due_on=DUE, words="", **_by(m)
    ),
    "rounds.amend_round": lambda m: services.amend_round(
        round_id=m.round.pk, due_on=DUE + timedelta(days=1), words="", **_by(m)
    ),
    "rounds.end_round": lambda m: services.end_round(round_id=m.round.pk, **_by(m)),
    "rounds.remind": lambda m: services.remind(round_id=m.round.pk, **_by(m)),
    "signing.sign": lambda m: services.sign(
        part_id=m.part.pk, way=Way.HAVEN, by=m.cast.actor("priya"), at=NOW + timedelta(days=1)
    ),
    "signing.record_on_paper": lambda m: services.record_on_paper(
        round_id=m.round.pk, who=m.jo.pk, part_ids=[m.short.pk], signed_on=TODAY, how="", **_by(m)
    ),
    "signing.record_sheet": lambda m: services.record_sheet(
        round_id=m.round.pk, part_id=m.short.pk, people=frozenset({m.jo.pk}), signed_on=TODAY, how="", **_by(m)
    ),
    "signing.take_back": lambda m: services.take_back(signature_id=m.signature.pk, why="No.", **_by(m)),
    "telling.send_prompts": lambda m: services.send_prompts(by=HAVEN, at=NOW),
    "telling.remind_of_due": lambda m: services.remind_of_due(by=HAVEN, at=NOW + timedelta(days=29)),
}


@pytest.mark.parametrize("name", list(UNDONE))
def test_a_failing_ledger_undoes_each_service(cast: Cast, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    made = Made(cast)
    second(cast, made.document)
    other = Edition.objects.create(document=document(cast, title="Another guide"), label="other")
    services.set_matrix(
        school_id=cast.oakfield.pk,
        edition_id=other.pk,
        rows=[ReadBy("Part one", frozenset({INDIRECT, DIRECT}))],
        decided_on=None,
        by=cast.actor("priya"),
        at=NOW,
    )
    before = _everything()

    def fail(*_: object, **__: object) -> int:
        raise RuntimeError

    module = f"haven.readings.services.{name.split('.')[0]}"
    for verb in ("record", "record_all"):
        monkeypatch.setattr(f"{module}.{verb}", fail, raising=False)
    with pytest.raises(RuntimeError):
        UNDONE[name](made)
    assert _everything() == before


def _everything() -> list[list[dict[str, object]]]:
    return [sorted(model.objects.values(), key=str) for model in MODELS]
