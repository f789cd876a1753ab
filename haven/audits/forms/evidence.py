"""Evidence that a school puts behind an answer: a file, or the address of a page."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from haven.access.decision import Reason
from haven.kit.uploads import UploadField

LARGEST = 10 * 1024 * 1024
LONGEST_TITLE, LONGEST_ADDRESS = 200, 500


class EvidenceForm(forms.Form):
    """One thing at a time."""

    blames: ClassVar[Mapping[Reason, str]] = {Reason.UNFIT_FILE: "file", Reason.NOT_ASKABLE: "address"}

    file = UploadField(
        label="A file",
        help_text="A document, a picture or a spreadsheet of up to 10 MB. No names of children.",
        required=False,
        most=LARGEST,
        too_big="The file must be smaller than 10 MB",
    )
    address = forms.CharField(
        label="Or the address of a web page",
        help_text="For example https://www.school.example.org/policies",
        required=False,
        max_length=LONGEST_ADDRESS,
    )
    title = forms.CharField(
        label="What it is",
        help_text="You may leave this out: the file’s own name then stands there.",
        required=False,
        max_length=LONGEST_TITLE,
    )

    def clean(self) -> dict[str, Any]:
        """Either a file or an address."""
        given = super().clean() or {}
        if not self.errors and not given.get("file") and not given.get("address"):
            self.add_error("file", "Choose a file, or give the address of a page")
        return given

    @property
    def given(self) -> tuple[str, bytes] | None:
        """The file's name and what it holds."""
        file = self.cleaned_data["file"]
        return (file.name, file.read()) if file else None
