"""What somebody tells: one matter, how she knows, how sure she is. In plain words and never as a grade.

The items are the union of forms that forces and partnerships publish (Devon and Cornwall, Dorset, Essex, Leeds):
https://www.devon-cornwall.police.uk/contact/contact-forms/partner-agency-information-sharing-form/ and
https://www.dorset.police.uk/help-advice-crime-prevention/abuse-exploitation-neglect/multi-agency-information-sharing-report/
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from haven.intelligence.rules.sanitising import shared_words

LONGEST_MATTER = 5_000
LONGEST_WORDS = 500
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is taken for something else
GROUPS = 2
LETTERS = 4  # in a group


class How(StrEnum):
    """How whoever tells it knows."""

    SAW = "saw"
    CHILD = "child"
    ADULT = "adult"
    ONLINE = "online"
    ANONYMOUS = "anonymous"


HOW_IN_WORDS: Mapping[How, str] = {
    How.SAW: "I saw or heard it myself",
    How.CHILD: "A child told me",
    How.ADULT: "An adult told me",
    How.ONLINE: "I found it online",
    How.ANONYMOUS: "It came without a name",
}


class Sure(StrEnum):
    """How sure she is that it is right."""

    SURE = "sure"
    FAIRLY = "fairly"
    UNSURE = "unsure"


SURE_IN_WORDS: Mapping[Sure, str] = {Sure.SURE: "Sure", Sure.FAIRLY: "Fairly sure", Sure.UNSURE: "Not sure"}


class Aware(StrEnum):
    """Whether the parents know that it is told."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    NOT_ABOUT_A_CHILD = "no-child"


AWARE_IN_WORDS: Mapping[Aware, str] = {
    Aware.NO: "No",
    Aware.YES: "Yes",
    Aware.UNKNOWN: "I do not know",
    Aware.NOT_ABOUT_A_CHILD: "It is not about one child",
}


class Theme(StrEnum):
    """What it is about, as a force that publishes its categories sorts what partners tell.

    https://www.safe4me.co.uk/portfolio/sharing-information/ (Hampshire); the words are ours.
    """

    MISSING = "missing"
    SEXUAL = "sexual"
    CRIMINAL = "criminal"
    DRUGS = "drugs"
    SLAVERY = "slavery"
    TENSION = "tension"
    ANTISOCIAL = "antisocial"
    ORGANISED = "organised"
    OTHER = "other"


THEME_IN_WORDS: Mapping[Theme, str] = {
    Theme.MISSING: "A child who goes missing",
    Theme.SEXUAL: "Sexual exploitation",
    Theme.CRIMINAL: "Criminal exploitation",
    Theme.DRUGS: "Drugs",
    Theme.SLAVERY: "Modern slavery or trafficking",
    Theme.TENSION: "Hatred or tension between people",
    Theme.ANTISOCIAL: "Antisocial behaviour",
    Theme.ORGANISED: "Organised crime",
    Theme.OTHER: "Something else",
}

MATTER = "Say what you know"
TOO_LONG = "Keep it to {most:,} characters. One matter at a time."
SHOWS_WHO = (
    "This says “{word}”, which is also in who told you. Take it out, or say below that it could show who told us."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What is told. `told_by` goes to the source alone and never beside the matter."""

    matter: str
    theme: Theme
    how: How
    sure: Sure
    could_show: bool  # whether the words could show who told
    is_doubted: bool = False  # whether it may be false or malicious
    aware: Aware = Aware.UNKNOWN
    handling: str = ""
    agencies: str = ""  # who was told already
    told_by: str = ""

    def faults(self) -> dict[str, str]:
        """What is wrong with it, by field, in words for whoever typed it."""
        wrong = {}
        if not self.matter.strip():
            wrong["matter"] = MATTER
        elif len(self.matter) > LONGEST_MATTER:
            wrong["matter"] = TOO_LONG.format(most=LONGEST_MATTER)
        elif not self.could_show and (same := shared_words(self.matter, [self.told_by])):
            wrong["matter"] = SHOWS_WHO.format(word=same[0])
        return wrong

    @property
    def in_words(self) -> dict[str, str]:
        """What was chosen, in the words it was chosen by."""
        return {
            "how": HOW_IN_WORDS[self.how],
            "sure": SURE_IN_WORDS[self.sure],
            "aware": AWARE_IN_WORDS[self.aware],
        }

    def particulars(self) -> str:
        """All but the matter and who told, to be sealed."""
        said = asdict(self)
        return json.dumps({key: said[key] for key in said if key not in ("matter", "told_by")}, ensure_ascii=False)


def telling_of(matter: str, particulars: str) -> Telling:
    """What the matter and `particulars` said. Raises `ValueError` for what they never say."""
    said = json.loads(particulars)
    kinds = {"theme": Theme, "how": How, "sure": Sure, "aware": Aware}
    return Telling(matter=matter, **said | {key: kind(said[key]) for key, kind in kinds.items()})


def reference() -> str:
    """A new reference by which people speak of it, such as K7QM-42XD. It says nothing, not even an order."""
    letters = ("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))
    return "-".join(letters)
