"""Which schools of a cycle a picture shows."""

from collections.abc import Iterable, Sequence
from typing import cast
from uuid import UUID

from django import forms

from haven.people.models import Cluster, Phase
from haven.reports.queries.pictures import LEAST_FIRST
from haven.reports.queries.sent import Sought


class SoughtForm(forms.Form):
    """By phase and by cluster."""

    is_filter = True

    phase = forms.ChoiceField(label="Phase", required=False)
    cluster = forms.ChoiceField(label="Cluster", required=False)
    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    @property
    def sought(self) -> Sought:
        """What is sought; what was mistyped is left out."""
        typed = {name: str(self.data.get(name, "")) for name in ("phase", "cluster", "order", "page")}
        page = int(typed["page"]) if typed["page"].isdecimal() and len(typed["page"]) < 6 else 1
        phase = typed["phase"] if typed["phase"] in set(Phase.values) else ""
        order = typed["order"] if typed["order"] == LEAST_FIRST else ""
        return Sought(phase=phase, cluster=_uuid(typed["cluster"]), order=order, page=max(page, 1))

    def offer(self, phases: Sequence[tuple[str, str]], clusters: Iterable[Cluster]) -> None:
        """What can be chosen. An area without clusters is not asked for one."""
        cast(forms.ChoiceField, self.fields["phase"]).choices = [("", "All phases"), *phases]
        groups = [(str(each.pk), each.name) for each in clusters]
        cast(forms.ChoiceField, self.fields["cluster"]).choices = [("", "All schools"), *groups]
        if not groups:
            del self.fields["cluster"]


class PictureForm(SoughtForm):
    """And in which order."""

    order = forms.ChoiceField(
        label="Order", required=False, choices=[("", "By name"), (LEAST_FIRST, "Least in place first")]
    )


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
