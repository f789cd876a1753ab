"""What a change is called, where it stands and what it amounts to, in plain words."""

from collections.abc import Sequence

from haven.engines.compare.changes import Change, ChangeKind, Comparison
from haven.engines.compare.clauses import Clause, ClauseKind

ORDER = (  # what matters most to a reader comes first
    ChangeKind.STRENGTHENED,
    ChangeKind.WEAKENED,
    ChangeKind.ADDED,
    ChangeKind.REMOVED,
    ChangeKind.REWORDED,
    ChangeKind.MOVED,
    ChangeKind.SPLIT,
    ChangeKind.MERGED,
)
STRENGTH = frozenset({ChangeKind.STRENGTHENED, ChangeKind.WEAKENED})
_UNNUMBERED = {
    ClauseKind.HEADING: "Heading",
    ClauseKind.PARAGRAPH: "Paragraph",
    ClauseKind.BULLET: "Item",
    ClauseKind.ROW: "Row",
    ClauseKind.FOOTNOTE: "Footnote",
}
_BEGINNING = 40  # letters of a clause without a number by which it is found
Path = tuple[str, ...]


def kinds_of(change: Change) -> tuple[ChangeKind, ...]:
    """Its kinds, what matters most first."""
    return tuple(kind for kind in ORDER if kind in change.kinds)


def changes_of_strength(comparison: Comparison) -> list[Change]:
    """What asks more than before, then what asks less, each in the order of the document."""
    return [c for kind in ORDER[:2] for c in comparison.changes if kind is next(iter(kinds_of(c)), None)]


def title_of(change: Change) -> str:
    """What the change is found by: "Clause 16, now 14"; where nothing is numbered, its first words."""
    before, after = _numbers(change.old), _numbers(change.new)
    if not before and not after:
        return _beginning(change.new or change.old)
    if not change.old or not change.new or before == after:
        return f"Clause{'s' * (len(change.new or change.old) > 1)} {before or after}"
    if not before:
        return f"Clause{'s' * (len(change.new) > 1)} {after}, before without a number"
    return f"Clause{'s' * (len(change.old) > 1)} {before}, now {after or 'without a number'}"


def _numbers(clauses: Sequence[Clause]) -> str:
    numbers = [clause.number for clause in clauses if clause.number]
    bare = len(clauses) - len(numbers)
    if not numbers:
        return ""
    return in_a_row(numbers if not bare else [*numbers, f"{bare} without a number"])


def _beginning(clauses: Sequence[Clause]) -> str:
    return f"{_UNNUMBERED[clauses[0].kind]} “{shortened(clauses[0].text, _BEGINNING)}”"


