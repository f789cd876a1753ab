"""The kit's tags: `{% govuk "button" text="Save" %}` and its kin."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.utils.safestring import SafeString

from haven.kit import fields
from haven.kit.asked import as_asked
from haven.kit.components import component

register = template.Library()


@register.simple_tag
def govuk(kind: str, **params: Any) -> SafeString | str:
    """Any GOV.UK component by upstream's own parameters."""
    return component(kind, params)


@register.simple_tag
def govuk_field(bound: BoundField, heading: bool = False) -> SafeString:
    """A form's field. `heading=True` where its label is the page's heading."""
    return fields.field(bound, is_page_heading=heading)


@register.simple_tag
def govuk_errors(*forms: BaseForm | None) -> SafeString | str:
    """The summary of what is wrong, at the top of the page, each line leading to its field. Where a page holds several
    forms alike, a form's `errors_of` says of which each line is.
    """
    lines = [line for form in forms if form is not None and form.is_bound for line in _lines(form)]
    return component("error-summary", {"titleText": "There is a problem", "errorList": lines}) if lines else ""


def _lines(form: BaseForm) -> list[dict[str, str]]:
    whole = [{"text": str(error)} for error in form.non_field_errors()]
    of = getattr(form, "errors_of", "")
    return whole + [
        {"text": f"{of}: {error}" if of else error, "href": f"#{form[name].id_for_label or form[name].auto_id}"}
        for name in form.errors
        if name in form.fields
        for error in fields.problems(form[name])
    ]


@register.simple_tag(takes_context=True)
def govuk_pagination(context: template.Context, page: Page[Any]) -> SafeString | str:
    """Links to the other pages of a list, keeping its filter."""
    if page.paginator.num_pages < 2:
        return ""
    request: HttpRequest = context["request"]
    items = [
        {"ellipsis": True}
        if number == page.paginator.ELLIPSIS
        else {"number": number, "href": _address(request, number), "current": number == page.number}
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    params: dict[str, Any] = {"items": items, "landmarkLabel": "Pages"}
    if page.has_previous():
        params["previous"] = {"href": _address(request, page.previous_page_number())}
    if page.has_next():
        params["next"] = {"href": _address(request, page.next_page_number())}
    return component("pagination", params)


def _address(request: HttpRequest, number: object) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


@register.simple_tag
def govuk_summary(rows: Sequence[tuple[str, object]]) -> SafeString:
    """A list of facts: each a name and its value. Blank values are left out."""
    shown = [{"key": {"text": name}, "value": {"text": str(value)}} for name, value in rows if value]
    return component("summary-list", {"rows": shown})


@register.simple_tag
def govuk_tag(text: str, colour: str = "") -> SafeString:
    """A word in a coloured box. The word says all that the colour does."""
    return component("tag", {"text": text, "classes": f"govuk-tag--{colour}" if colour else ""})


register.filter("as_asked", as_asked)


@register.filter
def number(count: int) -> str:
    """How many, a comma between thousands."""
    return f"{count:,}"
