"""A pack's YAML as a content with the line of everything in it, a content as YAML again, and its digest."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml

from haven.questions.rules.checking import Fault, Path
from haven.questions.rules.reading import Content


class NotYaml(ValueError):
    """The file cannot be read at all; `fault` says where and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def opened(text: str) -> tuple[Any, dict[Path, int]]:
    """What a pack's text holds, and the line on which each part of it begins. Raises `NotYaml`."""
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):  # a few lines of them can unfold into more than any memory holds
                raise NotYaml(Fault(_line_of(event.start_mark), "Write it out: “*” may not stand for other lines."))
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except NotYaml:
        raise
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or "it is not YAML"
        raise NotYaml(Fault(mark.line + 1 if mark else 0, f"The file cannot be read: {why}.")) from None
    if node is None:
        raise NotYaml(Fault(0, "The file is empty."))
    lines: dict[Path, int] = {}
    _note(node, (), lines)
    return _plain(content), lines


def _line_of(mark: Any) -> int:
    return mark.line + 1 if mark else 0


def _note(node: yaml.Node, path: Path, lines: dict[Path, int]) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*path, str(key.value))
            if here in lines:
                raise NotYaml(Fault(key.start_mark.line + 1, f"“{key.value}” stands twice in one place."))
            lines[here] = key.start_mark.line + 1
            _note(value, here, lines)
    elif isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value):
            _note(value, (*path, place), lines)


def _plain(value: Any) -> Any:
    """Days as words, so that a content is the same as JSON."""
    match value:
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case list():
            return [_plain(each) for each in value]
        case date():
            return value.isoformat()
        case _:
            return value


def digest_of(content: Content) -> str:
    """The SHA-256 of a content, whatever the order of its fields."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def as_yaml(content: Content) -> str:
    """A content as a pack's text, which reads back into the same."""
    return yaml.safe_dump(dict(content), allow_unicode=True, sort_keys=False, width=110)
