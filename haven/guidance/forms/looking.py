"""What is looked for: in the list of documents, and in their clauses."""

from typing import Any, cast
from uuid import UUID

from django import forms

from haven.access.actor import Actor
from haven.guidance.models.documents import STANDING_CHOICES
from haven.guidance.queries.pages import Listed, documents_read
from haven.guidance.queries.searching import Sought


class ListForm(forms.Form):
    """What is looked for in the list of documents."""

    is_filter = True

    words = forms.CharField(label="Title or publisher", required=False, max_length=200)
    standing = forms.ChoiceField(label="Standing", required=False, choices=[("", "Any"), *STANDING_CHOICES])
    has_old = forms.BooleanField(label="Also what is over", required=False)

    @property
    def listed(self) -> Listed:
        """What was typed; what was mistyped is left out."""
        self.is_valid()
        typed = self.cleaned_data
        words, standing = typed.get("words", ""), typed.get("standing", "")
        return Listed(words=words, standing=standing, has_old=bool(typed.get("has_old")))


class SearchForm(forms.Form):
    """What is looked for in the clauses."""

    is_filter = True

    words = forms.CharField(
        label="Words",
        help_text="Put words in a row in quotation marks: “have regard to”. End a beginning with a star: safeguard*",
        required=False,
        max_length=200,
    )
    document = forms.ChoiceField(label="Document", required=False)
    where = forms.ChoiceField(
        label="Editions", required=False, choices=[("", "Those in force today"), ("all", "All editions")]
    )
    edition = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [
            (str(each.pk), each.title) for each in documents_read(by=by).filter(editions__clause_count__gt=0).distinct()
        ]
        cast(forms.ChoiceField, self.fields["document"]).choices = [("", "Any document"), *titles]

    @property
    def sought(self) -> Sought:
        """What was typed; what was mistyped is left out."""
        self.is_valid()
        typed = self.cleaned_data
        document = typed.get("document")
        return Sought(
            words=typed.get("words", ""),
            document=UUID(document) if document else None,
            edition=typed.get("edition"),
            has_all=typed.get("where") == "all",
        )
