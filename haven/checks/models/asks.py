"""What one agency is asked in a check, about whom, who answers by name, and what is asked later."""

from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.checks.models.checks import Check
from haven.checks.rules.naming import asked_of
from haven.checks.rules.prompts import NEW, OWN
from haven.checks.rules.states import WORDS
from haven.people.models import Area, Organisation
from haven.subjects.models import Record, Subject


class Ask(models.Model):
    """One agency asked in one check. Where it was asked before it has no answer of its own and follows that thread.

    A council is asked about children who are taught at home: `home_area` says where, and so whose officer answers.
    """

    privacy = Privacy(
        keep="as long as its check",
        working="id of agency home_area answer thread state asked_at due_at opened_at answered_at is_out_of_term "
        "is_alarm prompted_at late_told_at",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    of = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="asks")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    home_area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer = models.OneToOneField(Record, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    thread = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followers")
    state = models.CharField(max_length=20, choices=[(each.value, words) for each, words in WORDS.items()])
    asked_at = models.DateTimeField()  # the last time; the first was that of its check
    due_at = models.DateTimeField(null=True, blank=True)  # of what is open now
    opened_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)  # the first time
    is_out_of_term = models.BooleanField(default=False)
    is_alarm = models.BooleanField(default=False)  # nobody who usually answers there may
    prompted_at = models.DateTimeField(null=True, blank=True)
    late_told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = [models.F("due_at").asc(nulls_last=True), "asked_at", "id"]
        indexes = [models.Index(fields=["agency", "state"]), models.Index(fields=["state", "due_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["of", "agency", "thread"], nulls_distinct=False, name="an_agency_is_asked_once_in_a_check"
            ),
            models.CheckConstraint(
                condition=Q(thread__isnull=True, answer__isnull=False) | Q(thread__isnull=False, answer__isnull=True),
                name="an_ask_has_an_answer_or_follows_another",
            ),
            models.CheckConstraint(
                condition=Q(thread__isnull=True) & ~Q(state="follows")
                | Q(thread__isnull=False, state__in=("follows", "withdrawn")),
                name="only_what_follows_another_follows",
            ),
        ]

    def __str__(self) -> str:
        return f"ask {self.pk}"

    @property
    def facts(self) -> dict[str, object]:
        """What the ledger is told: which agency was asked in which check, never of whom."""
        return {"ask": self.pk, "check": self.of_id, "agency": self.agency_id, "area": self.of.area_id}

    @property
    def asked_of(self) -> str:
        """Whom it is put to, as people read it."""
        return asked_of(self.agency.name, is_at_home=self.home_area_id is not None)

    @property
    def root(self) -> "Ask":
        """The ask in whose thread the answer is."""
        return self.thread or self

    @property
    def answer_record(self) -> UUID:
        """The record of the answer in its own thread."""
        assert self.answer_id is not None
        return self.answer_id

    @property
    def keys(self) -> frozenset[str]:
        """The questions that are put to its agency, by key; and what is told beside them."""
        put = {each["key"] for each in self.of.questions if each["kind"] == self.agency.kind}
        return frozenset(put | {NEW} | ({OWN} if self.of.own_question is not None else set()))


class AskedAbout(models.Model):
    """That an agency is asked about a child. A school is asked about its own."""

    privacy = Privacy(keep="as long as its check", personal="id ask subject")

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="about")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ask", "subject"], name="an_agency_is_asked_of_a_child_once")]

    def __str__(self) -> str:
        return f"{self.ask_id} about {self.subject_id}"


class Why(models.TextChoices):
    """Why somebody by name."""

    RUNGS = "rungs", "Nobody who usually answers there may"
    OUT_OF_TERM = "out-of-term", "The school is closed"
    AT_HOME = "at-home", "The child is taught at home"


class Given(models.Model):
    """That somebody by name answers for an agency. Her tie to the records is what lets her."""

    privacy = Privacy(keep="as long as its check", working="id ask why given_at", confidential="person")

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="given")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=20, choices=Why.choices)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ask", "person"], name="an_ask_is_given_to_somebody_once")]

    def __str__(self) -> str:
        return f"{self.ask_id} given"


class Followup(models.Model):
    """More that is asked in a thread: anything new, for a later check; an update, for an allocated worker."""

    class Kind(models.TextChoices):
        """What is asked."""

        NEW = "new", "Anything new?"
        UPDATE = "update", "An update"

    privacy = Privacy(
        keep="as long as its check",
        working="id ask of kind asked_at due_at answered_at",
        personal="asked_by",
        confidential="words",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="followups")
    of = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="+")  # for which check
    kind = models.CharField(max_length=10, choices=Kind.choices)
    words = models.BinaryField(null=True)  # sealed under the key of the answer
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]

    def __str__(self) -> str:
        return f"followup {self.pk}"
