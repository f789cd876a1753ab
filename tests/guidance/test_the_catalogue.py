"""The catalogue pack: its facts agree with each other and with the titles the reader knows; it loads whole or not."""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from haven.checks.models import PromptSet
from haven.config.command import main
from haven.config.commands.load import READ_BY_THE_READER
from haven.engines.reading.what.catalogue import titles
from haven.guidance.models import Document, Edition
from haven.guidance.packs import BadPack, digest_of, load, read_catalogue
from haven.guidance.queries.standing import in_force
from haven.guidance.rules.life import Stage, stage_on, together
from haven.guidance.rules.showing import when
from haven.questions.models import Version
from tests.cast import NOW, Cast
from tests.guidance.texts import filled
from tests.people.seen import told

PACKS = Path(__file__).parents[2] / "packs"
FILE = PACKS / "guidance-catalogue" / "catalogue.yaml"
KCSIE, WORKING_TOGETHER = "keeping-children-safe-in-education", "working-together-to-safeguard-children"


def _signed(words: str) -> bytes:
    """A pack of these documents with a head and its digest."""
    body = f"documents:\n{words}".encode()
    head = "id: guidance-catalogue\nversion: 1\ndate: 2026-11-22\nsource: made up\n"
    return f"{head}digest: {hashlib.sha256(body).hexdigest()}\n".encode() + body


DOCUMENT = "- {key: a, title: A, publisher: P, standing: advice, editions: [%s]}\n"


def test_every_title_of_the_catalogue_is_one_that_the_reader_knows() -> None:
    known = {title.title: title for title in titles()}
    documents = read_catalogue(FILE.read_bytes()).documents
    assert len(documents) >= 5
    for document in documents:
        assert known[document.facts.title].publisher == document.facts.publisher


def test_every_edition_has_a_date_and_no_two_dates_contradict_each_other() -> None:
    for document in read_catalogue(FILE.read_bytes()).documents:
        for edition in document.editions:
            days = edition.facts.days
            assert days.issued_on or days.opens_on or days.closes_on or days.expected_on, edition.key


def test_what_was_superseded_ends_on_the_day_that_another_edition_comes_into_force() -> None:
    for document in read_catalogue(FILE.read_bytes()).documents:
        begun = {edition.facts.days.in_force_on for edition in document.editions}
        ends = [edition.facts.days.ended_on for edition in document.editions if edition.facts.superseded_by]
        assert ends or len(document.editions) == 1
        strange = [end for end in ends if end not in begun]
        assert strange == ([date(2019, 9, 29)] if document.key == WORKING_TOGETHER else [])


def test_one_edition_is_in_force_at_a_time_but_for_working_together_in_2018() -> None:
    for document in read_catalogue(FILE.read_bytes()).documents:
        stretches = together([edition.facts.days for edition in document.editions])
        assert len(stretches) == (1 if document.key == WORKING_TOGETHER else 0)


def test_a_day_that_no_source_names_is_said_in_the_words_of_the_source() -> None:
    pack = read_catalogue(FILE.read_bytes())
    said = [edition.facts for document in pack.documents for edition in document.editions if edition.facts.said]
    assert len(said) > 8
    assert all(when(facts.days, name, facts.said) == words for facts in said for name, words in facts.said.items())


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2015, 4, 1), "March 2015"),
        (date(2018, 9, 2), "September 2016"),
        (date(2018, 9, 3), "September 2018"),
        (date(2020, 8, 31), "September 2019"),
        (date(2020, 9, 1), "September 2020"),
        (date(2021, 8, 31), "January 2021"),
        (date(2026, 3, 2), "September 2025"),
    ],
)
@pytest.mark.django_db
def test_which_edition_held_on_a_day_is_a_query(day: date, label: str) -> None:
    load(FILE, at=NOW)
    assert [each.label for each in Edition.objects.filter(in_force(day), document__key=KCSIE)] == [label]


@pytest.mark.django_db
def test_the_advice_on_sexual_violence_was_absorbed() -> None:
    load(FILE, at=NOW)
    edition = Edition.objects.get(absorbed_into__key=KCSIE)
    assert stage_on(edition.days, date(2022, 8, 31)) is Stage.IN_FORCE
    assert stage_on(edition.days, date(2022, 9, 1)) is Stage.ABSORBED


@pytest.mark.django_db
def test_loading_twice_changes_nothing_the_second_time() -> None:
    first, second = load(FILE, at=NOW), load(FILE, at=NOW)
    assert (len(first.changes), first.unchanged) == (second.unchanged, 0)
    assert second.changes == ()
    assert [each["verb"] for each in told()] == ["guidance.catalogue_loaded"]


