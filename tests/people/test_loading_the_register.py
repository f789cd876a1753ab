"""`haven load gias`: what a load changes, prints, records and leaves alone."""

from datetime import date
from pathlib import Path

import pytest

from benchmarks.register_extract import extract, made_up, school
from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.config.command import main
from haven.ledger.models import Detail
from haven.people.models import Area, Organisation, ServedArea, Succession
from haven.people.services.register import load_register
from tests.cast import NOW, Cast
from tests.people.seen import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "extract.csv"


def load(file: Path, *rows: dict[str, str], encoding: str = "utf-8", more: tuple[str, ...] = ()) -> int:
    file.write_text(extract(rows), encoding=encoding, newline="")
    return main(["load", "gias", str(file), *more])


def test_a_new_school_is_added_with_its_area(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert load(file, school(100001)) == 0
    made = Organisation.objects.get(urn=100001)
    assert (made.kind, made.name, made.phase, made.status) == ("school", "Oakfield Primary School", "primary", "open")
    assert [(s.area.code, s.area.name, s.is_home) for s in made.served_areas.all()] == [("901", "Fairhaven", True)]
    assert capsys.readouterr().out == "100001 Oakfield Primary School: new\n"
    assert [entry["verb"] for entry in told()] == ["area.added", "school.added"]


def test_the_same_file_again_changes_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load(file, *made_up(40))
    before = (list(Organisation.objects.order_by("pk").values()), Detail.objects.count(), ServedArea.objects.count())
    capsys.readouterr()
    assert load(file, *made_up(40)) == 0
    assert (
        list(Organisation.objects.order_by("pk").values()),
        Detail.objects.count(),
        ServedArea.objects.count(),
    ) == before
    assert capsys.readouterr().out == ""


def test_what_changed_is_named_and_recorded(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load(file, school(100001), school(100002))
    was = Organisation.objects.get(urn=100001).pk
    capsys.readouterr()
    load(file, school(100001, EstablishmentName="Oakfield Academy", Town="Seaborough"), school(100002))
    assert capsys.readouterr().out == "100001 Oakfield Academy: changed: name, town\n"
    now = Organisation.objects.get(urn=100001)
    assert (now.pk, now.name, now.town) == (was, "Oakfield Academy", "Seaborough")
    assert told()[-1]["verb"] == "school.changed"
    assert told()[-1]["about"]["changed"]["name"] == ["Oakfield Primary School", "Oakfield Academy"]


def test_a_school_that_closes_is_told_as_closed(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load(file, school(100001))
    capsys.readouterr()
    load(file, school(100001, **{"EstablishmentStatus (name)": "Closed", "CloseDate": "31-08-2025"}))
    assert capsys.readouterr().out == "100001 Oakfield Primary School: closed\n"
    closed = Organisation.objects.get(urn=100001)
    assert (closed.status, closed.closed_on) == ("closed", date(2025, 8, 31))
    assert told()[-1]["verb"] == "school.closed"


def test_a_school_that_moves_to_another_area_leaves_the_first(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load(file, school(100001))
    load(file, school(100001, **{"LA (code)": "902", "LA (name)": "Seaborough"}))
    homes = ServedArea.objects.filter(organisation__urn=100001).order_by("area__code")
    assert [(home.area.code, home.ends_on is None) for home in homes] == [("901", False), ("902", True)]
    assert capsys.readouterr().out.endswith("changed: area\n")


def test_a_school_that_comes_to_lie_in_an_area_no_longer_only_works_with_it(file: Path) -> None:
    load(file, school(100001), school(100002, **{"LA (code)": "902", "LA (name)": "Seaborough"}))
    visited = Area.objects.get(code="902")
    oakfield = Organisation.objects.get(urn=100001)
    ServedArea.objects.create(organisation=oakfield, area=visited, is_home=False, starts_on=date(2020, 9, 1))
    assert load(file, school(100001, **{"LA (code)": "902", "LA (name)": "Seaborough"})) == 0
    open_now = ServedArea.objects.filter(organisation=oakfield, ends_on=None)
    assert [(served.area, served.is_home) for served in open_now] == [(visited, True)]


def test_a_school_overseas_lies_in_no_area(file: Path) -> None:
    load(file, school(100001, **{"LA (code)": "0", "LA (name)": "Does not apply"}))
    assert not Area.objects.exists()
    assert not ServedArea.objects.exists()


def test_two_areas_may_have_one_name(file: Path) -> None:
    again = {"LA (code)": "902", "LA (name)": "Fairhaven"}
    assert load(file, school(100001), school(100002, **again)) == 0
    assert sorted(Area.objects.values_list("code", flat=True)) == ["901", "902"]


def test_an_area_that_is_there_keeps_the_name_it_was_given(file: Path) -> None:
    Area.objects.create(code="901", name="Fairhaven and the Isles")
    load(file, school(100001))
    assert Area.objects.get().name == "Fairhaven and the Isles"


TRUST = {"Trusts (code)": "5711", "Trusts (name)": "FAIRHAVEN LEARNING TRUST"}


def test_schools_of_one_trust_hang_on_one_organisation(file: Path) -> None:
    load(file, school(100001, **TRUST), school(100002, **TRUST), school(100003))
    trust = Organisation.objects.get(kind="trust")
    assert (trust.name, trust.group_number) == ("FAIRHAVEN LEARNING TRUST", 5711)
    assert sorted(trust.schools.values_list("urn", flat=True)) == [100001, 100002]


def test_a_trust_that_is_renamed_is_the_same_trust(file: Path) -> None:
    load(file, school(100001, **TRUST))
    load(file, school(100001, **TRUST | {"Trusts (name)": "SEABOROUGH LEARNING TRUST"}))
    assert Organisation.objects.get(kind="trust").name == "SEABOROUGH LEARNING TRUST"
    assert "trust.renamed" in [entry["verb"] for entry in told()]


def test_a_change_of_trust_is_told(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load(file, school(100001, **TRUST))
    capsys.readouterr()
    load(file, school(100001, **TRUST | {"Trusts (code)": "5712"}))
    assert capsys.readouterr().out == "100001 Oakfield Primary School: changed: trust's number\n"


def test_windows_letters_are_read(file: Path) -> None:
    load(file, school(100001, EstablishmentName="St Thomas à Becket"), encoding="cp1252")
    assert Organisation.objects.get().name == "St Thomas à Becket"


def test_a_mark_of_utf_8_at_the_start_is_not_part_of_the_heading(file: Path) -> None:
    assert load(file, school(100001, EstablishmentName="St Thomas à Becket"), encoding="utf-8-sig") == 0
    assert Organisation.objects.get().name == "St Thomas à Becket"


def test_a_bad_row_at_the_end_undoes_the_whole_file(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load(file, school(100001))
    entries = Detail.objects.count()
    capsys.readouterr()
    rows = [*made_up(2500), school(999999, EstablishmentName="")]
    assert load(file, *rows) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "row 2502, EstablishmentName: it is empty; nothing was changed" in said.err
    assert Organisation.objects.count() == 1
    assert Detail.objects.count() == entries


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no column"),
        (b"\x81\x8d,\xff", "neither UTF-8 nor Windows-1252"),
        (b'URN,"LA (code)\n', "row 1: it is not written as CSV should be"),
        (b"PK\x03\x04not,a,csv\n", "no column"),
    ],
)
def test_a_file_that_is_no_extract_is_refused(
    file: Path, content: bytes, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_bytes(content)
    assert main(["load", "gias", str(file)]) == 2
    assert why in capsys.readouterr().err


def test_a_quote_that_is_never_closed_is_told_by_row(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(
        extract([school(100001), school(100002, Street='"1 Mill')]).replace('"""1 Mill"', '"1 Mill'), newline=""
    )
    assert main(["load", "gias", str(file)]) == 2
    assert "row 3: it is not written as CSV should be" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["missing.csv", ""])
def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load", "gias", str(tmp_path / name)]) == 2
    assert "it cannot be opened" in capsys.readouterr().err


LINKS = "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n100001,100002,Ashdown,Successor,01-09-2025\n"


def test_a_successor_is_linked_from_the_file_beside(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.with_name("links_extract.csv").write_text(LINKS + "100002,100001,Oakfield,Predecessor,01-09-2025\n")
    rows = [
        school(100001, **{"EstablishmentStatus (name)": "Closed"}),
        school(100002, EstablishmentName="Ashdown Academy"),
    ]
    load(file, *rows)
    assert [(s.predecessor.urn, s.successor.urn) for s in Succession.objects.all()] == [(100001, 100002)]
    assert "100001 Oakfield Primary School: followed by 100002 Ashdown Academy" in capsys.readouterr().out
    assert told()[-1]["verb"] == "school.succeeded"
    load(file, *rows)
    assert capsys.readouterr().out == ""


def test_links_to_schools_that_are_not_there_are_passed_over(file: Path, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text(LINKS)
    assert load(file, school(100001), more=("--links", str(tmp_path / "other.csv"))) == 0
    assert not Succession.objects.exists()


def test_a_bad_file_of_links_undoes_the_load(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "other.csv").write_text("URN,LinkURN\n100001,100002\n")
    assert load(file, school(100001), more=("--links", str(tmp_path / "other.csv"))) == 2
    assert "other.csv: row 1" in capsys.readouterr().err
    assert not Organisation.objects.exists()


def test_only_whoever_runs_the_machine_may_load(cast: Cast) -> None:
    for name in ("marcus", "priya", "nobody"):
        with pytest.raises(Refused):
            load_register(schools=[], source="x", by=cast.actor(name), at=NOW)
    assert load_register(schools=[], source="x", by=HAVEN, at=NOW).changes == []
