"""A bulletin, the note it was made from, whom it is for, how it stood before, and whom to tell of it."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Max, Q, Value

from haven.access.privacy import Privacy
from haven.access.roles import LABELS, Role
from haven.actions.models.audiences import AudienceLine, names_nothing_twice, names_what_its_kind_says
from haven.bulletins.rules.publishing import (
    LONGEST_INTRODUCTION,
    LONGEST_TITLE,
    BulletinKind,
    Route,
    Settings,
    Standing,
)
from haven.files.models import StoredFile
from haven.people.models import Area, Organisation

KINDS = [
    (BulletinKind.ACTION.value, "Action"),
    (BulletinKind.INFORMATION.value, "Information"),
    (BulletinKind.CONSULTATION.value, "Consultation"),
    (BulletinKind.URGENT.value, "Urgent"),
]
STANDINGS = [
    (Standing.DRAFT.value, "Draft"),
    (Standing.PUBLISHED.value, "Published"),
    (Standing.WITHDRAWN.value, "Withdrawn"),
    (Standing.DISCARDED.value, "Discarded"),
]
ROUTES = [(Route.FILE.value, "As a file"), (Route.PASTED.value, "Pasted"), (Route.MAIL.value, "By e-mail")]
LONGEST_INDEXED = 400_000  # characters: a search vector holds no more than a mebibyte
ROLES = [(role.value, label) for role, label in LABELS.items()]


class Bulletin(models.Model):
    """A note on its way to those it is for, from draft to withdrawn. Never deleted: a draft is discarded."""

    privacy = Privacy(
        keep="seven years after it was withdrawn or expired; a discarded draft for one year",
        working="id area asked_by title introduction kind standing is_public expires_on roles version made_at made_by "
        "published_at published_by amended_at ended_at ended_why search",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="bulletins")
    asked_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="bulletins")
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    introduction = models.TextField(max_length=LONGEST_INTRODUCTION, blank=True)
    kind = models.CharField(max_length=20, choices=KINDS, default=BulletinKind.ACTION.value)
    standing = models.CharField(max_length=20, choices=STANDINGS, default=Standing.DRAFT.value)
    is_public = models.BooleanField(default=False)
    expires_on = models.DateField(null=True, blank=True)  # the first day on which it no longer holds
    roles = ArrayField(models.CharField(max_length=30, choices=ROLES), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="bulletins_made"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="bulletins_published"
    )
    amended_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.TextField(blank=True)
    search = SearchVectorField(null=True)  # of words without any marked contact: queries.withholding

    class Meta:
        ordering = ["-published_at", "-made_at", "id"]
        indexes = [
            models.Index(fields=["area", "standing", "-published_at"]),
            GinIndex(fields=["search"], name="bulletins_by_their_words"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(standing__in=["draft", "discarded"], published_at__isnull=True)
                | Q(standing__in=["published", "withdrawn"], published_at__isnull=False) & ~Q(title=""),
                name="a_published_bulletin_has_its_title_and_moment",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=["draft", "published"], ended_at__isnull=True)
                | Q(standing="discarded", ended_at__isnull=False)
                | Q(standing="withdrawn", ended_at__isnull=False) & ~Q(ended_why=""),
                name="an_ended_bulletin_says_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"bulletin {self.pk}"

    @property
    def is_draft(self) -> bool:
        """Whether it is still being checked."""
        return self.standing == Standing.DRAFT

    @property
    def is_published(self) -> bool:
        """Whether it stands."""
        return self.standing == Standing.PUBLISHED

    @property
    def settings(self) -> Settings:
        """How it is, or is to be, published."""
        return Settings(
            title=self.title,
            kind=BulletinKind(self.kind),
            audience=tuple(line.reach for line in self.audience.all()),
            introduction=self.introduction,
            roles=frozenset(Role(role) for role in self.roles),
            expires_on=self.expires_on,
            is_public=self.is_public,
        )

    def take(self, settings: Settings) -> None:
        """Let it be published like this."""
        self.title, self.introduction = " ".join(settings.title.split()), settings.introduction.strip()
        self.kind, self.is_public, self.expires_on = settings.kind.value, settings.is_public, settings.expires_on
        self.roles = sorted(role.value for role in settings.roles)
        self.save()
        self.audience.all().delete()
        Audience.objects.bulk_create(Audience.of(settings.audience, bulletin=self))

    def index(self, title: str, words: str) -> None:
        """Let it be found by these words, the title's before the others."""
        first = SearchVector(Value(title), weight="A", config="english")
        others = SearchVector(Value(words[:LONGEST_INDEXED]), weight="B", config="english")
        Bulletin.objects.filter(pk=self.pk).update(search=first + others)

    @property
    def next_item_number(self) -> int:
        """The number of the next item."""
        last = self.items.aggregate(last=Max("number"))["last"]
        return int(last or 0) + 1

    @property
    def role_labels(self) -> list[str]:
        """Whom in an organisation it is meant for, as people say it."""
        return [LABELS[Role(role)] for role in self.roles]


