"""What may be looked for from the home page."""

from django import forms


class FindForm(forms.Form):
    """Somebody in the directory."""

    is_filter = True

    words = forms.CharField(label="Find somebody", help_text="Name, role, number or address", required=False)
