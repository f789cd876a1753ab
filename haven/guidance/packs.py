"""Reads the catalogue pack: checks every field, then loads it whole or not at all.

A pack is one YAML file. Its head has id, version, date, source and digest, the SHA-256 of all that follows the digest's
line, so that a pack that was changed without saying so is refused.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.guidance import services
from haven.guidance.rules.catalogue import (
    Catalogue,
    CatalogueDocument,
    CatalogueEdition,
    Promised,
    doubled,
    identifier,
)
from haven.guidance.rules.facts import (
    DAY_FIELDS,
    DocumentFacts,
    EditionFacts,
    Standing,
    faults_of_document,
    faults_of_edition,
)
from haven.guidance.rules.life import Days, Ending
from haven.guidance.services.catalogue import Loaded

KIND = "guidance-catalogue"
HEAD = {"id", "version", "date", "source", "digest", "documents"}
DOCUMENT = {"key", "title", "short", "publisher", "standing", "for_whom", "address", "sources", "unsourced", "editions"}
PLAIN = ("label", "note", "copyright_line", "pages", "changes_table", "address", "consultation_address")
EDITION = {*PLAIN, *DAY_FIELDS, "key", "ended", "promises", "sources", "unsourced"} - {"ended_on"}
ENDED = {"day", "said", "how", "by", "into", "why"}
PROMISE = {"day", "said", "noted_on"}
_DIGEST = re.compile(rb"^digest: *([0-9a-f]{64}) *\r?\n", re.MULTILINE)


class BadPack(Exception):
    """A pack that cannot be loaded; the text says where and why, in one line."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the pack something stands, for what is said of it."""

    words: str

    def fault(self, said: str) -> BadPack:
        return BadPack(f"{self.words}: {said}")

    def only(self, given: Any, known: set[str]) -> dict[str, Any]:
        """The fields, if there are none but the known ones."""
        if not isinstance(given, dict):
            raise self.fault("it is not a list of fields")
        if strange := sorted(str(name) for name in given if name not in known):
            raise self.fault(f"unknown field {strange[0]!r}")
        return given

    def text(self, given: Mapping[str, Any], name: str, *, wanted: bool = False) -> str:
        value = given.get(name)
        if value is None or value == "":
            if wanted:
                raise self.fault(f"{name} is missing")
            return ""
        if not isinstance(value, str):
            raise self.fault(f"{name} must be words, not {value!r}")
        return value

    def texts(self, given: Mapping[str, Any], name: str) -> tuple[str, ...]:
        value = given.get(name) or []
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.fault(f"{name} must be a list of words")
        return tuple(value)

    def rows(self, given: Mapping[str, Any], name: str) -> list[Any]:
        value = given.get(name) or []
        if not isinstance(value, list):
            raise self.fault(f"{name} must be a list")
        return value

    def day(self, value: Any, name: str) -> date:
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.fault(f"{name} must be a day such as 2024-09-01, not {value!r}")
        return value


def load(file: Path, *, at: datetime) -> Loaded:
    """Load the catalogue in this file. Raises `BadPack`; then nothing was changed."""
    catalogue = read_catalogue(file.read_bytes())
    try:
        return services.load_catalogue(catalogue=catalogue, by=HAVEN, at=at)
    except Refused as refused:
        raise BadPack(refused.advice or refused.reason.value) from refused


def digest_of(content: bytes) -> str:
    """The digest that the head of a pack must have. Raises `BadPack` where there is no line for it."""
    line = _DIGEST.search(content)
    if line is None:
        raise BadPack("there is no line 'digest: ' with 64 hexadecimal digits")
    return hashlib.sha256(content[line.end() :]).hexdigest()


def read_catalogue(content: bytes) -> Catalogue:
    """The pack, every field checked. Raises `BadPack`."""
    digest = digest_of(content)
    try:
        given = yaml.safe_load(content)
    except (yaml.YAMLError, ValueError) as error:
        raise BadPack(f"it is not YAML ({' '.join(str(error).split())[:150]})") from None
    place = _Place("head")
    head = place.only(given, HEAD)
    if place.text(head, "id", wanted=True) != KIND:
        raise place.fault(f"id is not {KIND}")
    if not isinstance(head.get("version"), int) or head["version"] < 1:
        raise place.fault("version must be a number from 1")
    place.day(head.get("date"), "date")
    place.text(head, "source", wanted=True)
    if head.get("digest") != digest:
        raise place.fault("the digest is not that of what follows it: the pack was changed")
    documents = [_document(row, number) for number, row in enumerate(place.rows(head, "documents"), start=1)]
    if twice := doubled([each.key for each in documents]):
        raise BadPack(f"document {twice[0]}: its key stands more than once")
    _check_ways(documents)
    return Catalogue(id=KIND, version=head["version"], digest=digest, documents=tuple(documents))


