"""Finding the school that is meant, and who works there."""

import pytest

from haven.access.roles import Kind
from haven.notifications.queries.choosing import (
    areas_sent_to,
    home_area_of,
    schools_meant,
    schools_numbered,
    staff_called,
)
from haven.people.models import Area, Cover, Organisation, ServedArea, Status
from tests.cast import BEGAN, TODAY, Cast

pytestmark = pytest.mark.django_db


def school(cast: Cast, urn: int, name: str, *, area: Area | None = None, **more: str) -> Organisation:
    """One more school, in Fairhaven unless said otherwise."""
    made = Organisation.objects.create(kind=Kind.SCHOOL, urn=urn, name=name, **{"phase": "primary", **more})
    ServedArea.objects.create(organisation=made, area=area or cast.area, starts_on=BEGAN)
    return made


def meant(cast: Cast, words: str) -> list[tuple[int, bool]]:
    """The numbers of those that are shown, and which are look-alikes."""
    found = schools_meant(words=words, by=cast.actor("bell"), on=TODAY)
    return [(each.urn, each.is_look_alike) for each in found]


def test_a_school_is_found_by_number_name_town_or_postcode(cast: Cast) -> None:
    school(cast, 900101, "St Mary's Primary School", town="Harbourside", postcode="FH1 2AB")
    for words in ("900101", "Oakfield 900101", "st mary’s", "mary harbourside", "FH1", "primary harbourside"):
        assert meant(cast, words) == [(900101, False)]


def test_schools_whose_names_look_like_it_stand_below_it(cast: Cast) -> None:
    school(cast, 900101, "St Mary's C of E Primary School")
    school(cast, 900102, "Saint Marys Catholic Primary School")
    assert meant(cast, "900101") == [(900101, False), (900102, True)]
    assert meant(cast, "c of e") == [(900101, False), (900102, True)]


def test_schools_of_ones_own_areas_come_first_and_others_where_none_fits(cast: Cast) -> None:
    elsewhere = Area.objects.create(name="Northmoor", code="998")
    school(cast, 900201, "Holly Bank School", area=elsewhere)
    assert meant(cast, "holly") == [(900201, False)]
    school(cast, 900202, "Holly Tree School")
    assert meant(cast, "holly") == [(900202, False)]
    assert meant(cast, "900201") == [(900201, False)]


def test_closed_schools_and_other_organisations_are_never_found(cast: Cast) -> None:
    school(cast, 900101, "Gone School", status=Status.CLOSED)
    for words in ("900101", "gone", "police", "", " , "):
        assert meant(cast, words) == []
    assert schools_numbered(urns=[900101, 900002]).keys() == {900002}


def test_a_school_is_shown_as_whoever_sends_must_see_it(cast: Cast) -> None:
    school(cast, 900101, "St Mary's Primary School", town="Harbourside", postcode="FH1 2AB")
    assert schools_numbered(urns=[900101])[900101].in_words == "St Mary's Primary School, Harbourside, Primary, FH1 2AB"


def test_the_areas_are_those_for_which_one_sends(cast: Cast) -> None:
    Area.objects.create(name="Northmoor", code="998")
    assert list(areas_sent_to(by=cast.actor("bell"))) == [cast.area]
    assert list(areas_sent_to(by=cast.actor("priya"))) == []
    assert home_area_of(school=cast.oakfield.pk, on=TODAY) == cast.area.pk


def test_staff_are_found_by_their_whole_names_however_spelt(cast: Cast) -> None:
    def called(*names: str) -> list[str]:
        found = staff_called(names=names, schools=[cast.oakfield.pk], on=TODAY)
        return [each.name for each in found]

    assert called("PRIYA  NAIR") == called("Priya Nair") == ["Priya Nair"]
    assert called("Priya") == called("") == called("…") == called("Grace Adeyemi") == []
    Cover.objects.create(
        post=cast.priya.posts.get(), covered_by=cast.grace, starts_on=TODAY, ends_on=TODAY.replace(day=9)
    )
    assert called("Grace Adeyemi", "Tom Whitlock") == ["Grace Adeyemi", "Tom Whitlock"]
