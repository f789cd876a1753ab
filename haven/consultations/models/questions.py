"""The questions of a consultation, and the area's answer to each."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Deferrable, Q

from haven.access.privacy import Privacy
from haven.consultations.models.responses import Response
from haven.consultations.rules.questions import KINDS, LONGEST_NUMBER, QuestionKind, label_of

LONGEST_CHOICE = 30


class Question(models.Model):
    """One question. It changes until the first organisation has contributed."""

    privacy = Privacy(keep="as long as its response", working="id response place number words kind")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="questions")  # a part of the response
    place = models.PositiveIntegerField()  # from 1
    number = models.CharField(max_length=LONGEST_NUMBER, blank=True)  # as printed
    words = models.TextField()
    kind = models.CharField(max_length=20, choices=[(kind.value, label) for kind, label in KINDS])

    class Meta:
        ordering = ["response", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "place"],
                name="a_place_among_questions_is_taken_once",
                deferrable=Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=~Q(words=""), name="a_question_has_its_words"),
        ]

    def __str__(self) -> str:
        return f"question {self.place} of {self.response_id}"

    @property
    def asks(self) -> QuestionKind:
        """How it is answered."""
        return QuestionKind(self.kind)

    @property
    def called(self) -> str:
        """What it is called where it is pointed to."""
        return f"Question {self.number or self.place}"


class Answer(models.Model):
    """What the area answers to a question, or that it leaves the question out."""

    privacy = Privacy(
        keep="as long as its question",
        working="question choice words is_left_out version written_at",
        personal="written_by",
    )

    question = models.OneToOneField(  # a part of the question
        Question, on_delete=models.CASCADE, primary_key=True, related_name="answer"
    )
    choice = models.CharField(max_length=LONGEST_CHOICE, blank=True)
    words = models.TextField(blank=True)
    is_left_out = models.BooleanField(default=False)
    version = models.PositiveIntegerField()  # how often it was written
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_left_out=True, choice="", words="")
                | Q(is_left_out=False) & (~Q(choice="") | ~Q(words="")),
                name="an_answer_says_something_or_is_left_out",
            )
        ]

    def __str__(self) -> str:
        return f"answer to {self.question_id}"

    @property
    def chosen(self) -> str:
        """What was chosen, in words."""
        return label_of(self.question.asks, self.choice)
