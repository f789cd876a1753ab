"""The register, row by row."""

import csv
from datetime import date

import pytest

from benchmarks.register_extract import extract, school
from haven.people.rules.register import BadRow, Link, RegisteredSchool, read_links, read_schools


def read(text: str) -> list[RegisteredSchool]:
    return list(read_schools(csv.reader(text.splitlines(), strict=True)))


def only(**said: str) -> RegisteredSchool:
    return read(extract([school(100001, **said)]))[0]


@pytest.mark.parametrize("width", [24, 133, 135, 139, 140])
def test_a_row_is_read_whatever_the_vintage(width: int) -> None:
    found = read(extract([school(100001)], width=width))
    assert [(s.urn, s.name, s.phase, s.area_code, s.town) for s in found] == [
        (100001, "Oakfield Primary School", "primary", "901", "Fairhaven")
    ]


@pytest.mark.parametrize(
    ("word", "phase"),
    [
        ("Nursery", "nursery"),
        ("Middle deemed primary", "middle"),
        ("Middle deemed secondary", "middle"),
        ("16 plus", "16-plus"),
        ("All through", "all-through"),
        ("All-through", "all-through"),
        ("Not applicable", ""),
        ("", ""),
    ],
)
def test_phases_are_read_in_the_registers_words(word: str, phase: str) -> None:
    assert only(**{"PhaseOfEducation (name)": word}).phase == phase


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Open", "open"),
        ("Open, but proposed to close", "closing"),
        ("Proposed to open", "proposed"),
        ("Closed", "closed"),
    ],
)
def test_statuses_are_read_in_the_registers_words(word: str, status: str) -> None:
    assert only(**{"EstablishmentStatus (name)": word}).status == status


@pytest.mark.parametrize("written", ["01-09-2011", "01/09/2011", "1/9/2011"])
def test_dates_are_read_with_hyphens_or_strokes(written: str) -> None:
    assert only(OpenDate=written).opened_on == date(2011, 9, 1)


def test_a_trust_is_read_with_its_number() -> None:
    found = only(**{"Trusts (code)": "5711", "Trusts (name)": "FAIRHAVEN LEARNING TRUST"})
    assert (found.trust_number, found.trust_name) == (5711, "FAIRHAVEN LEARNING TRUST")


def test_optional_columns_may_be_missing() -> None:
    left_out = ["OpenDate", "CloseDate", "Trusts (code)", "Trusts (name)", "SchoolWebsite"]
    found = read(extract([school(100001)], leave_out=left_out))[0]
    assert (found.opened_on, found.trust_number, found.website) == (None, None, "")


def test_the_order_of_columns_does_not_matter() -> None:
    lines = [row[::-1] for row in csv.reader(extract([school(100001)], width=24).splitlines())]
    assert next(iter(read_schools(lines))) == only()


BAD = [
    ({"EstablishmentName": ""}, "EstablishmentName", "it is empty"),
    ({"EstablishmentName": "x" * 201}, "EstablishmentName", "201 characters"),
    ({"EstablishmentName": "Oak\x00field"}, "EstablishmentName", "zero byte"),
    ({"URN": "ABC"}, "URN", "“ABC” is not a number"),
    ({"URN": "١٠٠٠٠١"}, "URN", "is not a number"),
    ({"URN": "12"}, "URN", "five to seven figures"),
    ({"LA (code)": "Fairhaven"}, "LA (code)", "authority's number"),
    ({"LA (name)": ""}, "LA (name)", "it is empty"),
    ({"EstablishmentStatus (name)": "Shut"}, "EstablishmentStatus (name)", "“Shut” is none"),
    ({"PhaseOfEducation (name)": "Tertiary"}, "PhaseOfEducation (name)", "“Tertiary” is none"),
    ({"OpenDate": "2011-09-01"}, "OpenDate", "is not a date"),
    ({"OpenDate": "31-02-2011"}, "OpenDate", "is not a date"),
    ({"OpenDate": "01-09-2011", "CloseDate": "31-08-2011"}, "CloseDate", "before it opened"),
    ({"Trusts (code)": "5711 and 12", "Trusts (name)": "A TRUST"}, "Trusts (code)", "is not a number"),
]


@pytest.mark.parametrize(("said", "column", "why"), BAD)
def test_a_bad_value_is_told_by_row_column_and_reason(said: dict[str, str], column: str, why: str) -> None:
    with pytest.raises(BadRow) as refused:
        read(extract([school(100001), school(100002) | said]))
    assert (refused.value.row, refused.value.column) == (3, column)
    assert why in refused.value.why


def test_a_school_may_stand_only_once() -> None:
    with pytest.raises(BadRow, match="row 4, URN: 100001 stands in row 2 already"):
        read(extract([school(100001), school(100002), school(100001)]))


def test_another_file_is_refused_for_the_columns_it_lacks() -> None:
    with pytest.raises(BadRow, match=r"row 1: this is not the register's file: no column .*“EstablishmentName”"):
        read("URN,School Name\n100001,Oakfield\n")


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(BadRow, match="no column “URN”"):
        read("")


def test_a_heading_that_stands_twice_is_refused() -> None:
    text = extract([school(100001)], width=24).replace("Locality", "Town", 1)
    with pytest.raises(BadRow, match="row 1, Town: two columns have this heading"):
        read(text)


def test_a_row_cut_short_is_refused() -> None:
    with pytest.raises(BadRow, match="row 3: it has 2 values, and the headings name 30"):
        read(extract([school(100001)], width=30) + "100002,901\r\n")


def test_a_longer_row_is_read_where_its_postcode_shows_that_nothing_has_moved() -> None:
    assert len(read(extract([school(100001)]).rstrip() + ",,,\r\n")) == 1


def test_a_longer_row_whose_values_have_moved_is_refused() -> None:
    text = extract([school(100001)]).replace("Oakfield Primary School", "Oakfield, Primary School")
    moved = text.replace('"Oakfield', "Oakfield").replace('School"', "School")
    with pytest.raises(BadRow, match="row 2, Postcode: it has 141 values"):
        read(moved)


def test_blank_lines_are_passed_over() -> None:
    assert len(read(extract([school(100001)]) + ",,,\r\n\r\n")) == 1


def test_the_same_row_has_the_same_digest_and_another_has_another() -> None:
    assert only().digest == only().digest
    assert only().digest != only(Town="Seaborough").digest


LINKS = "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n"


def links(text: str) -> list[Link]:
    return list(read_links(csv.reader((LINKS + text).splitlines())))


def test_successors_and_predecessors_are_the_same_link_from_either_end() -> None:
    told = "100001,100002,Ashdown,Successor - amalgamated,01-09-2020\n100002,100001,Oakfield,Predecessor,01-09-2020\n"
    assert links(told) == [Link(100001, 100002), Link(100001, 100002)]


def test_other_links_are_left_out() -> None:
    assert links("100001,100002,Ashdown,Sixth form centre link,\n\n") == []


def test_a_bad_link_is_told_by_row_and_column() -> None:
    with pytest.raises(BadRow, match="row 2, LinkURN"):
        links("100001,,Ashdown,Successor,\n")
