"""A document that schools go by, whatever its edition."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from haven.access.privacy import WHILE_IN_USE, Privacy
from haven.guidance.rules.facts import LONGEST_ADDRESS, LONGEST_TITLE, STANDINGS, DocumentFacts, Standing
from haven.people.models import Area

STANDING_CHOICES = [(standing.value, label) for standing, label in STANDINGS]


class Document(models.Model):
    """National guidance, kept by the catalogue pack, or an area's own. Never deleted: withdrawn, and put back."""

    privacy = Privacy(
        keep=WHILE_IN_USE,
        public="id area key title short_names publisher standing for_whom address sources unsourced pack pack_version "
        "withdrawn_on withdrawn_why",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    area = models.ForeignKey(  # none for national guidance
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="guidance"
    )
    key = models.SlugField(max_length=80, null=True, blank=True, unique=True)  # its name in the catalogue pack
    title = models.CharField(max_length=LONGEST_TITLE)
    short_names = ArrayField(models.CharField(max_length=LONGEST_TITLE), default=list, blank=True)
    publisher = models.CharField(max_length=LONGEST_TITLE)
    standing = models.CharField(max_length=20, choices=STANDING_CHOICES)
    for_whom = models.TextField(blank=True)
    address = models.URLField(max_length=LONGEST_ADDRESS, blank=True)
    sources = ArrayField(models.URLField(max_length=LONGEST_ADDRESS), default=list, blank=True)
    unsourced = ArrayField(models.CharField(max_length=40), default=list, blank=True)  # facts without a source
    pack = models.CharField(max_length=80, blank=True)
    pack_version = models.PositiveIntegerField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)  # the day its area withdrew it whole
    withdrawn_why = models.TextField(blank=True)

    class Meta:
        ordering = ["title", "id"]
        indexes = [models.Index(fields=["area", "title"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(area__isnull=True, key__isnull=False, pack_version__isnull=False) & ~Q(pack="")
                | Q(area__isnull=False, key__isnull=True, pack="", pack_version__isnull=True),
                name="a_document_is_of_the_catalogue_or_of_an_area",
            ),
            models.CheckConstraint(
                condition=~Q(standing="local") | Q(area__isnull=False), name="a_local_document_belongs_to_an_area"
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(publisher=""), name="a_document_has_title_and_publisher"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_why="")
                | Q(withdrawn_on__isnull=False, area__isnull=False) & ~Q(withdrawn_why=""),
                name="only_an_areas_own_document_is_withdrawn_and_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_national(self) -> bool:
        """Whether the catalogue keeps it, for every area."""
        return self.area_id is None

    @property
    def facts(self) -> DocumentFacts:
        """What is known of it."""
        return DocumentFacts(
            title=self.title,
            publisher=self.publisher,
            standing=Standing(self.standing),
            short_names=tuple(self.short_names),
            for_whom=self.for_whom,
            address=self.address,
            sources=tuple(self.sources),
            unsourced=tuple(self.unsourced),
        )

    def take(self, facts: DocumentFacts) -> None:
        """Let this be known of it."""
        self.title, self.publisher = " ".join(facts.title.split()), " ".join(facts.publisher.split())
        self.standing, self.for_whom, self.address = facts.standing.value, facts.for_whom.strip(), facts.address
        self.short_names, self.sources, self.unsourced = (
            list(facts.short_names),
            list(facts.sources),
            list(facts.unsourced),
        )
        self.save()
