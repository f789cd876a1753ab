"""What is looked for on the public pages."""

from django import forms

from haven.bulletins.queries.lists import Sought


class SearchForm(forms.Form):
    """Words to look for, and which page of what was found."""

    is_filter = True

    words = forms.CharField(label="Search", required=False, max_length=200)
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)

    @property
    def sought(self) -> Sought:
        """What was typed."""
        self.is_valid()
        return Sought(words=self.cleaned_data.get("words", ""))

    @property
    def page_number(self) -> int:
        """Which page; the first where it was mistyped."""
        self.is_valid()
        return self.cleaned_data.get("page") or 1
