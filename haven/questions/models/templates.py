"""Templates, and their versions."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import WHILE_IN_USE, Privacy
from haven.people.models import Area
from haven.questions.rules.outline import USES, Outline
from haven.questions.rules.outlines import outline_kept

LONGEST_KEY, LONGEST_LABEL, LONGEST_TITLE = 60, 30, 150


class Template(models.Model):
    """A questionnaire through the years. One without an area came in a pack, for every area to take or to copy."""

    privacy = Privacy(keep=WHILE_IN_USE, working="id area key title use ended_at")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="templates")
    key = models.CharField(max_length=LONGEST_KEY)
    title = models.CharField(max_length=LONGEST_TITLE)  # of its latest version
    use = models.CharField(max_length=20, choices=[(use.value, label) for use, label in USES.items()])
    ended_at = models.DateTimeField(null=True, blank=True)  # since when it is offered no more

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "key"], name="a_template_stands_once", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """One version of a template: all its questions as one content. Released, it never changes again."""

    privacy = Privacy(
        keep="as long as the answers given to it",
        working="id template number label content digest revision made_at changed_at released_at copied_from",
        personal="changed_by released_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=LONGEST_LABEL)
    content = models.JSONField()
    digest = models.CharField(max_length=64)  # of the content
    revision = models.PositiveIntegerField(default=1)  # how often a draft was changed
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # none where it came in a pack
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies")

    class Meta:
        ordering = ["template", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="a_version_of_a_template_stands_once"),
            models.UniqueConstraint(fields=["template", "label"], name="a_label_of_a_version_stands_once"),
            models.UniqueConstraint(
                fields=["template"], condition=Q(released_at__isnull=True), name="a_template_has_one_draft"
            ),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="a_version_has_its_digest"),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.template_id}"

    @property
    def is_released(self) -> bool:
        """Whether it may be used, and may not be changed."""
        return self.released_at is not None

    @property
    def outline(self) -> Outline:
        """Its questions. Read once in a process: lists may defer the content."""
        return outline_kept(self.digest, lambda: self.content)


class Step(models.Model):
    """What a draft held before one change of it, so that the change can be undone. They go when it is released."""

    privacy = Privacy(
        keep="until its version is released", working="id version revision content made_at", personal="made_by"
    )

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="steps")  # a part of the draft
    revision = models.PositiveIntegerField()  # that the draft was
    content = models.JSONField()
    made_at = models.DateTimeField()  # when it came to hold this
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["version", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["version", "revision"], name="a_step_of_a_draft_stands_once"),
        ]

    def __str__(self) -> str:
        return f"revision {self.revision} of {self.version_id}"
