"""The kinds of reader: by contact with children, and by what somebody answers for in the school."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from haven.access.roles import Role


class ReaderKind(StrEnum):
    """A kind of reader. One person may be of several, and then reads what any of them must."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    LEADER = "leader"
    GOVERNOR = "governor"
    SAFEGUARDING_GOVERNOR = "safeguarding-governor"
    RECRUITER = "recruiter"


@dataclass(frozen=True, slots=True)
class KindInWords:
    """A kind as people say it: in full, as the head of a narrow column, and what it takes in."""

    label: str
    short: str
    hint: str


KINDS = {
    ReaderKind.DIRECT: KindInWords(
        "Works directly with children", "Works with children", "Teachers, teaching assistants, midday supervisors"
    ),
    ReaderKind.INDIRECT: KindInWords(
        "Does not work directly with children", "Other staff", "For instance somebody in an office or on the site"
    ),
    ReaderKind.LEADER: KindInWords(
        "Leads the school or its safeguarding", "Leads", "The headteacher, the safeguarding lead and deputies"
    ),
    ReaderKind.GOVERNOR: KindInWords("Governor or trustee", "Governors", "Everybody on the governing body"),
    ReaderKind.SAFEGUARDING_GOVERNOR: KindInWords(
        "Safeguarding governor", "Safeguarding governor", "The governor who looks after safeguarding"
    ),
    ReaderKind.RECRUITER: KindInWords("Recruits or checks staff", "Recruits", "Whoever appoints or vets people"),
}

USUAL_OF = {
    Role.DSL: ReaderKind.LEADER,
    Role.DEPUTY_DSL: ReaderKind.LEADER,
    Role.HEAD: ReaderKind.LEADER,
    Role.GOVERNOR: ReaderKind.SAFEGUARDING_GOVERNOR,
    Role.CHAIR: ReaderKind.GOVERNOR,
    Role.SCHOOL_STAFF: ReaderKind.DIRECT,
    Role.ADMINISTRATOR: ReaderKind.INDIRECT,
}
"""What the holder of a post is taken for until the school says otherwise. Staff are taken to work with children: who
reads too much is no worse off."""


def usual_kinds(roles: Iterable[Role]) -> frozenset[ReaderKind]:
    """What the holder of these posts is taken for."""
    return frozenset(USUAL_OF[role] for role in roles if role in USUAL_OF)


def in_order(kinds: Iterable[str]) -> list[ReaderKind]:
    """Kinds in the order of the columns, each once; what is no kind is left out."""
    given = set(kinds)
    return [kind for kind in ReaderKind if kind.value in given]


def labels_of(kinds: Iterable[str]) -> list[str]:
    """Kinds as people say them."""
    return [KINDS[kind].label for kind in in_order(kinds)]


@dataclass(frozen=True, slots=True)
class NewReader:
    """Somebody without an account, as she is typed in."""

    name: str
    job: str
    kinds: frozenset[ReaderKind]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of people that was typed or pasted, and what is wrong with it, one sentence for each line."""

    readers: tuple[NewReader, ...]
    faults: tuple[str, ...]


LONGEST_NAME = 150
LONGEST_JOB = 100
MOST_AT_ONCE = 500
TOO_MANY = f"Add up to {MOST_AT_ONCE} people at a time."
NO_NAME = "Line {line}: put the name first, then a comma, then the job."
TOO_LONG = "Line {line}: the name or the job is too long."
NO_KIND = "Line {line}: “{word}” is not a kind of reader. Leave it out, or write “direct” or “not direct”."
_PARTING = re.compile(r"[\t;,]")
_MEANT = {
    "direct": ReaderKind.DIRECT,
    "yes": ReaderKind.DIRECT,
    "not direct": ReaderKind.INDIRECT,
    "indirect": ReaderKind.INDIRECT,
    "no": ReaderKind.INDIRECT,
    "lead": ReaderKind.LEADER,
    "recruits": ReaderKind.RECRUITER,
    "trustee": ReaderKind.GOVERNOR,
}
_MEANT |= {kind.value: kind for kind in ReaderKind}
_MEANT |= {words.label.casefold(): kind for kind, words in KINDS.items()}
_HEADS = frozenset({"name", "full name", "names"})


def listed(text: str, otherwise: frozenset[ReaderKind]) -> Listed:
    """The people in lines of "name, job" or "name, job, kind"; who has no kind of her own has those given. A first line
    that only names the columns is left out."""
    readers, faults = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [" ".join(cell.strip().strip('"').split()) for cell in _PARTING.split(line)]
        if not any(cells) or (number == 1 and cells[0].casefold() in _HEADS):
            continue
        fault, kinds = _fault_of(cells, number), _kinds_in(cells[2:])
        if fault:
            faults.append(fault)
        else:
            readers.append(NewReader(cells[0], cells[1] if len(cells) > 1 else "", kinds or otherwise))
    if len(readers) > MOST_AT_ONCE:
        faults.append(TOO_MANY)
    return Listed(tuple(readers), tuple(faults))


def _fault_of(cells: Sequence[str], number: int) -> str:
    if not cells[0]:
        return NO_NAME.format(line=number)
    if len(cells[0]) > LONGEST_NAME or (len(cells) > 1 and len(cells[1]) > LONGEST_JOB):
        return TOO_LONG.format(line=number)
    strange = next((cell for cell in cells[2:] if cell and cell.casefold() not in _MEANT), "")
    return NO_KIND.format(line=number, word=strange[:40]) if strange else ""


def _kinds_in(cells: Iterable[str]) -> frozenset[ReaderKind]:
    return frozenset(_MEANT[cell.casefold()] for cell in cells if cell.casefold() in _MEANT)
