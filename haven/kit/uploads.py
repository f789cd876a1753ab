"""A file that somebody gives."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class UploadField(forms.FileField):
    """A file of at most so many bytes, refused by its size before it is read into memory. An empty one is no file."""

    def __init__(self, *, most: int, too_big: str, **options: Any) -> None:
        super().__init__(**options)
        self.most, self.too_big = most, too_big

    def to_python(self, data: Any) -> Any:
        """The file. Raises `ValidationError` for one that is empty or too big."""
        file = super().to_python(data)
        if file and file.size > self.most:
            raise ValidationError(self.too_big)
        return file
