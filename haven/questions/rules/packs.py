"""A pack's YAML as a content with the line of everything in it, a content as YAML again, and its digest."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from haven.questions.rules.checking import Fault, Path
from haven.questions.rules.reading import Content

_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


LONGEST_FILE, DEEPEST = 2_000_000, 20  # characters; lists within lists, of which a sound pack has nine


class NotYaml(ValueError):
    """The file cannot be read at all; `fault` says where and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


class _Loader(_SafeLoader):
    """Takes yes, no and days as the words they are: answers may be called so, and only true and false are truths."""

    yaml_implicit_resolvers = {
        letter: [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] not in {"bool", "timestamp"}]
        for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(?i:true|false)$"), list("tTfF"))


def opened(text: str) -> tuple[Any, dict[Path, int]]:
    """What a pack's text holds, and the line on which each part of it begins. Raises `NotYaml`."""
    if len(text) > LONGEST_FILE:
        raise NotYaml(Fault(0, f"The file is larger than {LONGEST_FILE // 1_000_000} MB."))
    try:
        _look_for_traps(text)
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            raise NotYaml(Fault(0, "The file is empty."))
        lines: dict[Path, int] = {}
        _note(node, (), lines)
        return _plain(loader.construct_document(node)), lines
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1 if isinstance(error.position, int) else 0
        raise NotYaml(Fault(line, "The file has a character in it that is no writing.")) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise NotYaml(Fault(_line_of(mark), f"The file cannot be read: {error.problem or error.context}.")) from None
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        if isinstance(error, NotYaml):
            raise
        raise NotYaml(Fault(0, "The file cannot be read: it is not YAML.")) from None


def _look_for_traps(text: str) -> None:
    """Refuses what could unfold into more than any memory holds, before anything is built of it."""
    depth = 0
    for event in yaml.parse(text, Loader=_SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise NotYaml(Fault(_line_of(event.start_mark), "Write it out: “*” may not stand for other lines."))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise NotYaml(Fault(_line_of(event.start_mark), "There are too many lists within lists."))


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
    """The names of fields as words, so that a content is the same as JSON."""
    match value:
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case list():
            return [_plain(each) for each in value]
        case _:
            return value


def as_yaml(content: Content) -> str:
    """A content as a pack's text, which reads back into the same."""
    return yaml.safe_dump(dict(content), allow_unicode=True, sort_keys=False, width=110)
