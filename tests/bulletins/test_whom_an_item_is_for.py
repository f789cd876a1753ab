"""One item of a bulletin may be for some only of those whom the bulletin is for."""

from dataclasses import replace
from datetime import date

import pytest

from haven.access.decision import Refused
from haven.actions.models import Action
from haven.actions.rules import ALL_SCHOOLS, Reach, ReachKind
from haven.actions.services import raise_next_occurrences
from haven.bulletins import services
from haven.bulletins.models import Bulletin, Item
from haven.bulletins.rules.narrowing import narrowed
from haven.bulletins.rules.publishing import BulletinKind, Settings
from haven.engines.reading import items as found
from haven.people.models import Organisation
from haven.people.models.organisations import Phase
from tests.bulletins.notes import decided, draft, reading
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db

SECONDARY = (Reach(ReachKind.PHASE, "secondary"),)
SPECIAL = (Reach(ReachKind.PHASE, "special"),)


def _narrow(cast: Cast, item: Item, audience: tuple[Reach, ...]) -> None:
    services.edit_item(item_id=item.pk, facts=item.says, audience=audience, by=cast.actor("marcus"), at=NOW)


def _narrowed(cast: Cast, title: str, audience: tuple[Reach, ...]) -> Bulletin:
    """A draft, all accepted, of which the item of this name is for these alone."""
    bulletin = decided(cast)
    _narrow(cast, next(item for item in bulletin.items.all() if item.name == title), audience)
    return bulletin


def _publish(cast: Cast, bulletin: Bulletin) -> Bulletin:
    return services.publish(bulletin_id=bulletin.pk, by=cast.actor("marcus"), at=NOW)


def _set_up(cast: Cast, bulletin: Bulletin, *audience: Reach, is_public: bool = False) -> None:
    settings = Settings(title="Spring", kind=BulletinKind.ACTION, audience=audience, is_public=is_public)
    services.save_settings(bulletin_id=bulletin.pk, settings=settings, by=cast.actor("marcus"), at=NOW)


def _asked(what: str) -> set[str]:
    action = Action.objects.get(what=what)
    return set(action.assignments.values_list("organisation__name", flat=True))


def test_what_is_for_secondary_schools_is_asked_of_them_alone(cast: Cast) -> None:
    _publish(cast, _narrowed(cast, "Return your audit", SECONDARY))
    assert _asked("Return your audit") == {"Ashdown Academy"}
    assert _asked("Ask [contact withheld] before you ring [contact withheld]") == {
        "Ashdown Academy",
        "Oakfield Primary School",
    }


def test_it_stays_within_those_whom_the_bulletin_is_for(cast: Cast) -> None:
    bulletin = _narrowed(cast, "Return your audit", (ALL_SCHOOLS,))
    _set_up(cast, bulletin, Reach(ReachKind.ORGANISATION, str(cast.oakfield.pk)))
    _publish(cast, bulletin)
    assert _asked("Return your audit") == {"Oakfield Primary School"}
    assert (
        "of those, Oakfield Primary School only"
        in cast.client("marcus")
        .get(f"/actions/asked/{Action.objects.get(what='Return your audit').pk}/")
        .content.decode()
    )


def test_later_occurrences_stay_within_them_too(cast: Cast) -> None:
    bulletin = decided(cast)
    item = bulletin.items.get(number=1)
    facts = replace(item.says, recurs=found.Recurs.WEEKLY)
    by = cast.actor("marcus")
    services.edit_item(item_id=item.pk, facts=facts, audience=(ALL_SCHOOLS,), by=by, at=NOW)
    _set_up(cast, bulletin, Reach(ReachKind.ORGANISATION, str(cast.oakfield.pk)))
    _publish(cast, bulletin)
    assert raise_next_occurrences(by=by, at=NOW.replace(day=25)) > 0
    assert _asked("Return your audit") == {"Oakfield Primary School"}


def test_what_nobody_would_get_is_not_published(cast: Cast) -> None:
    bulletin = _narrowed(cast, "Return your audit", SECONDARY)
    _set_up(cast, bulletin, Reach(ReachKind.ORGANISATION, str(cast.oakfield.pk)))
    with pytest.raises(Refused) as refused:
        _publish(cast, bulletin)
    assert refused.value.advice.startswith("Nobody would get item 1, “Return your audit”. It is only for secondary")


