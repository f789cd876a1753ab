"""What a lead makes of a change: hers to say, said once, changed with its history, and lasting."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from haven.access.decision import Refused
from haven.changes import policy, services
from haven.changes.models import Comparison, Judgement
from haven.changes.queries import comparing
from haven.changes.queries.told import ChangeLine, Looked
from haven.changes.queries.waiting import unjudged_for
from haven.changes.rules.comparing import Judged, Verdict
from haven.guidance import policy as guidance_policy
from haven.guidance.models import Edition
from haven.ledger.models import Detail
from haven.people.models import Area
from tests.cast import NOW, Cast
from tests.changes.compared import LATER, compared
from tests.guidance.texts import document, edition, filled
from tests.people.seen import last_told

pytestmark = pytest.mark.django_db
Pair = tuple[Edition, Edition]
CAST = ("nobody", "sam", "priya", "tom", "grace", "marcus", "bell", "osei", "lena", "nadia")


@pytest.fixture
def pair(cast: Cast) -> Pair:
    """Two editions of one document."""
    return compared(cast)


def _lines(cast: Cast, pair: Pair, name: str = "marcus", **looked: object) -> list[ChangeLine]:
    by = cast.actor(name)
    page = comparing.comparison_page(old_id=pair[0].pk, new_id=pair[1].pk, by=by, looked=Looked(**looked))
    return list(page.lines)


def _judge(cast: Cast, pair: Pair, ref: str, verdict: Verdict, words: str = "", name: str = "marcus") -> Judgement:
    return services.judge_change(
        old_id=pair[0].pk,
        new_id=pair[1].pk,
        ref=ref,
        area_id=cast.area.pk,
        verdict=verdict,
        words=words,
        by=cast.actor(name),
        at=NOW,
    )


def test_a_lead_judges_a_change_and_the_page_says_so(cast: Cast, pair: Pair) -> None:
    ref = _lines(cast, pair)[0].ref
    _judge(cast, pair, ref, Verdict.NOTE, "Tell the heads.")
    judgement = _lines(cast, pair)[0].judgement
    assert judgement is not None
    assert (judgement.says, judgement.words, judgement.judged_by) == (Verdict.NOTE, "Tell the heads.", cast.marcus)
    assert (last_told()["verb"], last_told()["why"]) == ("changes.change_judged", "Tell the heads.")


def test_the_same_sent_twice_is_judged_once_and_recorded_once(cast: Cast, pair: Pair) -> None:
    ref = _lines(cast, pair)[0].ref
    first = _judge(cast, pair, ref, Verdict.ACTION, "Ask all schools.")
    entries = Detail.objects.count()
    assert _judge(cast, pair, ref, Verdict.ACTION, "  Ask all schools. ").pk == first.pk
    assert (Judgement.objects.count(), Detail.objects.count()) == (1, entries)


def test_a_changed_mind_keeps_its_history_in_the_ledger(cast: Cast, pair: Pair) -> None:
    ref = _lines(cast, pair)[0].ref
    _judge(cast, pair, ref, Verdict.ACTION, "Ask all schools.")
    _judge(cast, pair, ref, Verdict.NO_EFFECT, "They do this already.")
    told = last_told()
    assert (told["verb"], told["why"]) == ("changes.change_judged_anew", "They do this already.")
    assert (told["about"]["before"], told["about"]["verdict"]) == ("action", "no-effect")
    assert Judgement.objects.get().says is Verdict.NO_EFFECT


def test_a_judgement_stays_when_the_final_text_follows_the_one_for_information(cast: Cast, pair: Pair) -> None:
    strengthened = _lines(cast, pair)[0]
    _judge(cast, pair, strengthened.ref, Verdict.ACTION, "Ask all schools.")
    words = ("A new clause about the whole setting.", LATER[0], LATER[1].replace("'", "’"), *LATER[2:4])
    final = filled(cast, edition(cast, pair[0].document, "2026 (final)"), *words, name="final.txt")
    lines = {line.ref: line for line in _lines(cast, (pair[0], final))}
    judged = lines[strengthened.ref]
    assert judged.title != strengthened.title, "it stands under another number there"
    assert judged.judgement is not None
    assert judged.judgement.new == pair[1]
    assert [line.judgement for line in lines.values() if line.ref != strengthened.ref] == [None] * (len(lines) - 1)


def test_other_words_are_another_change(cast: Cast, pair: Pair) -> None:
    _judge(cast, pair, _lines(cast, pair)[0].ref, Verdict.NOTE)
    words = (LATER[0], LATER[1].replace("must", "shall"), *LATER[2:])
    final = filled(cast, edition(cast, pair[0].document, "2026 (final)"), *words, name="final.txt")
    assert _lines(cast, (pair[0], final))[0].judgement is None


@pytest.mark.parametrize("name", [each for each in CAST if each != "marcus"])
def test_nobody_else_judges_or_sees_what_was_judged(cast: Cast, pair: Pair, name: str) -> None:
    ref = _lines(cast, pair)[0].ref
    _judge(cast, pair, ref, Verdict.NOTE, "For us alone.")
    with pytest.raises(Refused):
        _judge(cast, pair, ref, Verdict.NO_EFFECT, name=name)
    assert not Judgement.objects.filter(policy.judgements_of(cast.actor(name))).exists()
    if guidance_policy.may_read(cast.actor(name), pair[0].document):
        assert [line.judgement for line in _lines(cast, pair, name)] == [None] * 3


def test_each_area_judges_national_guidance_for_itself(cast: Cast, national: Edition) -> None:
    old = filled(cast, national)
    new = Edition.objects.create(document=national.document, label="2026")
    filled(cast, new, *LATER, name="later.txt")
    new.refresh_from_db()
    pair = (old, new)
    ref = _lines(cast, pair)[0].ref
    _judge(cast, pair, ref, Verdict.NOTE)
    elsewhere = Area.objects.create(name="Elsewhere", code="998")
    marcus = cast.actor("marcus")
    other = replace(marcus, posts=tuple(replace(post, areas=frozenset({elsewhere.pk})) for post in marcus.posts))
    page = comparing.comparison_page(old_id=old.pk, new_id=new.pk, by=other, looked=Looked())
    assert (page.area, [line.judgement for line in page.lines]) == (elsewhere, [None] * 3)
    services.judge_change(
        old_id=old.pk, new_id=new.pk, ref=ref, area_id=elsewhere.pk, verdict=Verdict.ACTION, words="", by=other, at=NOW
    )
    assert {(each.area.name, each.verdict) for each in Judgement.objects.all()} == {
        (cast.area.name, "note"),
        ("Elsewhere", "action"),
    }


def test_the_own_document_of_an_area_is_judged_for_no_other(cast: Cast) -> None:
    made = document(cast)
    made.area = Area.objects.create(name="Elsewhere", code="998")
    assert not policy.may_judge(cast.actor("marcus"), made, cast.area.pk)
    assert not policy.may_judge(cast.actor("marcus"), made, made.area.pk)


def test_changes_are_narrowed_by_what_was_made_of_them(cast: Cast, pair: Pair) -> None:
    refs = [line.ref for line in _lines(cast, pair)]
    _judge(cast, pair, refs[0], Verdict.NOTE)
    _judge(cast, pair, refs[1], Verdict.ACTION)
    seen = {judged: [line.ref for line in _lines(cast, pair, judged=judged)] for judged in Judged}
    assert seen == {
        Judged.NOT_YET: refs[2:],
        Judged.ALREADY: refs[:2],
        Judged.NO_EFFECT: [],
        Judged.NOTE: refs[:1],
        Judged.ACTION: refs[1:2],
    }


def test_the_same_words_taken_out_twice_are_two_changes_judged_as_one(cast: Cast) -> None:
    words = ("Keep a record.", "A rule about the setting stands here.", "Keep a record.", "Another rule stands here.")
    old = filled(cast, edition(cast, document(cast)), *words, name="a.txt")
    pair = (old, filled(cast, edition(cast, old.document, "2026"), words[1], words[3], name="b.txt"))
    first, second = (line.ref for line in _lines(cast, pair))
    assert second == f"{first}-2"
    _judge(cast, pair, second, Verdict.NO_EFFECT)
    assert [line.judgement.says for line in _lines(cast, pair) if line.judgement] == [Verdict.NO_EFFECT] * 2


def test_a_change_that_is_not_there_is_not_judged(cast: Cast, pair: Pair) -> None:
    with pytest.raises(Edition.DoesNotExist):
        _judge(cast, pair, "0" * 16, Verdict.NOTE)


def test_a_failing_ledger_undoes_each_service(cast: Cast, pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    ref = _lines(cast, pair)[0].ref

    def fail(*_: object, **__: object) -> int:
        raise RuntimeError

    for module in ("comparing", "kept"):
        monkeypatch.setattr(f"haven.changes.services.{module}.record", fail)
    with pytest.raises(RuntimeError):
        services.keep_comparison(old_id=pair[0].pk, new_id=pair[1].pk, by=cast.actor("priya"), at=NOW)
    with pytest.raises(RuntimeError):
        _judge(cast, pair, ref, Verdict.NOTE)
    assert (Comparison.objects.count(), Judgement.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "name",
    [
        "two_editions_are_compared_once",
        "no_edition_is_compared_with_itself",
        "an_area_judges_a_change_once",
        "what_is_judged_has_words_on_one_side",
    ],
)
def test_the_database_refuses_what_a_constraint_forbids(cast: Cast, pair: Pair, name: str) -> None:
    services.keep_comparison(old_id=pair[0].pk, new_id=pair[1].pk, by=cast.actor("priya"), at=NOW)
    judgement = _judge(cast, pair, _lines(cast, pair)[0].ref, Verdict.NOTE)
    kept = Comparison.objects.get()
    breaks = {
        "two_editions_are_compared_once": lambda: _again(kept),
        "no_edition_is_compared_with_itself": lambda: Comparison.objects.update(old=pair[1]),
        "an_area_judges_a_change_once": lambda: _again(judgement),
        "what_is_judged_has_words_on_one_side": lambda: Judgement.objects.update(old_words="", new_words=""),
    }
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        breaks[name]()


def _again(row: Comparison | Judgement) -> None:
    row.pk = None
    row._state.adding = True
    type(row).objects.bulk_create([_fresh(row)])


def _fresh(row: Comparison | Judgement) -> Comparison | Judgement:
    values = {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields if not each.primary_key}
    return type(row)(**values)


def test_the_home_page_tells_a_lead_how_many_changes_wait_for_her(cast: Cast, pair: Pair) -> None:
    services.keep_comparison(old_id=pair[0].pk, new_id=pair[1].pk, by=cast.actor("marcus"), at=NOW)
    _judge(cast, pair, _lines(cast, pair)[0].ref, Verdict.NOTE)
    (line,) = unjudged_for(by=cast.actor("marcus"), at=NOW + timedelta(days=400), at_most=2)
    assert (line.left, line.all) == (2, 3)
    for each in _lines(cast, pair, judged=Judged.NOT_YET):
        _judge(cast, pair, each.ref, Verdict.NO_EFFECT)
    assert unjudged_for(by=cast.actor("marcus"), at=NOW, at_most=2) == ()


def test_a_comparison_that_nobody_begins_to_judge_is_told_of_for_a_while(cast: Cast, pair: Pair) -> None:
    services.keep_comparison(old_id=pair[0].pk, new_id=pair[1].pk, by=cast.actor("marcus"), at=NOW)
    at = {"soon": NOW + timedelta(days=59), "late": NOW + timedelta(days=61)}
    told = {when: len(unjudged_for(by=cast.actor("marcus"), at=moment, at_most=2)) for when, moment in at.items()}
    assert told == {"soon": 1, "late": 0}
    assert unjudged_for(by=cast.actor("priya"), at=NOW, at_most=2) == ()
