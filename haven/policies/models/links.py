"""What a policy rests on."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from haven.access.privacy import Privacy
from haven.guidance.models import ClausePointer, points_fully
from haven.policies.models.policies import Policy


class Link(ClausePointer):
    """That a policy rests on a document, or on the words of one clause of it."""

    privacy = Privacy(
        keep="as long as its policy, or until it is taken off",
        working="id policy document edition place words said linked_at checked_at",
        personal="linked_by checked_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="links")
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["document__title", "place", "id"]
        indexes = [models.Index(fields=["document", "words"])]
        constraints = [
            points_fully("a_policy_rests_on_a_document_or_a_clause"),
            models.UniqueConstraint(fields=["policy", "document", "words"], name="a_policy_rests_on_a_thing_once"),
        ]

    def __str__(self) -> str:
        return f"{self.policy_id} on {self.document_id}"
