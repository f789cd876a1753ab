"""What may be looked for from the home page, and which entries of the ledger to show."""

from django import forms


class FindForm(forms.Form):
    """Somebody in the directory."""

    is_filter = True

    words = forms.CharField(label="Find somebody", help_text="Name, role, number or address", required=False)


class BeforeForm(forms.Form):
    """The entries before one of them. A number that no entry can have asks for the newest."""

    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    @property
    def number(self) -> int | None:
        """The number; none where it was left out or mistyped."""
        self.is_valid()
        return self.cleaned_data.get("before")
