"""A bound field of a Django form as the GOV.UK component that fits it."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString

from haven.kit.components import component
from haven.kit.dates import DayField
from haven.kit.wording import in_plain_words

Params = dict[str, Any]
WIDTHS = {"date": "govuk-input--width-10", "number": "govuk-input--width-5", "time": "govuk-input--width-5"}
CHOICES = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple)
COUNTED = 5_000  # a text area that takes at most so many characters says how many are left once three quarters are used


def field(bound: BoundField, *, is_page_heading: bool = False) -> SafeString:
    """The component, with label, hint, what was typed and what is wrong with it."""
    name, params = _kind(bound)(bound, is_page_heading)
    wrong = problems(bound)
    given = {"hint": _text(bound.help_text), "errorMessage": _text(wrong[0] if wrong else "")}
    return component(name, params | {key: value for key, value in given.items() if value})


def problems(bound: BoundField) -> list[str]:
    """What is wrong with it, one sentence each. Where its form says no more than that it is needed, what to do."""
    return [
        _needed(bound)
        if str(said) == forms.Field.default_error_messages["required"]
        else in_plain_words(str(bound.label), str(said))
        for said in bound.errors
    ]


def _needed(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return f"Tick “{bound.label}”"
    if isinstance(widget, forms.FileInput):
        return f"Choose a file for “{bound.label}”"
    return f"{'Choose from' if isinstance(widget, CHOICES) else 'Fill in'} “{bound.label}”"


def _kind(bound: BoundField) -> Callable[[BoundField, bool], tuple[str, Params]]:
    widget = bound.field.widget
    if isinstance(bound.field, DayField):
        return _day
    for kind, build in _KINDS:
        if isinstance(widget, kind):
            return build
    return _input


def _text(text: object) -> Params | None:
    return {"text": str(text)} if text else None


def _label(bound: BoundField, is_page_heading: bool) -> Params:
    size = "l" if is_page_heading else "s"
    form, needed = bound.form, bound.field.required or is_page_heading
    is_plain = needed or getattr(form, "is_filter", False) or bound.name in getattr(form, "needed_together", ())
    suffix = "" if is_plain else " (optional)"
    return {
        "text": f"{bound.label}{suffix}",
        "for": bound.id_for_label,
        "classes": f"govuk-label--{size}",
        "isPageHeading": is_page_heading,
    }


def _legend(bound: BoundField, is_page_heading: bool) -> Params:
    label = _label(bound, is_page_heading)
    classes = label["classes"].replace("label", "fieldset__legend")
    return {"legend": {"text": label["text"], "classes": classes, "isPageHeading": is_page_heading}}


def _base(bound: BoundField, is_page_heading: bool) -> Params:
    value = bound.value()
    return {
        "id": bound.id_for_label or bound.auto_id,
        "name": bound.html_name,
        "label": _label(bound, is_page_heading),
        "value": "" if value is None else str(value),
        "disabled": bound.field.disabled,
        "attributes": {key: str(each) for key, each in bound.field.widget.attrs.items() if key not in _OWN},
    }


_OWN = frozenset(
    {"id", "class", "rows", "cols", "type", "autocomplete", "spellcheck", "inputmode", "maxlength", "size"}
)


def _input(bound: BoundField, is_page_heading: bool) -> tuple[str, Params]:
    attributes = bound.field.widget.attrs
    kind = getattr(bound.field.widget, "input_type", "text")
    extra = {
        "type": kind,
        "classes": WIDTHS.get(kind, attributes.get("class", "")),
        "autocomplete": attributes.get("autocomplete"),
        "inputmode": attributes.get("inputmode"),
        "spellcheck": False if kind == "email" else None,
    }
    params = _base(bound, is_page_heading) | {key: value for key, value in extra.items() if value is not None}
    if kind == "password":
        return "password-input", params | {"value": ""}  # a secret is never sent back, however wrong the rest was
    return "input", params


def _textarea(bound: BoundField, is_page_heading: bool) -> tuple[str, Params]:
    attributes = bound.field.widget.attrs
    params = _base(bound, is_page_heading) | {"rows": str(attributes.get("rows", 5))}
    most = int(attributes.get("maxlength") or 0)
    if 0 < most <= COUNTED:
        return "character-count", params | {"maxlength": most, "threshold": 75}
    return "textarea", params


def _file(bound: BoundField, is_page_heading: bool) -> tuple[str, Params]:
    params = _base(bound, is_page_heading)
    params.pop("value")
    return "file-upload", params


def _select(bound: BoundField, is_page_heading: bool) -> tuple[str, Params]:
    chosen = str(bound.value() or "")
    items = [
        {"value": str(value), "text": str(text), "selected": str(value) == chosen} for value, text in _choices(bound)
    ]
    return "select", _base(bound, is_page_heading) | {"items": items}


def _radios(bound: BoundField, is_page_heading: bool) -> tuple[str, Params]:
    chosen = "" if bound.value() is None else str(bound.value())
    params = _base(bound, is_page_heading) | {"idPrefix": bound.auto_id, "fieldset": _legend(bound, is_page_heading)}
    items = [{"value": str(value), "text": str(text)} for value, text in _choices(bound)]
    return "radios", params | {"items": items, "value": chosen}


def _checkboxes(bound: BoundField, is_page_heading: bool) -> tuple[str, Params]:
    chosen = [str(value) for value in bound.value() or []]
    params = _base(bound, is_page_heading) | {"idPrefix": bound.auto_id, "fieldset": _legend(bound, is_page_heading)}
    items = [{"value": str(value), "text": str(text)} for value, text in _choices(bound)]
    return "checkboxes", params | {"items": items, "values": chosen}


def _tick(bound: BoundField, _is_page_heading: bool) -> tuple[str, Params]:
    item = {"value": "on", "text": str(bound.label), "checked": bool(bound.value()), "id": bound.auto_id}
    return "checkboxes", {"idPrefix": bound.auto_id, "name": bound.html_name, "items": [item]}


def _day(bound: BoundField, is_page_heading: bool) -> tuple[str, Params]:
    value = bound.value()
    parts = value if isinstance(value, list) else bound.field.widget.decompress(value)
    wrong = " govuk-input--error" if bound.errors else ""
    widths = {"Day": 2, "Month": 2, "Year": 4}
    items = [
        {
            "id": f"{bound.auto_id}_{n}",
            "name": f"{bound.html_name}_{n}",
            "label": label,
            "value": "" if part is None else str(part),
            "classes": f"govuk-input--width-{width}{wrong}",
        }
        for n, ((label, width), part) in enumerate(zip(widths.items(), parts, strict=True))
    ]
    legend = _legend(bound, is_page_heading) | {"role": "group"}
    return "date-input", {"id": bound.auto_id, "fieldset": legend, "items": items}


def _choices(bound: BoundField) -> list[tuple[Any, Any]]:
    choices: Iterable[tuple[Any, Any]] = getattr(bound.field, "choices", ())
    return [(value, text) for value, text in choices if not isinstance(text, (list, tuple))]


_KINDS: tuple[tuple[type[forms.Widget], Callable[[BoundField, bool], tuple[str, Params]]], ...] = (
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.RadioSelect, _radios),
    (forms.CheckboxInput, _tick),
    (forms.Select, _select),
    (forms.FileInput, _file),
    (forms.Textarea, _textarea),
)
