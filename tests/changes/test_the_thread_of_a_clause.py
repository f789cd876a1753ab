"""From a clause to everything that hangs on it, and back; the same words in another edition hold the same thread."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from haven.access.decision import Refused
from haven.actions.models import Action, Assignment
from haven.actions.queries.audiences import asking_as
from haven.actions.rules import ALL_SCHOOLS, WantedAction
from haven.changes import services
from haven.changes.models import AskedClause
from haven.changes.queries.comparing import comparison_page
from haven.changes.queries.strands import actions_on, judgements_on
from haven.changes.queries.told import Looked
from haven.changes.rules.comparing import Verdict
from haven.guidance.models import Edition, digest_of
from haven.guidance.queries.clauses import ClausePage, clause_page
from tests.cast import NOW, TODAY, Cast
from tests.changes.compared import LATER, compared
from tests.guidance.texts import edition, filled
from tests.people.seen import last_told

pytestmark = pytest.mark.django_db
UNCHANGED, REWORDED = 3, 4  # places of the first and of the second clause, after cover and heading
Pair = tuple[Edition, Edition]


@pytest.fixture
def pair(cast: Cast) -> Pair:
    """Two editions of one document."""
    return compared(cast)


def _wanted(cast: Cast, **facts: object) -> WantedAction:
    asked_by = asking_as(area=cast.area.pk, by=cast.actor("marcus"))
    plain: dict[str, object] = {"what": "Name your lead", "due_on": date(2026, 3, 20), "key": uuid4()}
    return WantedAction(asked_by=asked_by, audience=(ALL_SCHOOLS,), **(plain | facts))


def _ask(cast: Cast, edition: Edition, place: int, wanted: WantedAction, name: str = "marcus") -> Action:
    return services.ask_for_clause(
        edition_id=edition.pk, place=place, area_id=cast.area.pk, wanted=wanted, by=cast.actor(name), at=NOW
    )


def _judged(cast: Cast, pair: Pair, verdict: Verdict, words: str = "Tell the staff.") -> str:
    """The strengthened clause, judged; its name."""
    page = comparison_page(old_id=pair[0].pk, new_id=pair[1].pk, by=cast.actor("marcus"), looked=Looked())
    named = {"old_id": pair[0].pk, "new_id": pair[1].pk, "ref": page.lines[0].ref}
    services.judge_change(**named, area_id=cast.area.pk, verdict=verdict, words=words, by=cast.actor("marcus"), at=NOW)
    return page.lines[0].ref


def _page(cast: Cast, edition: Edition, place: int, name: str = "marcus") -> ClausePage:
    return clause_page(edition_id=edition.pk, place=place, by=cast.actor(name), on=TODAY)


def _strands(page: ClausePage) -> list[tuple[str, str, str]]:
    return [(kind.name, each.title, each.beside) for kind in page.kinds for each in kind.strands]


def test_an_action_asked_for_a_clause_quotes_it_and_each_leads_to_the_other(cast: Cast, pair: Pair) -> None:
    action = _ask(cast, pair[0], UNCHANGED, _wanted(cast))
    assert (action.quote, action.source_label) == (LATER[0], "Fairhaven thresholds for help, 2025: Clause 1")
    assert action.source_address == reverse("guidance:thread", args=[pair[0].pk, UNCHANGED])
    assert last_told()["verb"] == "changes.clause_acted_upon"
    page = _page(cast, pair[0], UNCHANGED)
    assert _strands(page) == [("Action", "Name your lead", "0 of 2 done, due 20 March 2026")]
    assert page.kinds[0].strands[0].address == reverse("actions:asked", args=[action.pk])


def test_a_school_is_led_to_its_own_list_and_never_to_anothers(cast: Cast, pair: Pair) -> None:
    action = _ask(cast, pair[0], UNCHANGED, _wanted(cast))
    own = Assignment.objects.get(action=action, organisation=cast.oakfield)
    (kind,) = _page(cast, pair[0], UNCHANGED, "priya").kinds
    assert [each.address for each in kind.strands] == [reverse("actions:show", args=[own.pk])]
    assert kind.strands[0].beside == "To do, due 20 March 2026"
    assert _page(cast, pair[0], UNCHANGED, "osei").kinds == ()


def test_the_thread_follows_the_words_into_another_edition_and_ends_where_they_are_gone(cast: Cast, pair: Pair) -> None:
    _ask(cast, pair[0], UNCHANGED, _wanted(cast))
    _ask(cast, pair[0], REWORDED, _wanted(cast, what="Ask the child"))
    assert [title for _, title, _ in _strands(_page(cast, pair[1], UNCHANGED))] == ["Name your lead"]
    assert _strands(_page(cast, pair[1], REWORDED)) == []
    (there,) = _page(cast, pair[0], UNCHANGED).others
    (gone,) = _page(cast, pair[0], REWORDED).others
    assert (there.label, there.place, there.called) == ("2026", UNCHANGED, "Clause 1")
    assert (gone.label, gone.place) == ("2026", None)


def test_a_judged_change_hangs_on_the_words_of_both_editions_for_the_lead_alone(cast: Cast, pair: Pair) -> None:
    _judged(cast, pair, Verdict.NOTE)
    told = [("Judgement", "Tell the staff.", "Judged 2 March 2026")]
    assert _strands(_page(cast, pair[0], REWORDED)) == _strands(_page(cast, pair[1], REWORDED)) == told
    assert _strands(_page(cast, pair[1], REWORDED, "priya")) == []


def test_a_change_without_effect_leaves_nothing_on_its_clause(cast: Cast, pair: Pair) -> None:
    _judged(cast, pair, Verdict.NO_EFFECT)
    assert _strands(_page(cast, pair[1], REWORDED)) == []


def test_an_action_asked_for_a_change_hangs_there_instead_of_its_judgement(cast: Cast, pair: Pair) -> None:
    ref = _judged(cast, pair, Verdict.ACTION)
    services.ask_for_change(
        old_id=pair[0].pk,
        new_id=pair[1].pk,
        ref=ref,
        area_id=cast.area.pk,
        wanted=_wanted(cast, what="Change your policy"),
        by=cast.actor("marcus"),
        at=NOW,
    )
    assert [kind for kind, _, _ in _strands(_page(cast, pair[1], REWORDED))] == ["Action"]


def test_the_same_form_sent_twice_asks_once(cast: Cast, pair: Pair) -> None:
    wanted = _wanted(cast)
    assert _ask(cast, pair[0], UNCHANGED, wanted) == _ask(cast, pair[0], UNCHANGED, wanted)
    assert (Action.objects.count(), AskedClause.objects.count()) == (1, 1)


@pytest.mark.parametrize("name", ["nobody", "sam", "priya", "tom", "grace", "bell", "osei", "lena", "nadia"])
def test_nobody_but_the_lead_asks_for_a_clause(cast: Cast, pair: Pair, name: str) -> None:
    with pytest.raises(Refused):
        _ask(cast, pair[0], UNCHANGED, _wanted(cast), name)
    assert not Action.objects.exists()


def test_a_failing_ledger_undoes_it(cast: Cast, pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr("haven.changes.services.comparing.record", fail)
    with pytest.raises(OSError):
        _ask(cast, pair[0], UNCHANGED, _wanted(cast))
    assert not Action.objects.exists()
    assert not AskedClause.objects.exists()


def test_each_kind_is_one_query_however_many_clauses(
    cast: Cast, pair: Pair, django_assert_max_num_queries: object
) -> None:
    for place in range(UNCHANGED, UNCHANGED + 4):
        _ask(cast, pair[0], place, _wanted(cast))
    words = [digest_of(clause) for clause in pair[0].clauses.all()]
    by = cast.actor("marcus")
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        assert len(actions_on(pair[0].document, words, by, TODAY)) == 4
        judgements_on(pair[0].document, words, by, TODAY)


def test_the_text_of_an_edition_says_what_hangs_on_which_clause(cast: Cast, pair: Pair) -> None:
    _ask(cast, pair[0], UNCHANGED, _wanted(cast))
    shown = cast.client("marcus").get(reverse("guidance:edition", args=[pair[0].pk])).content.decode()
    address = reverse("guidance:thread", args=[pair[0].pk, UNCHANGED])
    assert f'<a class="govuk-link" href="{address}">1 action<span class="govuk-visually-hidden"> on Clause 1' in shown


def test_the_lead_asks_from_the_page_of_the_clause(cast: Cast, pair: Pair) -> None:
    client = cast.client("marcus")
    thread, ask = (reverse(name, args=[pair[0].pk, UNCHANGED]) for name in ("guidance:thread", "changes:ask-clause"))
    assert ask in client.get(thread).content.decode()
    due = TODAY + timedelta(days=400)
    sent = {
        "key": str(uuid4()),
        "what": "Name your lead",
        "whom": "all-schools",
        "due_on_0": due.day,
        "due_on_1": due.month,
        "due_on_2": due.year,
        "evidence": "none",
    }
    answer = client.post(ask, sent)
    assert (answer.status_code, answer["Location"]) == (302, thread)
    assert Action.objects.get().what == "Name your lead"
    assert client.post(ask, sent | {"what": ""}).status_code == 422


def test_a_clause_that_is_not_there_has_no_page(cast: Cast, pair: Pair) -> None:
    client = cast.client("marcus")
    for name in ("guidance:thread", "changes:ask-clause"):
        assert client.get(reverse(name, args=[pair[0].pk, 99])).status_code == 404


def test_a_change_shows_what_rests_on_the_words_it_touches(cast: Cast, pair: Pair) -> None:
    action = _ask(cast, pair[0], REWORDED, _wanted(cast, what="Ask the child"))
    shown = cast.client("marcus").get(reverse("changes:comparison", args=[pair[0].pk, pair[1].pk])).content.decode()
    assert (
        f'Action: <a class="govuk-link" href="{reverse("actions:asked", args=[action.pk])}">Ask the child</a>' in shown
    )


def test_what_was_asked_for_the_change_itself_is_not_said_twice(cast: Cast, pair: Pair) -> None:
    ref = _judged(cast, pair, Verdict.ACTION)
    place = {"old_id": pair[0].pk, "new_id": pair[1].pk, "ref": ref}
    services.ask_for_change(
        **place, area_id=cast.area.pk, wanted=_wanted(cast, what="Change it"), by=cast.actor("marcus"), at=NOW
    )
    shown = cast.client("marcus").get(reverse("changes:change", kwargs=place)).content.decode()
    assert shown.count("Change it") == 1


def test_a_clause_leads_to_the_change_by_which_it_came_to_be(cast: Cast, pair: Pair) -> None:
    client, editions = cast.client("priya"), [pair[0].pk, pair[1].pk]
    page = comparison_page(old_id=pair[0].pk, new_id=pair[1].pk, by=cast.actor("priya"), looked=Looked())
    for each in pair:
        answer = client.get(reverse("changes:change-of-clause", args=[*editions, each.pk, REWORDED]))
        assert answer["Location"] == reverse("changes:change", args=[*editions, page.lines[0].ref])
    unchanged = client.get(reverse("changes:change-of-clause", args=[*editions, pair[1].pk, UNCHANGED]))
    assert unchanged["Location"] == reverse("changes:comparison", args=editions)


def test_a_clause_of_a_third_edition_leads_nowhere(cast: Cast, pair: Pair) -> None:
    third = filled(cast, edition(cast, pair[0].document, "2027"), *LATER[:2], name="third.txt")
    address = reverse("changes:change-of-clause", args=[pair[0].pk, pair[1].pk, third.pk, UNCHANGED])
    assert cast.client("priya").get(address).status_code == 404
