"""GOV.UK components by name, from the macros of govuk-frontend-jinja: the same markup as upstream's own."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, PackageLoader, PrefixLoader

Component = Callable[[Mapping[str, Any]], str]


@cache
def _environment() -> Environment:
    return Environment(
        autoescape=True, loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    )


@cache
def _macro(name: str) -> Component:
    macro = "govuk" + "".join(word.capitalize() for word in name.split("-"))
    template = _environment().get_template(f"govuk_frontend_jinja/components/{name}/macro.html")
    component: Component = getattr(template.module, macro)
    return component


def component(name: str, params: Mapping[str, Any]) -> SafeString:
    """The markup of a component. The macro escapes every text in `params`; what is null is left out."""
    given = {key: value for key, value in params.items() if value is not None}
    return mark_safe(str(_macro(name)(given)))  # escaped by the macro  # nosec
