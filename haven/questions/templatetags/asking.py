"""Questions on a page: `{% questions_asked page.asked %}`. A page may hold two hundred, so their markup is compiled, as
that of the kit's components is."""

from collections.abc import Sequence
from functools import cache
from types import ModuleType
from typing import cast

from django import template
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape

from haven.questions.queries.asking import Asked

register = template.Library()


@cache
def _macros() -> ModuleType:
    environment = Environment(autoescape=True, loader=PackageLoader("haven.questions", "jinja"), trim_blocks=True)
    environment.filters["lines"] = _lines
    return cast(ModuleType, environment.get_template("asked.html").module)


def _lines(text: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


@register.simple_tag
def questions_asked(asked: Sequence[Asked]) -> SafeString:
    """Questions to be answered, one after the other."""
    question = _macros().question
    return mark_safe("\n".join(str(question(each)) for each in asked))  # escaped by the macro  # nosec


def clash_of(asked: Asked) -> str:
    """The wordings of one answer that clash, to be put on a page that is open."""
    return str(_macros().clash(asked))
