"""Names that people write differently are found as one, and an index tells little."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from haven.engines.sealing.lookup import blind_index, composite, normalised

KEY = bytes(range(32))
BORN = date(2016, 4, 1)

ALIKE = [
    ("O'Brien", "OBrien", "o’brien", "O Brien", "Ó Brien", "O`BRIEN"),
    ("Smith-Jones", "Smith Jones", "smith  jones", "SMITH–JONES", "Smithjones"),
    ("Łukasz", "Lukasz", "LUKASZ"),
    ("Müller", "Muller", "Mu\u0308ller"),
    ("Strauß", "Strauss", "STRAUẞ"),
    ("Bjørn", "Bjorn", "BJØRN"),
    ("Ægir", "Aegir"),
    ("Şahin", "Sahin", " sahin "),
    ("St. John", "St John", "ST JOHN"),
    ("Çelik", "Celik"),
    ("Ðorđević", "Dordevic"),
]


@pytest.mark.parametrize("names", ALIKE)
def test_one_name_in_many_spellings_is_one(names: tuple[str, ...]) -> None:
    assert len({normalised(name) for name in names}) == 1


@pytest.mark.parametrize(("one", "other"), [("Smith", "Smyth"), ("Lee", "Li"), ("Khan", "Kahn"), ("李", "王")])
def test_other_names_stay_others(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


@given(some.text(max_size=40))
def test_case_and_how_accents_are_typed_never_matter(name: str) -> None:
    told = normalised(name)
    assert normalised(told) == told
    assert normalised(unicodedata.normalize("NFD", name)) == normalised(unicodedata.normalize("NFC", name))
    assert all(letter.isalpha() for letter in told)


def test_a_person_is_indexed_by_surname_initial_and_birth_together() -> None:
    assert composite(surname="O’Brien", first_name="Éloïse", born_on=BORN) == "obrien|e|2016-04-01"


@pytest.mark.parametrize(("surname", "first_name"), [("", "Eve"), ("Nair", ""), ("--", "Eve"), ("Nair", "7")])
def test_a_surname_alone_is_never_indexed(surname: str, first_name: str) -> None:
    with pytest.raises(ValueError, match="needed"):
        composite(surname=surname, first_name=first_name, born_on=BORN)


def test_an_index_has_forty_bits_and_depends_on_its_key() -> None:
    of = composite(surname="Nair", first_name="Priya", born_on=BORN)
    assert len(blind_index(of, key=KEY)) == 5
    assert blind_index(of, key=KEY) == blind_index(of, key=KEY) != blind_index(of, key=bytes(32))
    assert blind_index(of, key=KEY) != blind_index(of.replace("|p|", "|q|"), key=KEY)
