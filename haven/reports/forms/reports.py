"""What a lead writes for the report of an audit, and which edition she wants."""

from django import forms

from haven.reports.rules.reporting import EDITIONS, LONGEST_WORDS, Edition

PARAGRAPHS = "Leave an empty line between paragraphs."


class WordsForm(forms.Form):
    """The words before and after the figures."""

    intro = forms.CharField(
        label="Introduction",
        help_text=f"Why you asked, how, and whom to thank. It stands at the beginning. {PARAGRAPHS}",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    conclusions = forms.CharField(
        label="Conclusions",
        help_text=f"What you make of it, and what you will do. It stands after the figures. {PARAGRAPHS}",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class EditionForm(forms.Form):
    """For whom it is made."""

    edition = forms.ChoiceField(
        label="Which edition?",
        choices=[(each.value, label) for each, label in EDITIONS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an edition"},
    )

    @property
    def wanted(self) -> Edition:
        """The edition."""
        return Edition(self.cleaned_data["edition"])
