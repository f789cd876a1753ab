"""Reads a questionnaire's pack: checks all of it, then loads it as a released version, or changes nothing."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.questions import services
from haven.questions.rules.checking import Fault, faults
from haven.questions.rules.packs import NotYaml, opened


class BadPack(Exception):
    """A pack that cannot be loaded; the text says where and why, a line for each fault."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading changed, a line each, and how many versions were there already."""

    changes: tuple[str, ...]
    unchanged: int


def load(file: Path, *, at: datetime) -> Loaded:
    """Load the version in this file, once. Raises `BadPack`; then nothing was changed."""
    content = read_template(file.read_bytes())
    try:
        loaded = services.load_template(content=content, area=None, by=HAVEN, at=at)
    except Refused as refused:
        raise BadPack(refused.advice or refused.reason.value) from refused
    if not loaded.is_new:
        return Loaded((), 1)
    return Loaded((f"questionnaire {content['id']} {content['version']}: loaded",), 0)


def read_template(given: bytes) -> Any:
    """The content of a pack, with nothing wrong in it. Raises `BadPack`."""
    try:
        content, lines = opened(given.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = given[: error.start].count(b"\n") + 1
        raise BadPack(str(Fault(line, "The file is not written in UTF-8."))) from None
    except NotYaml as bad:
        raise BadPack(str(bad)) from None
    if found := faults(content, lines):
        raise BadPack("\n".join(map(str, found)))
    return content
