"""What a reader says: remarks, feedback, and what becomes of a promise."""

from typing import Any
from uuid import UUID

from django import forms

from haven.actions.rules import ALL_SCHOOLS, LONGEST_LABEL, LONGEST_WHAT, Reach, ReachKind, WantedAction
from haven.engines.days.moments import day_in_words, local_day
from haven.kit.dates import DayField
from haven.moderation.models import Remark
from haven.moderation.queries.feedback import Promise

GOOD = "Good practice."
LONGEST_REMARK, LONGEST_FEEDBACK = 5_000, 20_000
SAID = (Remark.Kind.COMMENT, Remark.Kind.GOOD, Remark.Kind.MORE)


class RemarkForm(forms.Form):
    """A remark on one question. Good practice may be said without a word."""

    question = forms.CharField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=[(each.value, each.label) for each in SAID], widget=forms.HiddenInput)
    words = forms.CharField(
        label="What do you say to this answer?",
        required=False,
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Good practice is said by its button alone."""
        typed = super().clean() or {}
        if not typed.get("words") and typed.get("kind") == Remark.Kind.GOOD:
            typed["words"] = GOOD
        return typed


class ReplyForm(forms.Form):
    """A school’s reply to what was remarked on one question."""

    question = forms.CharField(widget=forms.HiddenInput)
    words = forms.CharField(
        label="Your reply",
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write your reply"},
    )


class FeedbackForm(forms.Form):
    """The written answer to a return."""

    words = forms.CharField(
        label="Your feedback",
        help_text="What is strong, what to look at, what you ask. The school’s lead, head and governors read it.",
        max_length=LONGEST_FEEDBACK,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "Write your feedback"},
    )
    area_will = forms.CharField(
        label="What the council will do because of it",
        help_text="Such as a course, a template, or a call. It goes on the list of what you have promised.",
        required=False,
        max_length=LONGEST_FEEDBACK,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SendBackForm(forms.Form):
    """Why more is asked for."""

    words = forms.CharField(
        label="What more is asked for, and why",
        help_text="The school reads this first. Its audit opens again, and is signed anew.",
        max_length=LONGEST_FEEDBACK,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Say what more is asked for"},
    )


class PromiseForm(forms.Form):
    """An action that comes of a promise."""

    what = forms.CharField(
        label="What you ask",
        max_length=LONGEST_WHAT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what you ask"},
    )
    whom = forms.ChoiceField(
        label="Whom you ask",
        choices=[("school", "This school"), ("all", "All schools of the area")],
        widget=forms.RadioSelect,
        initial="school",
    )
    due_on = DayField(label="By when", required=False)

    def __init__(self, *args: Any, promise: Promise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one = len(promise.organisations) == 1
        field: Any = self.fields["whom"]
        this = "This school" if one else f"The {len(promise.organisations):,} schools to which it was promised"
        field.choices = [("school", this), ("all", "All schools of the area")]

    def wanted(self, promise: Promise, asked_by: UUID) -> WantedAction:
        """The action. It has the feedback’s own identifier, so that none is asked twice."""
        typed, feedback = self.cleaned_data, promise.feedback
        of, is_promised = feedback.copy.of, self.cleaned_data["whom"] == "school"
        is_alone = is_promised and len(promise.organisations) == 1
        label = f"{of.cycle.title}, feedback of {day_in_words(local_day(feedback.given_at))}"
        return WantedAction(
            what=typed["what"],
            asked_by=asked_by,
            audience=_promised_to(promise) if is_promised else (ALL_SCHOOLS,),
            source_label=label[:LONGEST_LABEL] if is_alone else of.cycle.title,
            source_address=f"/audits/{of.pk}/feedback/" if is_alone else "/audits/",
            quote=feedback.area_will if is_promised else "",
            due_on=typed["due_on"],
            key=feedback.pk,
        )


def _promised_to(promise: Promise) -> tuple[Reach, ...]:
    return tuple(Reach(ReachKind.ORGANISATION, str(each)) for each in promise.organisations)
