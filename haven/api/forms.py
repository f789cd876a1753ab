"""What is typed about programs' keys, cleaned."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, ClassVar, cast
from uuid import UUID

from django import forms

from haven.access.decision import Reason
from haven.api.services import NewKey
from haven.engines.days.moments import moment
from haven.kit.dates import DayField
from haven.people.models import Organisation


class KeyForm(forms.Form):
    """A key to register."""

    blames: ClassVar[Mapping[Reason, str]] = {
        Reason.NOT_ASKABLE: "public",
        Reason.WRONG_STATE: "public",
        Reason.NOT_READY: "last_on",
    }

    organisation = forms.ChoiceField(label="Whose program it is")
    program = forms.CharField(
        label="Program",
        help_text="As you call it, such as Records system. Receipts and the ledger bear this name.",
        max_length=100,
        error_messages={"required": "Give the program a name"},
    )
    public = forms.CharField(
        label="Public key",
        help_text="Ed25519, as PEM or in Base64. The private key stays with the program and is never pasted here.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Paste the public key"},
    )
    first_on = DayField(label="First day")
    last_on = DayField(label="Last day", help_text="A year from the first day at most")

    def __init__(self, *args: Any, senders: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["organisation"]).choices = [(str(each.pk), each.name) for each in senders]
        if len(senders) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.initial["organisation"] = str(senders[0].pk)

    @property
    def new(self) -> NewKey:
        """What was typed."""
        typed = self.cleaned_data
        return NewKey(
            organisation=UUID(typed["organisation"]),
            program=typed["program"],
            public=typed["public"],
            starts_at=self._midnight("first_on", 0),
            ends_at=self._midnight("last_on", 1),
        )

    def _midnight(self, name: str, days: int) -> datetime:
        return moment(self.cleaned_data[name] + timedelta(days=days), time())
