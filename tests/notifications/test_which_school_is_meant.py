"""Schools that look like another, and schools that do not teach a child's age."""

from dataclasses import dataclass

import pytest

from haven.notifications.rules.phases import look_alikes, teaches


@dataclass(frozen=True)
class Named:
    """A school's number, name and town."""

    urn: int
    name: str
    town: str


ST_MARYS = Named(900101, "St Mary's Church of England Primary School", "Fairhaven")
OTHERS = [
    Named(900102, "Saint Marys Catholic Primary School", "Fairhaven"),
    Named(900103, "St Mary’s High School", "Northmoor"),
    Named(900104, "St Michael's Primary School", "Fairhaven"),
    Named(900105, "Oakfield Primary School", "Fairhaven"),
    Named(900106, "The Primary School", "Fairhaven"),
]


def test_names_that_are_spelt_or_called_a_little_differently_look_alike() -> None:
    assert {each.urn for each in look_alikes(ST_MARYS, [ST_MARYS, *OTHERS])} == {900102, 900103}


def test_a_school_alone_of_its_name_has_none() -> None:
    assert look_alikes(OTHERS[3], [ST_MARYS, *OTHERS[:3]]) == []


def test_a_name_of_common_words_alone_is_compared_whole() -> None:
    assert [each.urn for each in look_alikes(OTHERS[4], [ST_MARYS, *OTHERS])] == []
    assert [each.urn for each in look_alikes(OTHERS[4], [Named(900107, "Primary School, The", "Ashdown")])] == [900107]


@pytest.mark.parametrize(
    ("phase", "age", "is_taught"),
    [
        ("primary", 4, True),
        ("primary", 11, True),
        ("primary", 12, False),
        ("primary", 3, False),
        ("secondary", 11, True),
        ("secondary", 9, False),
        ("16-plus", 15, False),
        ("all-through", 4, True),
        ("", 4, True),
    ],
)
def test_a_phase_teaches_its_ages_and_an_unknown_one_any(phase: str, age: int, is_taught: bool) -> None:
    assert teaches(phase, age) is is_taught
