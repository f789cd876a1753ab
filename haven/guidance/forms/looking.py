"""What is looked for: in the list of documents, and in their clauses."""

from typing import Any
from uuid import UUID

from django import forms

from haven.access.actor import Actor
from haven.guidance.forms.choices import offer
from haven.guidance.models.documents import STANDING_CHOICES
from haven.guidance.queries.pages import Listed, documents_with_words, editions_with_words
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
    where = forms.ChoiceField(label="Editions", required=False)
    edition = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        documents = documents_with_words(by=by)
        titles = [(str(each.pk), each.title) for each in documents]
        offer(self, "document", [("", "Any document"), *titles])
        chosen = next((each for each in documents if str(each.pk) == self.data.get("document")), None)
        own = [(str(each.pk), each.label) for each in editions_with_words(document=chosen)] if chosen else []
        offer(self, "where", [("", "Those in force today"), ("all", "All editions"), *own])

    @property
    def within(self) -> UUID | None:
        """The edition from whose page she came, and in which alone she looks."""
        return self.cleaned_data.get("edition") if self.is_valid() else None

    @property
    def sought(self) -> Sought:
        """What was typed; what was mistyped is left out."""
        self.is_valid()
        typed = self.cleaned_data
        document, where = typed.get("document"), typed.get("where")
        one = UUID(where) if where and where != "all" else None
        return Sought(
            words=typed.get("words", ""),
            document=UUID(document) if document else None,
            edition=typed.get("edition") or one,
            has_all=where == "all",
        )
