"""What is looked for in a comparison, which editions are compared, and how a change is judged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError

from haven.actions.audiences import AudienceForm
from haven.actions.models.asked import EVIDENCE_ASKED
from haven.actions.rules import LONGEST_WHAT, EvidenceAsked, WantedAction
from haven.changes.models import VERDICT_CHOICES, Judgement
from haven.changes.queries.told import Looked
from haven.changes.rules.comparing import CONCERNS, JUDGED, LONGEST_WORDS, Concern, Judged, Verdict
from haven.engines.compare.changes import ChangeKind
from haven.guidance.models import Edition
from haven.kit.dates import DayField

SIDES = "sides"
KINDS = {kind: kind.value.capitalize() for kind in ChangeKind}
MOST_PAGES = 1000


@dataclass(frozen=True, slots=True)
class Way:
    """A link that shows the changes in another way."""

    label: str
    count: int | None
    address: str
    is_current: bool


class LookForm(forms.Form):
    """What is looked for among the changes. It stands in the address: every way of looking is a plain link."""

    kind = forms.ChoiceField(required=False, choices=[(each.value, label) for each, label in KINDS.items()])
    judged = forms.ChoiceField(required=False, choices=[(each.value, label) for each, label in JUDGED.items()])
    concern = forms.ChoiceField(required=False, choices=[(each.value, label) for each, label in CONCERNS.items()])
    view = forms.ChoiceField(required=False, choices=[(SIDES, "Side by side")])
    area = forms.UUIDField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=MOST_PAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_valid()
        self.typed: Mapping[str, Any] = {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def looked(self) -> Looked:
        """What was asked for; what cannot be made out is left out."""
        typed = self.typed
        return Looked(
            kind=ChangeKind(typed["kind"]) if "kind" in typed else None,
            judged=Judged(typed["judged"]) if "judged" in typed else None,
            concern=Concern(typed["concern"]) if "concern" in typed else None,
            area=typed.get("area"),
            page=typed.get("page", 1),
        )

    @property
    def has_sides(self) -> bool:
        """Whether reworded clauses stand side by side."""
        return "view" in self.typed

    @property
    def is_narrowed(self) -> bool:
        """Whether only some changes are looked for."""
        return bool(self.typed.keys() & {"kind", "judged", "concern"})

    @property
    def query(self) -> str:
        """The same again, as it stands in an address."""
        return urlencode(self.typed)

    @property
    def manner(self) -> str:
        """How changes are shown and for whom, whichever are looked for: what a link to one change begins with."""
        kept = {name: value for name, value in self.typed.items() if name in ("view", "area")}
        return f"{urlencode(kept)}&" if kept else ""

    def ways(self, name: str, labels: Mapping[Any, str], counts: Iterable[tuple[Any, int | None]]) -> list[Way]:
        """A link for each value of a field; the one that is chosen leads back to all."""
        return [
            Way(
                label=labels[value],
                count=count,
                address=self._address(name, "" if self._has(name, value) else str(value)),
                is_current=self._has(name, value),
            )
            for value, count in counts
        ]

    def way_back(self, name: str, label: str) -> Way:
        """The link that shows all, whatever the value of a field."""
        return Way(label=label, count=None, address=self._address(name, ""), is_current=name not in self.typed)

    def _has(self, name: str, value: object) -> bool:
        return str(self.typed.get(name, "")) == str(value)

    def _address(self, name: str, value: str) -> str:
        kept = {key: each for key, each in self.typed.items() if key not in (name, "page")}
        return "?" + urlencode(kept | ({name: value} if value else {}))


class ChooseForm(forms.Form):
    """Which two editions are compared."""

    old = forms.ChoiceField(label="The earlier edition")
    new = forms.ChoiceField(label="The later edition")

    def __init__(self, *args: Any, editions: Sequence[Edition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(each.pk), each.label) for each in reversed(editions)]
        for name in ("old", "new"):
            cast(forms.ChoiceField, self.fields[name]).choices = choices

    def clean(self) -> dict[str, Any]:
        """An edition is compared with another one."""
        typed = super().clean() or {}
        if typed.get("old") and typed.get("old") == typed.get("new"):
            raise ValidationError("Choose two different editions.")
        return typed

    @property
    def chosen(self) -> tuple[UUID, UUID]:
        """The earlier and the later edition."""
        return UUID(self.cleaned_data["old"]), UUID(self.cleaned_data["new"])


def first_choice(editions: Sequence[Edition], new: UUID | None) -> dict[str, str]:
    """What is proposed: an edition, else the latest, with the one before it."""
    places = {each.pk: place for place, each in enumerate(editions)}
    later = places.get(new, len(editions) - 1) if new else len(editions) - 1
    chosen = {"old": editions[max(later - 1, 0)], "new": editions[max(later, 0)]} if editions else {}
    return {name: str(edition.pk) for name, edition in chosen.items()}


class JudgeForm(forms.Form):
    """What a change means for an area."""

    verdict = forms.ChoiceField(
        label="What it means for your area",
        choices=VERDICT_CHOICES,
        error_messages={"required": "Choose what it means for your area", "invalid_choice": "Choose one of the three"},
    )
    words = forms.CharField(
        label="In your words",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    area = forms.UUIDField(widget=forms.HiddenInput)
    following = forms.RegexField(r"^[0-9a-f]{16}(?:-\d+)?$", required=False, widget=forms.HiddenInput)
    is_alone = forms.BooleanField(required=False, widget=forms.HiddenInput)  # judged on its own page

    @property
    def says(self) -> Verdict:
        """The verdict."""
        return Verdict(self.cleaned_data["verdict"])


class ActionForm(AudienceForm):
    """What is asked of schools because of a change. Its source and its words are those of the change."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    what = forms.CharField(
        label="What is asked",
        help_text="Begin with a verb: 'Change your policy'",
        max_length=LONGEST_WHAT,
        error_messages={"required": "Say what is asked"},
    )
    detail = forms.CharField(label="More about it", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    due_on = DayField(label="Due on", required=False)
    evidence = forms.ChoiceField(
        label="What shows that it was done", choices=EVIDENCE_ASKED, initial="none", widget=forms.RadioSelect
    )

    field_order = ("what", "detail", "whom", "clusters", "phases", "organisations", "roles")

    def wanted(self, *, asked_by: UUID) -> WantedAction:
        """The action as it is wished."""
        typed = self.cleaned_data
        return WantedAction(
            what=typed["what"],
            asked_by=asked_by,
            audience=self.audience,
            detail=typed["detail"],
            roles=self.meant_for,
            due_on=typed["due_on"],
            evidence=EvidenceAsked(typed["evidence"]),
            key=typed["key"],
        )


def first_wish(judgement: Judgement, new: Edition, today: date) -> dict[str, Any]:
    """What is proposed: her own words, and the day on which the edition comes into force where that lies ahead."""
    what = judgement.words.partition("\n")[0]
    day = new.in_force_on
    return {"what": what[:LONGEST_WHAT], "due_on": day if day and day >= today else None}
