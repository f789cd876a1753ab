"""What a school will do about what is not in place: written by the audit, alive as actions after it."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.actions.models import Action
from haven.audits.models.returns import Return
from haven.questions.models.templates import LONGEST_KEY


class PlanItem(models.Model):
    """One line of a plan. It becomes an action of the school's own once it is agreed."""

    privacy = Privacy(
        keep="as long as its cycle",
        working="id of question issue what success due_on action came_from revision dropped_at dropped_why written_at",
        personal="lead",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="plan")
    question = models.CharField(max_length=LONGEST_KEY, blank=True)  # empty where the school added it
    issue = models.TextField()  # what is not in place
    what = models.CharField(max_length=300, blank=True)  # what will be done
    lead = models.CharField(max_length=150, blank=True)  # who leads on it
    due_on = models.DateField(null=True, blank=True)
    success = models.TextField(blank=True)  # how one will see that it worked
    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.PROTECT, related_name="plan_items")
    came_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="went_on"
    )  # unfinished last time
    revision = models.PositiveIntegerField(default=0)  # how often somebody wrote in it; nought while Haven alone did
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_why = models.TextField(blank=True)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["due_on", "written_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["of", "question"],
                condition=~Q(question="") & Q(dropped_at__isnull=True),
                name="a_question_stands_once_in_a_plan",
            ),
            models.CheckConstraint(condition=~Q(issue=""), name="a_plan_item_says_what_is_not_in_place"),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | ~Q(dropped_why=""), name="a_dropped_plan_item_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"item of {self.of_id}"
