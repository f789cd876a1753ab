"""Templates: made, copied, changed, released and given up; what is refused; and what the ledger says of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from haven.access.actor import HAVEN
from haven.access.decision import Reason, Refused
from haven.people.models import Area
from haven.questions import policy, services
from haven.questions.models import Step, Template, Version
from haven.questions.queries.drafting import documents_named, last_step, listing, steps_of, version_page
from haven.questions.queries.templates import templates
from haven.questions.services.templates import MOST_STEPS, Faulty
from tests.cast import NOW, Cast
from tests.people.seen import told
from tests.questions.making import drafted_template, released_copy
from tests.questions.template import content, released

pytestmark = pytest.mark.django_db
CAST = ("nobody", "sam", "priya", "tom", "grace", "marcus", "bell", "osei", "lena", "nadia")


@contextmanager
def _refusal(said: str) -> Iterator[pytest.ExceptionInfo[Refused]]:
    with pytest.raises(Refused) as refused:
        yield refused
    assert said in refused.value.advice


def _verbs() -> list[str]:
    return [entry["verb"] for entry in told()]


def _change(cast: Cast, draft: Version, *, seen: int | None = None, **changed: Any) -> Version:
    draft.refresh_from_db()
    now = dict(draft.content) | changed
    revision = draft.revision if seen is None else seen
    return services.change_draft(version_id=draft.pk, content=now, seen=revision, by=cast.actor("marcus"), at=NOW)


def test_a_template_is_begun_with_nothing_in_it_and_released_only_when_it_has_questions(cast: Cast) -> None:
    by = cast.actor("marcus")
    draft = services.make_template(area=cast.area, content=content(id="ours", parts=[]), by=by, at=NOW)
    with _refusal("“parts” must hold at least one"):
        services.release_version(version_id=draft.pk, by=by, at=NOW)
    _change(cast, draft, parts=content()["parts"])
    done = services.release_version(version_id=draft.pk, by=by, at=NOW)
    assert done.released_by == cast.marcus
    assert _verbs() == ["template.made", "template.changed", "template.released"]


def test_a_change_names_area_version_digest_and_revision_in_the_ledger(cast: Cast) -> None:
    draft = _change(cast, drafted_template(cast), title="Another")
    about = told()[-1]["about"]
    assert about["area"] == str(cast.area.pk)
    assert (about["digest"], about["revision"]) == (draft.digest, 2)
    assert Template.objects.get(pk=draft.template_id).title == "Another"


def test_the_same_content_again_changes_nothing(cast: Cast) -> None:
    draft = drafted_template(cast)
    before = _verbs()
    assert _change(cast, draft, seen=99).revision == 1
    assert _verbs() == before


def test_who_comes_second_is_told_by_whom_it_was_changed_and_nothing_is_lost(cast: Cast) -> None:
    draft = drafted_template(cast)
    _change(cast, draft, title="First")
    with _refusal("by Marcus Hale") as refused:
        _change(cast, draft, seen=1, title="Second")
    assert refused.value.reason is Reason.CHANGED_MEANWHILE
    assert Version.objects.get(pk=draft.pk).content["title"] == "First"


def test_a_bad_content_and_a_taken_label_are_refused(cast: Cast) -> None:
    own = released_copy(cast)
    by = cast.actor("marcus")
    draft = services.start_version(template_id=own.template_id, label="2027", by=by, at=NOW)
    with pytest.raises(Faulty):
        _change(cast, draft, use="quiz")
    with _refusal("Another version has this label"):
        _change(cast, draft, version="2026")
    with _refusal("It has a draft already"):
        services.start_version(template_id=own.template_id, label="2028", by=by, at=NOW)
    assert Version.objects.get(pk=draft.pk).revision == 1


def test_a_released_version_never_changes_and_is_released_once(cast: Cast) -> None:
    own, by = released_copy(cast), cast.actor("marcus")
    before = _verbs()
    assert services.release_version(version_id=own.pk, by=by, at=NOW).released_at == own.released_at
    with _refusal("in use, so it cannot be changed"):
        _change(cast, own, title="Another")
    with pytest.raises(Refused):
        services.discard_version(version_id=own.pk, by=by, at=NOW)
    assert _verbs() == before


def test_a_change_is_undone_and_so_is_the_undoing(cast: Cast) -> None:
    draft, by = drafted_template(cast), cast.actor("marcus")
    _change(cast, draft, parts=content()["parts"][:1])
    undone = services.step_back(version_id=draft.pk, revision=1, seen=2, by=by, at=NOW)
    assert len(undone.content["parts"]) == 2
    again = services.step_back(version_id=draft.pk, revision=2, seen=3, by=by, at=NOW)
    assert (len(again.content["parts"]), again.revision) == (1, 4)
    with _refusal("not kept any more"):
        services.step_back(version_id=draft.pk, revision=40, seen=4, by=by, at=NOW)
    past = last_step(again)
    assert past is not None
    assert past.undone == "2 questions taken out, section “Staying overnight” taken out"
    assert [each.step.revision for each in steps_of(again)] == [3, 2, 1]


def test_the_last_states_of_a_draft_are_kept_until_it_is_released(cast: Cast) -> None:
    draft = drafted_template(cast)
    for number in range(MOST_STEPS + 3):
        _change(cast, draft, title=f"Title {number}")
    assert Step.objects.count() == MOST_STEPS
    services.release_version(version_id=draft.pk, by=cast.actor("marcus"), at=NOW)
    assert Step.objects.count() == 0


def test_a_draft_that_is_discarded_takes_its_template_with_it_unless_it_has_versions(cast: Cast) -> None:
    by = cast.actor("marcus")
    _change(cast, drafted := drafted_template(cast), title="Another")
    services.discard_version(version_id=drafted.pk, by=by, at=NOW)
    assert not Template.objects.filter(area=cast.area).exists()
    own = released_copy(cast)
    draft = services.start_version(template_id=own.template_id, label="2027", by=by, at=NOW)
    services.discard_version(version_id=draft.pk, by=by, at=NOW)
    assert Template.objects.get(area=cast.area).versions.get() == own
    assert _verbs()[-1] == "template.draft_discarded"


def test_a_file_comes_in_as_a_template_as_its_draft_and_as_its_next_version(cast: Cast) -> None:
    by = cast.actor("marcus")

    def bring(**changed: Any) -> Version:
        return services.bring_in(area=cast.area, content=content(**changed), by=by, at=NOW)

    first = bring()
    assert bring(title="Otherwise").pk == first.pk
    assert first.steps.get().content["title"] == "A small audit"
    services.release_version(version_id=first.pk, by=by, at=NOW)
    with _refusal("has this label"):
        bring(title="Otherwise still")
    assert bring(version="2027").number == 2
    with pytest.raises(Faulty):
        bring(version="2028", parts=[])


def test_a_copy_keeps_the_keys_of_questions_and_knows_what_it_was_copied_from(cast: Cast) -> None:
    source = released()
    copy = drafted_template(cast, source)
    assert (copy.copied_from, list(copy.outline.questions)) == (source, list(source.outline.questions))
    with _refusal("Another of your templates has this name"):
        drafted_template(cast, source)


GRID: dict[str, tuple[Callable[[Cast, Any], Any], set[str]]] = {
    "keep templates of the area": (lambda cast, who: policy.may_keep(who, cast.area.pk), {"marcus"}),
    "see its template": (lambda cast, who: policy.may_see_template(who, Template.objects.get(key="ours")), {"marcus"}),
    "see a shipped one": (
        lambda cast, who: policy.may_see_template(who, Template.objects.get(key="small")),
        {"marcus"},
    ),
    "change its template": (
        lambda cast, who: policy.may_change_template(who, Template.objects.get(key="ours")),
        {"marcus"},
    ),
    "change a shipped one": (
        lambda cast, who: policy.may_change_template(who, Template.objects.get(key="small")),
        set(),
    ),
    "load a pack": (lambda cast, who: policy.may_load_pack(who), set()),
}


@pytest.mark.parametrize("what", GRID)
def test_who_may(cast: Cast, what: str) -> None:
    drafted_template(cast)
    rule, allowed = GRID[what]
    assert {name for name in CAST if rule(cast, cast.actor(name))} == allowed


@pytest.mark.parametrize("name", CAST)
def test_the_filter_gives_what_the_rule_allows(cast: Cast, name: str) -> None:
    drafted_template(cast)
    elsewhere = Area.objects.create(name="Elsewhere", code="998")
    Template.objects.create(area=elsewhere, key="theirs", title="Theirs", use="audit")
    who = cast.actor(name)
    allowed = {each for each in Template.objects.all() if policy.may_see_template(who, each)}
    assert set(templates(by=who)) == allowed
    listed = listing(by=who)
    assert {each.template for each in (*listed.own, *listed.shipped)} == allowed


def test_nobody_but_the_areas_leads_makes_anything(cast: Cast) -> None:
    draft = drafted_template(cast)
    before = _verbs()
    for name in ("priya", "nadia", "sam", "nobody"):
        by = cast.actor(name)
        assert version_page(version_id=draft.pk, by=by) is None
        steps: list[Callable[[], object]] = [
            lambda by=by: services.make_template(area=cast.area, content=content(id="x"), by=by, at=NOW),
            lambda by=by: services.bring_in(area=cast.area, content=content(id="x"), by=by, at=NOW),
            lambda by=by: services.change_draft(version_id=draft.pk, content=content(), seen=1, by=by, at=NOW),
            lambda by=by: services.step_back(version_id=draft.pk, revision=1, seen=1, by=by, at=NOW),
            lambda by=by: services.release_version(version_id=draft.pk, by=by, at=NOW),
            lambda by=by: services.discard_version(version_id=draft.pk, by=by, at=NOW),
        ]
        for step in steps:
            with pytest.raises(Refused):
                step()
    with pytest.raises(Refused):
        services.load_template(content=content(id="x"), area=None, by=cast.actor("marcus"), at=NOW)
    assert _verbs() == before


def test_the_guidance_that_questions_rest_on_is_offered_by_its_key(cast: Cast) -> None:
    parts = content()["parts"]
    law = [{"says": "Guidance, paragraph 3", "document": "some-guidance", "place": "3"}, {"says": "An Act"}]
    parts[0]["sections"][0]["questions"][0]["law"] = law
    released(parts=parts)
    assert documents_named(by=cast.actor("marcus")) == {"some-guidance": "Guidance, paragraph 3"}
    assert documents_named(by=cast.actor("priya")) == {}


def _twin(row: Any, **changed: Any) -> None:
    row.pk = None if isinstance(row, Step) else row.__class__._meta.pk.get_default()
    row._state.adding = True
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(force_insert=True)


BREAKS: dict[str, Callable[[Version], object]] = {
    "a_template_stands_once": lambda own: _twin(own.template),
    "a_version_of_a_template_stands_once": lambda own: _twin(own, label="2030"),
    "a_label_of_a_version_stands_once": lambda own: _twin(own, number=9),
    "a_template_has_one_draft": lambda own: [
        _twin(own, number=8, label="2031", released_at=None),
        _twin(own, number=9, label="2032", released_at=None),
    ],
    "a_version_has_its_digest": lambda own: Version.objects.filter(pk=own.pk).update(digest="none"),
    "a_step_of_a_draft_stands_once": lambda own: [
        Step.objects.create(version=own, revision=1, content={}, made_at=NOW) for _ in range(2)
    ],
}


@pytest.mark.parametrize("name", BREAKS)
def test_every_constraint_holds(cast: Cast, name: str) -> None:
    own = released_copy(cast)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BREAKS[name](own)


def test_a_shipped_template_stands_once_too() -> None:
    shipped = released()
    with pytest.raises(IntegrityError, match="a_template_stands_once"), transaction.atomic():
        _twin(shipped.template)


@pytest.mark.parametrize("step", ["change", "release", "discard", "bring", "load"])
def test_a_failing_ledger_undoes_the_change(cast: Cast, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    draft, by = drafted_template(cast), cast.actor("marcus")
    before = list(Version.objects.values_list("pk", "revision", "released_at").order_by("pk"))

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the ledger is full")

    monkeypatch.setattr("haven.questions.services.templates.record", fail)
    steps: dict[str, Callable[[], object]] = {
        "change": lambda: _change(cast, draft, title="Another"),
        "release": lambda: services.release_version(version_id=draft.pk, by=by, at=NOW),
        "discard": lambda: services.discard_version(version_id=draft.pk, by=by, at=NOW),
        "bring": lambda: services.bring_in(area=cast.area, content=content(id="x"), by=by, at=NOW),
        "load": lambda: services.load_template(content=content(id="x"), area=None, by=HAVEN, at=NOW),
    }
    with pytest.raises(RuntimeError):
        steps[step]()
    assert list(Version.objects.values_list("pk", "revision", "released_at").order_by("pk")) == before
    assert not Step.objects.exists()
