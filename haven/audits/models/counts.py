"""How often each answer was sent, kept by the writes themselves: what figures of a whole country are read from."""

from django.db import models

from haven.access.privacy import Privacy
from haven.audits.models.cycles import Cycle
from haven.questions.models.templates import LONGEST_KEY

LONGEST_ANSWER = 60
RETURNS = ""
"""In place of a question's key: the copies themselves."""


class Count(models.Model):
    """How many copies that were sent, and stand, give one answer to one question of a cycle.

    `answer` is the choice that was taken, “said” where what is answered is no choice, and empty where a question was
    asked and not answered. `haven check` counts the copies again and compares.
    """

    privacy = Privacy(keep="as long as its cycle", working="id cycle question answer number")

    id = models.BigAutoField(primary_key=True)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="counts")
    question = models.CharField(max_length=LONGEST_KEY, blank=True)  # empty for the copies themselves
    answer = models.CharField(max_length=LONGEST_ANSWER, blank=True)
    number = models.IntegerField()

    class Meta:
        ordering = ["cycle", "question", "answer"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "question", "answer"], name="an_answer_is_counted_once_in_a_cycle"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} in {self.cycle_id}"
