"""Every address of the house, walked from the resolver."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """An address by its name, with the names of the values that stand in it."""

    name: str
    values: frozenset[str]


def routes() -> list[Route]:
    """All of them, in the order of the resolver."""
    return list(_walk(get_resolver().url_patterns, "", frozenset()))


def _walk(patterns: Sequence[URLPattern | URLResolver], space: str, values: frozenset[str]) -> Iterator[Route]:
    for each in patterns:
        inner = values | frozenset(each.pattern.converters)
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, f"{space}{each.namespace}:" if each.namespace else space, inner)
        else:
            assert each.name, f"{each.pattern} has no name"
            yield Route(space + each.name, inner)
