"""The golden rules, for every page on which somebody decides whether to share."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import template

from haven.subjects.rules.golden import GOLDEN_RULES, KNOWN_COOKIE, GoldenRule

register = template.Library()


@dataclass(frozen=True, slots=True)
class Asked:
    """The rules, and whether this browser keeps them closed because somebody knows them."""

    rules: Sequence[GoldenRule]
    are_known: bool
    back: str  # to which page it leads to keep them closed; empty where nothing leads there


@register.simple_tag(takes_context=True)
def golden_rules(context: template.Context, back: str = "") -> Asked:
    """The seven questions. A page that is only the answer to something sent says itself where it leads back."""
    request = context["request"]
    return Asked(
        GOLDEN_RULES, KNOWN_COOKIE in request.COOKIES, back or (request.path if request.method == "GET" else "")
    )
