"""What hangs on a document: the responses to its consultations."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from haven.access.actor import Actor
from haven.consultations.models import Response, Submission
from haven.consultations.policy import responses_kept_by
from haven.consultations.queries.listing import standing_on
from haven.consultations.rules.standing import STANDINGS
from haven.guidance.models import Document
from haven.guidance.queries.strands import Strand


def strands(document: Document, words: Collection[str], by: Actor, on: date) -> Mapping[str, Sequence[Strand]]:
    """The responses of the areas she leads. They hang on the document as a whole, so on no clause's words."""
    if not by.leads or "" not in words:
        return {}
    rows = Response.objects.filter(responses_kept_by(by), edition__document=document).select_related("edition", "area")
    sent = Exists(Submission.objects.filter(response=OuterRef("pk")))
    found = [
        Strand(
            kind="Consultation",
            title=f"Response of {row.area.name} to {row.edition.label}",
            address=reverse("consultations:response", args=[row.pk]),
            beside=STANDINGS[standing_on(row, on, is_sent=row.is_sent)][0],
        )
        for row in rows.annotate(is_sent=sent)
    ]
    return {"": found} if found else {}