def _document(row: Any, number: int) -> CatalogueDocument:
    place = _Place(f"document {number}")
    given = place.only(row, DOCUMENT)
    key = place.text(given, "key", wanted=True)
    place = _Place(f"document {key}")
    try:
        standing = Standing(place.text(given, "standing", wanted=True))
    except ValueError:
        raise place.fault(f"standing must be statutory or advice, not {given['standing']!r}") from None
    facts = DocumentFacts(
        title=place.text(given, "title", wanted=True),
        publisher=place.text(given, "publisher", wanted=True),
        standing=standing,
        short_names=place.texts(given, "short"),
        for_whom=place.text(given, "for_whom"),
        address=place.text(given, "address"),
        sources=place.texts(given, "sources"),
        unsourced=place.texts(given, "unsourced"),
    )
    if wrong := faults_of_document(facts, is_national=True):
        raise place.fault(wrong[0])
    editions = tuple(_edition(each, key, number) for number, each in enumerate(place.rows(given, "editions"), start=1))
    if twice := doubled([each.key for each in editions]):
        raise place.fault(f"edition {twice[0]}: its key stands more than once")
    return CatalogueDocument(key=key, facts=facts, editions=editions)


def _edition(row: Any, document: str, number: int) -> CatalogueEdition:
    place = _Place(f"document {document}, edition {number}")
    given = place.only(row, EDITION)
    key = place.text(given, "key", wanted=True)
    place = _Place(f"document {document}, edition {key}")
    ended = place.only(given.get("ended") or {}, ENDED)
    days, said = _days(given, ended, place)
    pages = given.get("pages")
    if pages is not None and (not isinstance(pages, int) or pages < 1):
        raise place.fault("pages must be a number from 1")
    by, into = place.text(ended, "by"), place.text(ended, "into")
    facts = EditionFacts(
        **{name: place.text(given, name) for name in PLAIN if name != "pages"},
        pages=pages,
        days=days,
        said=said,
        ended_why=place.text(ended, "why"),
        superseded_by=identifier(document, by) if by else None,
        absorbed_into=identifier(into) if into else None,
        sources=place.texts(given, "sources"),
        unsourced=place.texts(given, "unsourced"),
    )
    if wrong := faults_of_edition(facts):
        raise place.fault(wrong[0])
    if strange := [name for name in facts.unsourced if name not in {*PLAIN, *DAY_FIELDS}]:
        raise place.fault(f"unsourced names {strange[0]!r}, which is no field")
    return CatalogueEdition(key=key, facts=facts, promises=tuple(_promises(given, place)))


def _days(given: Mapping[str, Any], ended: Mapping[str, Any], place: _Place) -> tuple[Days, dict[str, str]]:
    days: dict[str, date] = {}
    said: dict[str, str] = {}
    for name in DAY_FIELDS:
        value = ended if name == "ended_on" and ended else given.get(name)
        if value is None:
            continue
        if isinstance(value, dict):
            fields = value if name == "ended_on" else place.only(value, {"day", "said"})
            days[name] = place.day(fields.get("day"), name)
            if words := place.text(fields, "said"):
                said[name] = words
        else:
            days[name] = place.day(value, name)
    try:
        ending = Ending(ended["how"]) if ended else None
    except (KeyError, ValueError):
        raise place.fault("ended must say how: superseded, withdrawn or absorbed") from None
    return Days(**days, ending=ending), said


def _promises(given: Mapping[str, Any], place: _Place) -> list[Promised]:
    rows = [place.only(row, PROMISE) for row in place.rows(given, "promises")]
    return [
        Promised(place.day(row.get("day"), "day"), place.text(row, "said"), place.day(row.get("noted_on"), "noted_on"))
        for row in rows
    ]


def _check_ways(documents: list[CatalogueDocument]) -> None:
    """Raises `BadPack` where an edition leads to one that the pack does not have."""
    known = {identifier(each.key) for each in documents}
    for document in documents:
        own = {identifier(document.key, each.key) for each in document.editions}
        for edition in document.editions:
            place = _Place(f"document {document.key}, edition {edition.key}")
            _check_way(edition.facts.superseded_by, own, place.fault, "by names no edition of this document")
            _check_way(edition.facts.absorbed_into, known, place.fault, "into names no document of the pack")


def _check_way(way: Any, known: set[Any], fault: Callable[[str], BadPack], said: str) -> None:
    if way is not None and way not in known:
        raise fault(said)