def test_special_schools_are_told_by_their_type(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.oakfield.pk).update(phase="", school_type="Community special school")
    _publish(cast, _narrowed(cast, "Return your audit", SPECIAL))
    assert _asked("Return your audit") == {"Oakfield Primary School"}
    pages = {name: cast.client(name).get(f"/bulletins/{Bulletin.objects.get().pk}/") for name in ("priya", "grace")}
    assert "Only for special schools" in pages["priya"].content.decode()
    assert "What it says to them is not asked of you: special schools" in pages["grace"].content.decode()


def test_a_school_that_it_is_not_for_reads_only_that_there_is_something_for_others(cast: Cast) -> None:
    bulletin = _publish(cast, _narrowed(cast, "DSL forum", SECONDARY))
    mine, theirs = (cast.client(name).get(f"/bulletins/{bulletin.pk}/").content.decode() for name in ("priya", "grace"))
    assert "Dates</h2>" not in mine
    assert "not asked of you: secondary schools" in mine
    assert "DSL forum. Only for secondary schools" in theirs
    on_calendar = {
        name: "DSL forum" in cast.client(name).get("/bulletins/events/?past=1").content.decode()
        for name in ("priya", "grace", "marcus", "lena")
    }
    assert on_calendar == {"priya": False, "grace": True, "marcus": True, "lena": True}


def test_a_public_page_says_for_whom_each_item_is(cast: Cast) -> None:
    bulletin = _narrowed(cast, "DSL forum", SECONDARY)
    _set_up(cast, bulletin, ALL_SCHOOLS, is_public=True)
    _publish(cast, bulletin)
    assert (
        "DSL forum. Only for secondary schools" in cast.client("nobody").get(f"/public/{bulletin.pk}/").content.decode()
    )


def test_an_internal_contact_reaches_only_those_whom_it_is_for(cast: Cast) -> None:
    bulletin = decided(cast)
    item = bulletin.items.get(number=3)
    facts = replace(item.says, marking=found.Marking.INTERNAL)
    services.edit_item(item_id=item.pk, facts=facts, audience=SECONDARY, by=cast.actor("marcus"), at=NOW)
    _publish(cast, bulletin)
    pages = {name: cast.client(name).get(f"/bulletins/{bulletin.pk}/").content.decode() for name in ("priya", "grace")}
    assert "Harry Quill" in pages["grace"]
    assert "Quill" not in pages["priya"]


def test_a_published_item_is_narrowed_and_those_it_is_no_longer_for_are_told(cast: Cast) -> None:
    bulletin = _publish(cast, decided(cast))
    item = bulletin.items.get(number=1)
    client = cast.client("marcus")
    typed = {
        "what": item.name,
        "evidence": "none",
        "whom": "some",
        "phases": ["secondary"],
        "why": "Primaries are done.",
    }
    assert client.post(f"/bulletins/items/{item.pk}/edit/", typed).status_code == 302
    action = Action.objects.get(what="Return your audit")
    assert dict(action.assignments.values_list("organisation__name", "state")) == {
        "Ashdown Academy": "open",
        "Oakfield Primary School": "withdrawn",
    }
    assert bulletin.versions.get().was["audience"] == []


def test_a_published_item_is_not_narrowed_to_nobody(cast: Cast) -> None:
    item = _publish(cast, decided(cast)).items.get(number=1)
    client = cast.client("marcus")
    typed = {"what": item.name, "evidence": "none", "whom": "some", "phases": ["middle"], "why": "For them only."}
    answer = client.post(f"/bulletins/items/{item.pk}/edit/", typed)
    assert answer.status_code == 422
    assert "Nobody would get item 1" in answer.content.decode()
    item.refresh_from_db()
    assert item.audience_of_its_own == ()


def test_the_words_propose_whom_it_is_for_and_it_is_looked_at_first(cast: Cast) -> None:
    text = "Secondary schools only: please return your audit by 20 March 2026."
    ask = found.Action(start=0, end=len(text), quote=text, confidence=0.99, what="Return your audit")
    note = replace(reading(), text=text, items=(ask,))
    bulletin = services.add_reading(area=cast.area, reading=note, by=cast.actor("marcus"), at=NOW)
    item = bulletin.items.get()
    assert item.audience_of_its_own == SECONDARY
    client = cast.client("marcus")
    page = client.get(f"/bulletins/{bulletin.pk}/check/").content.decode()
    assert "To look at first: 1" in page
    assert "The note says “Secondary schools”, so it goes to them alone unless you say otherwise." in page
    form = client.get(f"/bulletins/items/{item.pk}/edit/").content.decode()
    assert '<details class="govuk-details" id="whom" open>' in form
    typed = {"what": "Return your audit", "evidence": "none", "whom": "bulletin"}
    client.post(f"/bulletins/items/{item.pk}/edit/", typed)
    item.refresh_from_db()
    assert (item.audience_of_its_own, item.narrowed_by) == ((), "")


