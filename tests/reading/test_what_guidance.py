"""Which published guidance a note speaks of, which edition, and where it stands."""

from pathlib import Path

import pytest
import yaml

import haven
from haven.engines.documents.open import open_document
from haven.engines.reading.items import Status
from haven.engines.reading.what.catalogue import named_in, titles
from haven.engines.reading.what.guidance import find_guidance

KCSIE = "Keeping children safe in education"


def told(text: str, name: str = "note.txt") -> list[tuple[str, str | None, Status | None]]:
    return [(g.title, g.edition, g.status) for g in find_guidance(open_document(name, text.encode()))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KCSIE 2024 remains in force.", (KCSIE, "2024", Status.IN_FORCE)),
        ("Keeping Children Safe in Education (September 2019) stands.", (KCSIE, "September 2019", Status.IN_FORCE)),
        ("The 2021 edition of KCSIE applies.", (KCSIE, "2021", Status.IN_FORCE)),
        ("KCSIE 2025 was published for information.", (KCSIE, "2025", Status.FOR_INFORMATION)),
        ("Part 5 of KCSIE 2020 says the same.", (KCSIE, "2020", None)),
        (
            "Working Together 2018 has been replaced.",
            ("Working together to safeguard children", "2018", Status.WITHDRAWN),
        ),
        (
            "Relationships, sex and health education: draft, out for comment.",
            (
                "Relationships education, relationships and sex education and health education",
                "draft",
                Status.CONSULTATION,
            ),
        ),
        ("Prevent duty guidance is being revised.", ("Prevent duty guidance", None, Status.EXPECTED)),
        (
            "Our own threshold document, version 3, is out for comment.",
            ("threshold document", "version 3", Status.CONSULTATION),
        ),
        ("A new county protocol is out in draft.", ("county protocol", "draft", Status.CONSULTATION)),
    ],
)
def test_a_title_its_edition_and_its_standing_are_read(
    text: str, expected: tuple[str, str | None, Status | None]
) -> None:
    assert told(text) == [expected]


def test_each_edition_is_an_item_of_its_own() -> None:
    text = (
        "KCSIE\nThe 2024 edition was put out for information in May. Until then the 2023 edition "
        "stands. We expect the draft of "
        "the 2025 edition in the spring.\n"
    )
    assert told(text) == [
        (KCSIE, "2024", Status.FOR_INFORMATION),
        (KCSIE, "2023", Status.IN_FORCE),
        (KCSIE, "2025", Status.EXPECTED),
    ]


def test_what_replaces_and_what_is_replaced_are_told_apart() -> None:
    text = "The Information sharing advice of May 2024 has replaced the 2018 one.\n"
    assert [(edition, status) for _, edition, status in told(text)] == [
        ("May 2024", Status.IN_FORCE),
        ("2018", Status.WITHDRAWN),
    ]


def test_a_title_told_often_is_one_item() -> None:
    assert len(told("KCSIE 2024 stands. See KCSIE 2024 again. KCSIE says more, and so does KCSIE (2024).")) == 1


def test_a_list_stands_as_its_heading_says() -> None:
    text = (
        "## No longer applies\n\n- Lone working in libraries note, 2016\n\n## Being consulted "
        "on\n\n- Prevent training standard\n"
    )
    assert told(text, "a.md") == [
        ("Lone working in libraries note", "2016", Status.WITHDRAWN),
        ("Prevent training standard", None, Status.CONSULTATION),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Level 3 Working Together, in two parts: you must attend both.",
        "Children missing education rose last year.",
        "Section 175 of the Education Act 2002 binds schools.",
        "The Domestic Abuse Bill is still before Parliament.",
        "Please check your own policy.",
        "We are working together well.",
    ],
)
def test_laws_courses_and_common_words_are_no_guidance(text: str) -> None:
    assert told(text) == []


def test_every_title_of_the_catalogue_is_found_by_its_own_name() -> None:
    for title in titles():
        words = f"{title.title} 2024"
        found = list(named_in(words, 0, len(words)))
        assert [n.title.title for n in found][:1] == [title.title]
        assert title.publisher


def test_titles_and_their_editions_are_given_once() -> None:
    names = [t.title.casefold() for t in titles()]
    assert len(names) == len(set(names))
    for title in titles():
        assert len(title.editions) == len(set(title.editions))


def test_the_catalogue_reads_as_any_reader_of_yaml_reads_it() -> None:
    pack = yaml.safe_load((Path(haven.__file__).parents[1] / "packs/guidance-titles/titles.yaml").read_text("utf-8"))
    assert [(t.title, t.publisher, list(t.editions)) for t in titles()] == [
        (entry["title"], entry["publisher"], entry.get("editions", [])) for entry in pack["titles"]
    ]
    for entry in pack["titles"]:
        for name in entry.get("short", []):
            assert [n.title.title for n in named_in(name, 0, len(name))], name
