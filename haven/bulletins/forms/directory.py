"""The directory: what is looked for, and a contact that is changed."""

from django import forms

from haven.bulletins.forms.items import ContactFields


class DirectoryForm(forms.Form):
    """What is looked for in the directory."""

    is_filter = True

    words = forms.CharField(
        label="Search the directory", help_text="Name, role, number or address", required=False, max_length=100
    )

    @property
    def searched(self) -> str:
        """What was typed."""
        return self.cleaned_data.get("words", "") if self.is_valid() else ""


class AmendContactForm(ContactFields):
    """A contact of the directory, changed."""

    why = forms.CharField(
        label="Why, if more people may have it now", required=False, max_length=500, widget=forms.Textarea({"rows": 2})
    )