class Note(models.Model):
    """The note as it came in: its words as they were read, and the file that held them. Its words never change."""

    privacy = Privacy(
        keep="as long as its bulletin; the file of a draft until the draft is swept",
        working="bulletin route name media_type noted_on warnings unreadable file digest received_at",
        personal="text sender",
    )

    bulletin = models.OneToOneField(  # a part of the bulletin, in a table of its own so that no list carries the text
        Bulletin, on_delete=models.CASCADE, primary_key=True, related_name="note"
    )
    route = models.CharField(max_length=20, choices=ROUTES)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100, blank=True)
    text = models.TextField(blank=True)
    noted_on = models.DateField(null=True, blank=True)  # the note's own date
    warnings = ArrayField(models.TextField(), default=list, blank=True)
    unreadable = models.TextField(blank=True)  # the one line that says why it could not be read
    file = models.OneToOneField(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="bulletin_note"
    )
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="notes_sent"
    )
    digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(text="") | Q(unreadable=""), name="a_note_is_read_or_says_why_not"),
        ]

    def __str__(self) -> str:
        return f"note of {self.bulletin_id}"


class Audience(AudienceLine):
    """One line of a bulletin's audience."""

    privacy = Privacy(keep="as long as its bulletin", working="id bulletin kind cluster organisation phase")

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="audience")  # a part of the bulletin

    class Meta:
        ordering = ["id"]
        constraints = [
            names_what_its_kind_says("a_bulletins_audience_names_what_its_kind_says"),
            names_nothing_twice("a_bulletins_audience_names_nothing_twice", "bulletin"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.bulletin_id}"


class Version(models.Model):
    """A published bulletin, or one of its items, as it stood before a change."""

    privacy = Privacy(
        keep="as long as its bulletin", working="id bulletin number until_at why", personal="was changed_by"
    )

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="versions")  # a part of the bulletin
    number = models.PositiveIntegerField()
    was = models.JSONField()
    until_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    why = models.TextField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "number"], name="a_bulletins_version_stands_once"),
            models.CheckConstraint(condition=~Q(why=""), name="a_change_of_a_bulletin_says_why"),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.bulletin_id}"


class Announcement(models.Model):
    """That something became of a bulletin, and to which organisations; told once by e-mail."""

    privacy = Privacy(keep="one year after it was told", working="id bulletin kind organisations made_at told_at")

    class Kind(models.TextChoices):
        """What became of it."""

        PUBLISHED = "published", "Published"
        AMENDED = "amended", "Changed"
        WITHDRAWN = "withdrawn", "Withdrawn"

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="announcements")  # a part of it
    kind = models.CharField(max_length=20, choices=Kind.choices)
    organisations = ArrayField(models.UUIDField())
    made_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]
        indexes = [models.Index(fields=["made_at"], condition=Q(told_at__isnull=True), name="announcements_to_make")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.bulletin_id}"