def test_a_wish_for_some_names_them(cast: Cast) -> None:
    item = draft(cast).items.get(number=1)
    typed = {"what": "Return your audit", "evidence": "none", "whom": "some"}
    answer = cast.client("marcus").post(f"/bulletins/items/{item.pk}/edit/", typed)
    assert answer.status_code == 422
    assert "Choose at least one cluster, phase, school or organisation" in answer.content.decode()


def test_strangers_to_the_area_are_refused(cast: Cast) -> None:
    item = draft(cast).items.get(number=1)
    with pytest.raises(Refused, match="not for this area"):
        _narrow(cast, item, (Reach(ReachKind.ORGANISATION, str(item.pk)),))


def test_both_parts_of_a_split_item_are_for_the_same(cast: Cast) -> None:
    item = draft(cast).items.get(number=1)
    _narrow(cast, item, SECONDARY)
    parts = services.split_item(item_id=item.pk, second_begins=20, by=cast.actor("marcus"), at=NOW)
    assert [part.audience_of_its_own for part in parts] == [SECONDARY, SECONDARY]


def test_two_items_for_different_schools_are_joined_to_be_looked_at(cast: Cast) -> None:
    bulletin, by = draft(cast), cast.actor("marcus")
    first, last = bulletin.items.filter(kind="action")
    _narrow(cast, first, SECONDARY)
    joined = services.join_items(item_id=first.pk, other_id=last.pk, by=by, at=NOW)
    assert joined.audience_of_its_own == ()
    assert joined.why_unsure == "The two were for different schools, so say for whom this is."


def test_two_items_for_the_same_schools_stay_for_them_when_joined(cast: Cast) -> None:
    bulletin, by = draft(cast), cast.actor("marcus")
    first, last = bulletin.items.filter(kind="action")
    _narrow(cast, first, SECONDARY)
    _narrow(cast, last, SECONDARY)
    assert services.join_items(item_id=first.pk, other_id=last.pk, by=by, at=NOW).audience_of_its_own == SECONDARY


@pytest.mark.parametrize(
    ("quote", "phases"),
    [
        ("Secondary schools only: return the audit.", ("secondary",)),
        ("Return the audit (SECONDARY SCHOOLS ONLY).", ("secondary",)),
        ("Return the audit. This is for primary and secondary schools.", ("primary", "secondary")),
        ("Primaries: check your gates.", ("primary",)),
        ("All special schools must send their list.", ("special",)),
        ("Early years settings should complete the form.", ("nursery",)),
        ("DSLs in junior schools to attend.", ("primary",)),
        ("Every primary school returns the form.", ("primary",)),
        ("Secondaries and sixth form colleges, please confirm.", ("secondary", "16-plus")),
        ("Send the transfer file to secondary schools by Friday.", ()),
        ("We are keenest to hear from primary schools.", ()),
        ("All schools, including special schools, return the form.", ()),
        ("The form is not for special schools.", ()),
        ("Special schools are exempt.", ()),
        ("Work with primaries and secondaries on transition.", ()),
        ("Oakfield Primary School returns the form.", ()),
        ("Primary Schools Forum meets on 3 May.", ()),
    ],
)
def test_for_which_schools_the_words_plainly_are(quote: str, phases: tuple[str, ...]) -> None:
    said = narrowed(quote, ())
    assert (said.phases if said else ()) == phases
    assert set(phases) <= {*Phase.values, "special"}


def test_whom_the_reader_found_asked_counts_like_the_words() -> None:
    said = narrowed("Return the form.", ("DSLs", "secondary schools"))
    assert said is not None
    assert (said.phases, said.words) == (("secondary",), "secondary schools")


def test_the_note_names_its_own_day_whatever_it_is_for(cast: Cast) -> None:
    assert draft(cast).note.noted_on == date(2026, 3, 1)
