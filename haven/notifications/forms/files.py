"""A file of notifications, and whether its good lines go where others are not right."""

from typing import Any

from django import forms

from haven.kit.uploads import UploadField
from haven.notifications.rules.lines import LARGEST, NotAFile, decoded

GOOD, ALL = "good", "all"


class UploadForm(forms.Form):
    """The file."""

    file = UploadField(
        label="CSV file",
        help_text="A child on each line, up to 200. It is looked at first and sent only when you say so.",
        most=LARGEST,
        too_big="The file is larger than 1 MB. Send it in parts.",
        error_messages={"required": "Choose a file"},
    )

    def clean_file(self) -> str:
        """The file as text."""
        try:
            return decoded(self.cleaned_data["file"].read())
        except NotAFile as fault:
            raise forms.ValidationError(f"{fault}.") from None


class LinesForm(forms.Form):
    """The lines as they were looked at, and which of them go."""

    text = forms.CharField(widget=forms.HiddenInput, max_length=LARGEST, strip=False)
    which = forms.ChoiceField(
        label="Some lines are not right. What shall happen?",
        choices=[(GOOD, "Send the good lines now, and I send the others later"), (ALL, "Send nothing yet")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what shall happen"},
    )

    def __init__(self, *args: Any, has_faults: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_faults:
            del self.fields["which"]

    @property
    def sends(self) -> bool:
        """Whether anything is to be sent."""
        return self.cleaned_data.get("which", GOOD) == GOOD
