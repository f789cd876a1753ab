"""Reads the pack of questions for checks: checks all of it, then loads it, or changes nothing."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import yaml

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.checks import services
from haven.checks.rules.prompts import faults


class BadPack(Exception):
    """A pack that cannot be loaded; the text says why, a line for each fault."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading changed, a line each, and how many versions were there already."""

    changes: tuple[str, ...]
    unchanged: int


def load(file: Path, *, at: datetime) -> Loaded:
    """Load the questions in this file, once. Raises `BadPack`; then nothing was changed."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, yaml.YAMLError) as bad:
        raise BadPack(f"it cannot be read as YAML: {type(bad).__name__}") from None
    if found := faults(content):
        raise BadPack("\n".join(found))
    content |= {key: str(value) for key, value in content.items() if key != "prompts"}
    try:
        is_new = services.load_prompts(content=content, by=HAVEN, at=at)
    except Refused as refused:
        raise BadPack(refused.advice or refused.reason.value) from refused
    version = content["version"]
    return Loaded((f"questions for checks {version}: loaded",), 0) if is_new else Loaded((), 1)
