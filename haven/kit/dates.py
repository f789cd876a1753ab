"""A day typed as day, month and year."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class DayWidget(forms.MultiWidget):
    """Three boxes: day, month, year."""

    def __init__(self) -> None:
        super().__init__([forms.TextInput(), forms.TextInput(), forms.TextInput()])

    def decompress(self, value: date | None) -> list[Any]:
        """The parts of a date, or three blanks."""
        return [value.day, value.month, value.year] if value else [None, None, None]

    def id_for_label(self, id_: str) -> str:
        """The first box, so that a link in the error summary lands there."""
        return f"{id_}_0"


class DayField(forms.MultiValueField):
    """Cleans three boxes into a date, and says which of them is wrong in plain words."""

    widget = DayWidget

    def __init__(self, **options: Any) -> None:
        parts = [forms.CharField(), forms.CharField(), forms.CharField()]
        super().__init__(parts, require_all_fields=False, **options)

    def clean(self, value: list[Any]) -> date | None:
        """The date; null where the boxes are blank and may be."""
        typed = [str(part or "").strip() for part in value or ["", "", ""]]
        if not any(typed):
            if self.required:
                raise ValidationError(f"Enter the date for “{self.label}”" if self.label else "Enter the date")
            return None
        missing = [name for name, part in zip(("day", "month", "year"), typed, strict=True) if not part]
        if missing:
            raise ValidationError(f"“{self._named}” must include a {' and a '.join(missing)}")
        return self._date(typed)

    @property
    def _named(self) -> str:
        return str(self.label or "The date")

    def _date(self, typed: list[str]) -> date:
        try:
            day, month, year = map(int, typed)
            return date(year, month, day)
        except ValueError:
            raise ValidationError(f"“{self._named}” must be a real date, such as 27 3 2026") from None