def in_a_row(words: Sequence[str]) -> str:
    """ "a, b and c"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def counted(number: int, noun: str, nouns: str = "") -> str:
    """ "1 clause", "1,200 clauses", "2 policies"; `nouns` where more of it are called otherwise: "2 schools are"."""
    if number == 1:
        return f"1 {noun}"
    if nouns:
        return f"{number:,} {nouns}"
    return f"{number:,} {noun[:-1]}ies" if noun.endswith("y") else f"{number:,} {noun}s"


def pages_of(change: Change) -> str:
    """On which page of either edition it stands; empty where no pages are known."""
    before, after = (side[0].page if side else None for side in (change.old, change.new))
    if before and after:
        return f"page {before} in both editions" if before == after else f"page {before}, now page {after}"
    if before:
        return f"page {before} of the earlier edition"
    return f"page {after} of the later edition" if after else ""


def heading_of(change: Change) -> Path:
    """The headings it stands under now, or stood under."""
    return (change.new or change.old)[0].heading


def path_of(heading: Path) -> str:
    """The headings on one line, outermost first."""
    return " › ".join(heading)


def standing_under(comparison: Comparison) -> list[Path]:
    """For each change the headings to list it under, without the document's own title. What was removed is listed under
    the present name of its headings, where something else that stood there shows it."""
    present = {
        c.old[0].heading: c.new[0].heading
        for c in comparison.changes
        if c.old and c.new and ChangeKind.MOVED not in c.kinds
    }
    paths = [heading_of(c) if c.new else present.get(heading_of(c), heading_of(c)) for c in comparison.changes]
    titles = {title.casefold() for title in (comparison.old.title, comparison.new.title) if title}
    return [path[1:] if path[:1] and path[0].casefold() in titles else path for path in paths]


def parts_of(paths: Sequence[Path], deepest: int) -> dict[Path, list[int]]:
    """The parts of the document by the outermost headings that tell the changes apart, at most so deep: of each the
    places of its changes, in order."""
    depths = range(1, deepest)
    depth = next((n for n in depths if len({path[:n] for path in paths}) > 1), max(deepest, 1))
    parts: dict[Path, list[int]] = {}
    for at, path in enumerate(paths):
        parts.setdefault(path[:depth], []).append(at)
    return parts


def place_of(comparison: Comparison, change: Change) -> float:
    """How far into the document it stands, from 0 up to 1: in the later edition, or in the earlier where it is gone."""
    i, j = change.at
    at, clauses = (j, comparison.new.clauses) if j >= 0 else (i, comparison.old.clauses)
    return min(max(at / clauses, 0.0), 1.0) if clauses else 0.0


def amount_of(comparison: Comparison) -> str:
    """How many changes there are. Where there is a warning and no change, the two were too unlike to tell."""
    if comparison.changes:
        return counted(len(comparison.changes), "change")
    return "No words changed" if comparison.renumbered_only or not comparison.warnings else "No changes are told"


def sameness_of(comparison: Comparison) -> str:
    """How much of the later edition says what the earlier said; empty where the two were too unlike to tell."""
    if not comparison.changes and not comparison.renumbered_only and comparison.warnings:
        return ""
    same = max(0, comparison.new.clauses - sum(len(change.new) for change in comparison.changes))
    renumbered = comparison.renumbered_only
    numbered = f", {renumbered:,} of them under another number" if renumbered else ""
    say = "says" if same == 1 else "say"
    clauses = counted(comparison.new.clauses, "clause")
    return f"Of the {clauses} of the later edition {same:,} {say} what the earlier said{numbered}."


def strength_of(change: Change) -> str:
    """The words of strength that changed: "should → must"."""
    return "; ".join(f"{modal.old or 'none'} → {modal.new or 'none'}" for modal in change.modals)


def strength_told(change: Change) -> list[str]:
    """The same in sentences: "“should” became “must”"."""
    return [_told(modal.old or "", modal.new or "") for modal in change.modals]


def moved_told(change: Change) -> str:
    """From where to where it moved; empty where it did not."""
    if ChangeKind.MOVED not in change.kinds:
        return ""
    old, new = change.old[0].heading, change.new[0].heading
    shared = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    before, after = path_of(old[shared:]), path_of(new[shared:])
    if before == after:
        return f"moved within “{after}”" if after else "moved to another place"
    return f"moved from “{before or 'the beginning'}” to “{after or 'the beginning'}”"


def what_changed(change: Change) -> str:
    """Everything that happened to it, in one line."""
    if not change.old:
        return "new in this edition"
    if not change.new:
        return "taken out"
    told = [moved_told(change)]
    if ChangeKind.SPLIT in change.kinds:
        told.append(f"split into {counted(len(change.new), 'clause')}")
    if ChangeKind.MERGED in change.kinds:
        told.append(f"merged from {counted(len(change.old), 'clause')}")
    return "; ".join(filter(None, [*told, *_words_told(change)]))


def _words_told(change: Change) -> list[str]:
    told, waiting = [], ""
    for kind, text in (*change.words, ("same", "")):
        if kind == "new":
            told.append(_told(waiting, text))
            waiting = ""
            continue
        if waiting:
            told.append(_told(waiting, ""))
        waiting = text if kind == "old" else ""
    return told


def _told(old: str, new: str) -> str:
    old, new = old.strip(), new.strip()
    if old and new:
        return f"“{old}” became “{new}”"
    return f"“{new}” was put in" if new else f"“{old}” was taken out"


def shortened(text: str, room: int, *, keep_end: bool = False) -> str:
    """The text in about so many letters, cut between words, with an ellipsis where it is cut."""
    if len(text) <= room:
        return text
    if keep_end:
        cut = text[-room:]
        return "… " + (cut.partition(" ")[2] or cut)
    cut = text[:room]
    return (cut.rpartition(" ")[0] or cut).rstrip() + " …"
