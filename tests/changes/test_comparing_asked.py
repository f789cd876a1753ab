"""A change that asks something becomes an action: once, with its words, and each leads to the other."""

import re
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from haven.access.decision import Refused
from haven.actions.models import Action, Assignment
from haven.actions.queries.audiences import asking_as
from haven.actions.rules import ALL_SCHOOLS, LONGEST_LABEL, WantedAction
from haven.changes import services
from haven.changes.models import Judgement
from haven.changes.queries.comparing import comparison_page
from haven.changes.queries.told import Looked
from haven.changes.rules.comparing import Verdict, address_of, source_of
from haven.engines.compare.changes import Change, ChangeKind
from haven.engines.compare.clauses import Clause
from haven.guidance.models import Edition
from tests.cast import NOW, Cast
from tests.changes.compared import LATER, compared
from tests.people.seen import last_told

pytestmark = pytest.mark.django_db
Place = dict[str, object]


@pytest.fixture
def place(cast: Cast) -> Place:
    """A change that was judged an action."""
    old, new = compared(cast)
    page = comparison_page(old_id=old.pk, new_id=new.pk, by=cast.actor("marcus"), looked=Looked())
    place: Place = {"old_id": old.pk, "new_id": new.pk, "ref": page.lines[0].ref}
    _judge(cast, place, Verdict.ACTION)
    return place


def _judge(cast: Cast, place: Place, verdict: Verdict) -> None:
    services.judge_change(
        **place, area_id=cast.area.pk, verdict=verdict, words="Change your policy.", by=cast.actor("marcus"), at=NOW
    )


def _wanted(cast: Cast) -> WantedAction:
    asked_by = asking_as(area=cast.area.pk, by=cast.actor("marcus"))
    return WantedAction(what="Change your policy", asked_by=asked_by, audience=(ALL_SCHOOLS,), key=uuid4())


def _ask(cast: Cast, place: Place, wanted: WantedAction, name: str = "marcus") -> Action:
    return services.ask_for_change(**place, area_id=cast.area.pk, wanted=wanted, by=cast.actor(name), at=NOW)


def test_the_action_quotes_the_clause_and_names_where_it_stands(cast: Cast, place: Place) -> None:
    forged = replace(_wanted(cast), quote="Other words", source_address="/elsewhere/")
    action = _ask(cast, place, forged)
    assert action.quote == LATER[1]
    assert action.source_label == "Fairhaven thresholds for help, 2026: Clause 2"
    assert action.source_address == address_of(*place.values())
    assert action.source_address == reverse("changes:change", kwargs=place)
    assert Judgement.objects.get().action == action
    assert last_told()["verb"] == "changes.change_acted_upon"


def test_the_same_form_sent_twice_asks_once(cast: Cast, place: Place) -> None:
    wanted = _wanted(cast)
    assert _ask(cast, place, wanted) == _ask(cast, place, wanted)
    assert Action.objects.count() == 1


def test_a_second_action_for_one_change_is_refused(cast: Cast, place: Place) -> None:
    _ask(cast, place, _wanted(cast))
    with pytest.raises(Refused) as refused:
        _ask(cast, place, _wanted(cast))
    assert refused.value.advice == "An action is asked for this change already."


def test_only_what_was_judged_an_action_is_asked(cast: Cast, place: Place) -> None:
    _judge(cast, place, Verdict.NOTE)
    with pytest.raises(Refused) as refused:
        _ask(cast, place, _wanted(cast))
    assert refused.value.advice == "Judge this change as an action first."
    Judgement.objects.all().delete()
    with pytest.raises(Judgement.DoesNotExist):
        _ask(cast, place, _wanted(cast))


@pytest.mark.parametrize("name", ["priya", "bell", "lena", "nadia", "sam"])
def test_nobody_but_a_lead_asks(cast: Cast, place: Place, name: str) -> None:
    with pytest.raises(Refused):
        _ask(cast, place, _wanted(cast), name)
    assert Action.objects.count() == 0


def test_a_failing_ledger_undoes_it(cast: Cast, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> int:
        raise RuntimeError

    monkeypatch.setattr("haven.changes.services.comparing.record", fail)
    with pytest.raises(RuntimeError):
        _ask(cast, place, _wanted(cast))
    assert (Action.objects.count(), Judgement.objects.filter(action__isnull=False).count()) == (0, 0)


def test_a_long_title_leaves_room_for_the_clause(cast: Cast) -> None:
    change = Change((ChangeKind.REMOVED,), (Clause("Words.", number="12"),), ())
    label = source_of("A very long title of a document " * 12, "2026 (for information)", change)
    assert len(label) <= LONGEST_LABEL
    assert label.endswith("2026 (for information): Clause 12, taken out")


def test_a_lead_asks_from_the_change_and_a_school_finds_its_way_back(cast: Cast, place: Place) -> None:
    Edition.objects.filter(pk=place["new_id"]).update(in_force_on=date(2026, 9, 1))
    with time_machine.travel(NOW, tick=True):
        client, change, ask = (
            cast.client("marcus"),
            reverse("changes:change", kwargs=place),
            reverse("changes:ask", kwargs=place),
        )
        assert f'href="{ask}?area={cast.area.pk}"' in client.get(change).content.decode()
        body = client.get(ask).content.decode()
        assert re.findall(r'name="due_on_\d"[^>]*value="(\d+)"', body) == ["1", "9", "2026"]
        assert 'value="Change your policy."' in body
        key = re.findall(r'name="key" value="([^"]+)"', body)[0]
        assert client.post(ask, {"key": key, "what": ""}).status_code == 422
        sent = {"key": key, "what": "Change your policy", "whom": "all-schools", "evidence": "file"}
        sent |= {"due_on_0": 1, "due_on_1": 9, "due_on_2": 2026}
        for _ in range(2):
            answer = client.post(ask, sent)
            assert answer.headers["Location"] == change
        action = Action.objects.get()
        assert (str(action.pk), action.due_on, action.evidence_asked) == (key, date(2026, 9, 1), "file")
        assert reverse("actions:asked", args=[key]) in client.get(change).content.decode()
        assert change in client.get(reverse("actions:asked", args=[key])).content.decode()
        priya = cast.client("priya")
        own = Assignment.objects.get(action=action, organisation=cast.oakfield)
        assert change in priya.get(reverse("actions:show", args=[own.pk])).content.decode()
        assert priya.get(change).status_code == 200
