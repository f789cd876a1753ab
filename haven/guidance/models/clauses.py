"""The clauses of an edition, to read and to search."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func, Value

from haven.access.privacy import Privacy
from haven.engines.compare.clauses import ClauseKind
from haven.engines.compare.telling import shortened
from haven.guidance.models.editions import Edition

KINDS = [
    (ClauseKind.HEADING.value, "Heading"),
    (ClauseKind.PARAGRAPH.value, "Paragraph"),
    (ClauseKind.BULLET.value, "Entry of a list"),
    (ClauseKind.ROW.value, "Row of a table"),
    (ClauseKind.FOOTNOTE.value, "Footnote"),
]
LONGEST_NUMBER = 60
BEGINNING = 60  # letters by which a clause without a number is called


class Clause(models.Model):
    """One clause as it stands in its edition. Its place there is its address, so it never changes."""

    privacy = Privacy(
        keep="as long as its edition; until another file is given for it",
        public="id edition place number heading text key page kind search",
    )

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="clauses")  # a part of the edition
    place = models.PositiveIntegerField()  # from 1, in the order of reading
    number = models.CharField(max_length=LONGEST_NUMBER, blank=True)  # as printed
    heading = ArrayField(models.TextField(), default=list, blank=True)  # the headings it stands under, outermost first
    text = models.TextField()
    key = models.TextField(blank=True)  # what it shares with a clause that differs in typography alone
    page = models.PositiveIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=20, choices=KINDS)
    search = SearchVectorField(null=True)

    class Meta:
        ordering = ["edition", "place"]
        indexes = [GinIndex(fields=["search"], name="clauses_by_their_words")]
        constraints = [
            models.UniqueConstraint(fields=["edition", "place"], name="a_clauses_place_stands_once_in_its_edition")
        ]

    def __str__(self) -> str:
        return f"clause {self.place} of {self.edition_id}"

    @property
    def numbered(self) -> str:
        """Its words after its number, as a heading: "Part one: what schools do", "2.1 Duties"."""
        parting = ": " if self.number[-1:].isalpha() else " "
        return f"{self.number}{parting}{self.text}" if self.number else self.text

    @property
    def called(self) -> str:
        """What it is called where it is pointed to: its number, else its first words."""
        return f"Clause {self.number}" if self.number else f"“{shortened(self.text, BEGINNING)}”"


class WordsOf(Func):
    """The words of a text as they are searched. The text is spelt plainly first: rules.spelling."""

    function = "guidance_words_of"
    output_field = SearchVectorField()

    def __init__(self, plain: str) -> None:
        super().__init__(Value(plain))