@pytest.mark.django_db
def test_a_changed_fact_is_one_line_and_words_that_were_given_stay(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "catalogue.yaml"
    file.write_bytes(_signed(DOCUMENT % "{key: e, label: One, issued_on: 2025-01-01}"))
    load(file, at=NOW)
    edition = filled(cast, Edition.objects.get(key="e"))
    file.write_bytes(_signed(DOCUMENT % "{key: e, label: One, issued_on: 2025-01-02}"))
    assert load(file, at=NOW).changes == ("changed: A, One",)
    edition.refresh_from_db()
    assert (edition.issued_on, edition.clause_count, edition.copyright_line) == (date(2025, 1, 2), 8, "Copyright 2025")
    assert load(file, at=NOW).changes == ()


@pytest.mark.django_db
def test_a_promise_that_slips_is_a_line_and_both_days_stay(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.yaml"
    edition = "{key: e, label: One, expected_on: %s, promises: [%s]}"
    first, second = "{day: 2026-05-01, noted_on: 2026-01-01}", "{day: 2026-09-01, said: autumn, noted_on: 2026-04-01}"
    file.write_bytes(_signed(DOCUMENT % (edition % ("2026-05-01", first))))
    load(file, at=NOW)
    file.write_bytes(_signed(DOCUMENT % (edition % ("2026-09-01", f"{first}, {second}"))))
    assert load(file, at=NOW).changes == ("changed: A, One",)
    assert [each.said for each in Edition.objects.get(key="e").promises.all()] == ["", "autumn"]


@pytest.mark.django_db
def test_an_older_version_than_the_one_loaded_before_is_refused() -> None:
    load(FILE, at=NOW)
    Document.objects.update(pack_version=2)
    with pytest.raises(BadPack, match="older than version 2"):
        load(FILE, at=NOW)


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "changed by hand": (lambda: FILE.read_bytes().replace(b"Annex F", b"Annex Z"), "the pack was changed"),
    "no digest": (lambda: b"id: guidance-catalogue\n", "no line 'digest: '"),
    "not YAML": (lambda: _signed("- {key: a, title: [}"), "not YAML"),
    "not YAML at all": (lambda: _signed("- \x00"), "not YAML"),
    "another pack": (lambda: FILE.read_bytes().replace(b"id: guidance-catalogue", b"id: something-else"), "id is not"),
    "no version": (lambda: FILE.read_bytes().replace(b"version: 1", b"version: x"), "version must be a number"),
    "an unknown field": (lambda: _signed("- {key: a, colour: red}"), "document 1: unknown field 'colour'"),
    "a field missing": (lambda: _signed("- {key: a, publisher: P, standing: advice}"), "document a: title is missing"),
    "no such standing": (lambda: _signed("- {key: a, title: A, publisher: P, standing: law}"), "standing must be"),
    "local": (lambda: _signed("- {key: a, title: A, publisher: P, standing: local}"), "belongs to an area"),
    "a key twice": (lambda: _signed((DOCUMENT % "") * 2), "document a: its key stands more than once"),
    "an edition twice": (
        lambda: _signed(DOCUMENT % "{key: e, label: E}, {key: e, label: F}"),
        "edition e: its key stands more than once",
    ),
    "no date": (lambda: _signed(DOCUMENT % "{key: e, label: E, issued_on: May}"), "issued_on must be a day"),
    "words for a number": (lambda: _signed(DOCUMENT % "{key: e, label: E, pages: many}"), "pages must be a number"),
    "half an ending": (lambda: _signed(DOCUMENT % "{key: e, label: E, ended: {day: 2025-01-01}}"), "must say how"),
    "dates that contradict": (
        lambda: _signed(DOCUMENT % "{key: e, label: E, issued_on: 2025-02-01, in_force_on: 2025-01-01}"),
        "before it is issued",
    ),
    "a way to nowhere": (
        lambda: _signed(DOCUMENT % "{key: e, label: E, ended: {day: 2025-01-01, how: superseded, by: z}}"),
        "by names no edition",
    ),
    "into nothing": (
        lambda: _signed(DOCUMENT % "{key: e, label: E, ended: {day: 2025-01-01, how: absorbed, into: z}}"),
        "into names no document",
    ),
    "an unknown unsourced": (lambda: _signed(DOCUMENT % "{key: e, label: E, unsourced: [colour]}"), "is no field"),
    "no list": (lambda: _signed("  key: a"), "must be a list"),
    "no fields": (lambda: _signed("- a"), "not a list of fields"),
    "a list of numbers": (
        lambda: _signed("- {key: a, title: A, publisher: P, standing: advice, short: [1]}"),
        "short must be",
    ),
    "a number for words": (
        lambda: _signed("- {key: a, title: 5, publisher: P, standing: advice}"),
        "title must be words",
    ),
}


@pytest.mark.parametrize("name", list(BAD))
def test_a_bad_pack_is_told_in_one_line(name: str) -> None:
    make, said = BAD[name]
    with pytest.raises(BadPack, match=said) as fault:
        read_catalogue(make())
    assert "\n" not in str(fault.value)


def test_the_digest_is_of_what_follows_its_line() -> None:
    assert digest_of(b"digest: " + b"0" * 64 + b"\nrest") == hashlib.sha256(b"rest").hexdigest()


@pytest.mark.django_db
def test_the_command_loads_the_packs_of_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load", "packs", str(PACKS)]) == 0
    said = capsys.readouterr()
    assert "added: Keeping children safe in education, September 2025" in said.out
    counted = [model.objects.count() for model in (Document, Edition, Version, PromptSet)]
    assert min(counted) > 0
    assert said.out.count("\n") == sum(counted)
    assert main(["load", "packs", str(PACKS)]) == 0
    assert capsys.readouterr() == ("", f"0 changed, {said.out.count(chr(10))} unchanged\n")


@pytest.mark.django_db
def test_a_folder_without_packs_or_with_a_bad_one_is_told_in_one_line_and_nothing_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["load", "packs", str(tmp_path / "none")]) == 2
    assert main(["load", "packs", str(tmp_path)]) == 2
    folder = tmp_path / "guidance-catalogue"
    folder.mkdir()
    (folder / "catalogue.yaml").write_bytes(FILE.read_bytes() + b"\n")
    assert main(["load", "packs", str(tmp_path)]) == 2
    (tmp_path / "strange").mkdir()
    (tmp_path / "strange" / "pack.yaml").write_text("id: strange\n")
    assert main(["load", "packs", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 4)
    assert Document.objects.count() == 0


def test_what_the_reader_reads_by_itself_is_there() -> None:
    assert all((PACKS / name).is_dir() for name in READ_BY_THE_READER)
