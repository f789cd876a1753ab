"""Where something belongs before it is told here. What is told here is looked at on working days and not at night:
https://www.safe4me.co.uk/portfolio/sharing-information/ keeps it for what is neither urgent, nor a crime, nor a child
at risk; those ways are telephone numbers and words, and Haven takes nobody there."""

from dataclasses import dataclass

USUAL_CRIME = "Ring 101, or report it on your police force’s website."
USUAL_CHILD = "Ring your council’s MASH. At night, ring its emergency duty team."
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Ways:
    """The area’s words for the ways that lead out of Haven."""

    crime: str = USUAL_CRIME
    child: str = USUAL_CHILD
