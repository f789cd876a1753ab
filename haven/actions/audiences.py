"""Whom something is for, as it is chosen in a form. Every form that chooses an audience builds on the one here.

Not among `forms`, which no other capability may enter: docs/decisions/0006-whom-an-item-is-for.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from haven.access.roles import LABELS, SCHOOL_ROLES, Role
from haven.actions.queries import audiences
from haven.actions.rules import ALL_SCHOOLS, SCHOOLS, Reach, ReachKind
from haven.people.models import Area

ROLE_CHOICES = [(role.value, LABELS[role]) for role in Role if role in SCHOOL_ROLES]
SOME = "some"
EVERY_SCHOOL = {ALL_SCHOOLS.kind.value: (ALL_SCHOOLS,)}


class AudienceForm(forms.Form):
    """Everybody, or some: by cluster, by phase, by name. `wholes` says what the choices other than some stand for."""

    wholes: ClassVar[Mapping[str, tuple[Reach, ...]]] = EVERY_SCHOOL

    whom = forms.ChoiceField(
        label="Who it is for",
        widget=forms.RadioSelect,
        choices=[(ALL_SCHOOLS.kind.value, "All schools in the area"), (SOME, "Some of them: choose below")],
        error_messages={"required": "Choose whom it is for"},
    )
    clusters = forms.MultipleChoiceField(label="Clusters", required=False, widget=forms.CheckboxSelectMultiple)
    phases = forms.MultipleChoiceField(
        label="Phases", required=False, choices=list(SCHOOLS.items()), widget=forms.CheckboxSelectMultiple
    )
    organisations = forms.CharField(
        label="Schools and organisations by name",
        help_text="One a line, by URN or by the whole name",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    roles = forms.MultipleChoiceField(
        label="Meant for",
        help_text="They get the e-mail. The safeguarding leads, if you choose nobody.",
        required=False,
        choices=ROLE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, area: Area, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.area, self.on = area, on
        self.named: list[UUID] = []
        if choices := audiences.clusters(area=area):
            cast(forms.ChoiceField, self.fields["clusters"]).choices = choices
        else:
            del self.fields["clusters"]

    def clean_organisations(self) -> str:
        """Find the organisations that are named."""
        lines = [line.strip() for line in self.cleaned_data["organisations"].splitlines() if line.strip()]
        self.named, unknown = audiences.named(area=self.area, lines=lines, on=self.on)
        if unknown:
            raise ValidationError(f"Not found in {self.area.name}: {', '.join(unknown)}")
        return "\n".join(lines)

    def clean(self) -> dict[str, Any]:
        """Somebody must be chosen."""
        typed = super().clean() or {}
        if typed.get("whom") == SOME and "organisations" not in self.errors and not self._some(typed):
            self.add_error("whom", "Choose at least one cluster, phase, school or organisation")
        return typed

    @property
    def audience(self) -> tuple[Reach, ...]:
        """Whom it is for."""
        whom = self.cleaned_data["whom"]
        return self._some(self.cleaned_data) if whom == SOME else self.wholes[whom]

    @property
    def meant_for(self) -> frozenset[Role]:
        """The posts it is meant for."""
        return frozenset(Role(role) for role in self.cleaned_data["roles"])

    def _some(self, typed: Mapping[str, Any]) -> tuple[Reach, ...]:
        return (
            *(Reach(ReachKind.CLUSTER, each) for each in typed.get("clusters", ())),
            *(Reach(ReachKind.PHASE, each) for each in typed.get("phases", ())),
            *(Reach(ReachKind.ORGANISATION, str(each)) for each in self.named),
        )


def chosen_again(audience: Iterable[Reach], wholes: Mapping[str, tuple[Reach, ...]] = EVERY_SCHOOL) -> dict[str, Any]:
    """An audience as the form shows it."""
    reaches = tuple(audience)
    by_kind = {kind: [reach.of for reach in reaches if reach.kind is kind] for kind in ReachKind}
    return {
        "whom": next((name for name, whole in wholes.items() if whole == reaches), SOME),
        "clusters": by_kind[ReachKind.CLUSTER],
        "phases": by_kind[ReachKind.PHASE],
        "organisations": "\n".join(audiences.names_of(organisations=by_kind[ReachKind.ORGANISATION])),
    }


def area_chosen(areas: Sequence[Area], typed: str) -> Area:
    """The area that an address names, else the first that she leads."""
    try:
        wanted = UUID(typed)
    except ValueError:
        return areas[0]
    return next((each for each in areas if each.pk == wanted), areas[0])
