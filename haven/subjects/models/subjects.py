"""Children and adults named in confidential work. Names and birth dates are sealed; what stays open says little."""

from uuid import UUID, uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from haven.access.privacy import Privacy
from haven.people.models import Area, Organisation
from haven.people.models.dated import Between
from haven.subjects.models.records import About, Record
from haven.subjects.rules.naming import Sort
from haven.subjects.rules.ties import State


class Subject(models.Model):
    """Somebody named in confidential work. Who she is stands sealed under the key of her own record."""

    privacy = Privacy(
        keep="by the retention class of its record, then the names are erased",
        working="id sort record added_at",
        confidential="names birth_date",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    sort = models.CharField(max_length=10, choices=[(each.value, each.value.capitalize()) for each in Sort])
    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="subject")
    names = models.BinaryField(null=True)  # null once erased
    birth_date = models.BinaryField(null=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return f"subject {self.pk}"

    @property
    def alone(self) -> models.QuerySet[Record]:
        """The records about nobody else. One about a brother, too, ends when the last of them is erased."""
        others = About.objects.exclude(subject=self).exclude(subject__record__state=State.ERASED)
        rows = Record.objects.filter(about__subject=self).exclude(state=State.ERASED)
        return rows.exclude(pk__in=others.values("record"))


class FindMark(models.Model):
    """By which one organisation finds a subject again: forty bits that say nothing without its key.

    Made of last name, first initial and birth date together, never of a last name alone.
    """

    privacy = Privacy(keep="as long as its subject", working="id organisation", confidential="subject mark")

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="marks")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    mark = models.BinaryField(max_length=5)

    class Meta:
        indexes = [models.Index(fields=["organisation", "mark"])]
        constraints = [
            models.UniqueConstraint(fields=["subject", "organisation"], name="a_subject_is_marked_once_for_each"),
        ]

    def __str__(self) -> str:
        return f"mark of {self.subject_id}"


class SafeAddress(models.Model):
    """Where somebody may be found who must not be found. A record of its own, which no school is ever tied to."""

    privacy = Privacy(
        keep="as long as its subject, or until it is replaced",
        working="id subject record given_at replaced_at",
        confidential="address",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="addresses")
    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="address")
    address = models.BinaryField(null=True)
    given_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=Q(replaced_at__isnull=True), name="a_subject_has_one_safe_address"
            ),
        ]

    def __str__(self) -> str:
        return f"safe address of {self.subject_id}"


class Attendance(models.Model):
    """Where a child learns, from a day up to, not including, another: at a school, or at home in an area."""

    privacy = Privacy(
        keep="as long as its subject",
        working="id starts_on ends_on",
        confidential="subject school home_area moved_to",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="attendances")
    school = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    home_area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    moved_to = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(school__isnull=False, home_area__isnull=True)
                | Q(school__isnull=True, home_area__isnull=False),
                name="a_child_learns_at_a_school_or_at_home",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="no_attendance_ends_before_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(moved_to__isnull=True) | Q(ends_on__isnull=False), name="who_moved_has_left"
            ),
            ExclusionConstraint(
                name="a_child_is_at_a_school_once_at_a_time",
                expressions=[
                    ("subject", RangeOperators.EQUAL),
                    ("school", RangeOperators.EQUAL),
                    (Between(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"attendance {self.pk}"


class Siblings(models.Model):
    """That two subjects are brothers or sisters. It says nothing of where either is."""

    privacy = Privacy(keep="as long as both subjects", working="id", confidential="one other")

    one = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="siblings_are_linked_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="the_lesser_sibling_comes_first"),
        ]

    def __str__(self) -> str:
        return f"siblings {self.one_id} and {self.other_id}"

    @classmethod
    def of(cls, subject: UUID) -> frozenset[UUID]:
        """Her brothers and sisters."""
        pairs = cls.objects.filter(Q(one=subject) | Q(other=subject)).values_list("one", "other")
        return frozenset(each for pair in pairs for each in pair) - {subject}
