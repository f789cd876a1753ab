"""The words of a change with what differs marked: in one run, on either side, or in short."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from haven.engines.compare.changes import NEW, OLD, SAME, Change
from haven.engines.compare.clauses import Clause
from haven.engines.compare.telling import shortened
from haven.engines.compare.wording import pieces_of

Run = tuple[str, str]  # SAME, OLD or NEW, and the text


def inline(change: Change) -> list[Run]:
    """Both texts as one. What stayed is as the later edition prints it."""
    if not change.old or not change.new:
        clauses, kind = (change.old, OLD) if change.old else (change.new, NEW)
        return [(kind, " ".join(clause.text for clause in clauses))]
    text = " ".join(clause.text for clause in change.new)
    if all(kind == SAME for kind, _ in change.words):
        return [(SAME, text)]
    if "".join(part for kind, part in change.words if kind != OLD) == text:  # the usual case, and quicker
        return list(change.words)
    pieces = pieces_of(text)
    if sum(_length(part) for kind, part in change.words if kind != OLD) != len(pieces):
        return list(change.words)
    runs, at = [], 0
    for kind, part in change.words:
        if kind == OLD:
            runs.append((kind, part))
            continue
        end = at + _length(part)
        runs.append((kind, "".join(pieces[at:end])))
        at = end
    return runs


def olds_marked(change: Change) -> list[list[Run]]:
    """Of each earlier clause its text, with what was taken out marked."""
    return _marked(change.old, change.words, OLD)


def news_marked(change: Change) -> list[list[Run]]:
    """Of each later clause its text, with what was put in marked."""
    return _marked(change.new, change.words, NEW)


def _marked(clauses: Sequence[Clause], words: Sequence[Run], own: str) -> list[list[Run]]:
    runs = [run for run in words if run[0] in (SAME, own)]
    if len(clauses) == 1 and "".join(text for _, text in runs) == clauses[0].text:  # the usual case, and quicker
        return [runs]
    marks = [kind for kind, text in runs for _ in range(_length(text))]
    cut = [pieces_of(clause.text) for clause in clauses]
    if len(marks) != sum(map(len, cut)):
        return [[(SAME, clause.text)] for clause in clauses]
    each = iter(marks)
    return [_run_together((next(each), piece) for piece in pieces) for pieces in cut]


def _run_together(marked: Iterable[Run]) -> list[Run]:
    return [(kind, "".join(text for _, text in run)) for kind, run in groupby(marked, key=lambda one: one[0])]


def _length(text: str) -> int:
    return len(pieces_of(text))


def neat(runs: Iterable[Run]) -> Iterator[Run]:
    """The same words, with no mark on the blanks around what differs."""
    for kind, text in runs:
        words = text.strip() if kind != SAME else text
        before, _, after = text.partition(words) if words else ("", "", "")
        yield from ((each, part) for each, part in ((SAME, before), (kind, words or text), (SAME, after)) if part)


def excerpt(change: Change, *, context: int, room: int) -> list[Run]:
    """What differs, in about so many letters, with a little of what stands around it. A change of strength is shown
    from its words of strength on."""
    runs = inline(change)
    start = _start(runs, {word for modal in change.modals for word in (modal.old, modal.new) if word})
    first = start - 1 if start and runs[start - 1][0] == SAME else start
    shown: list[Run] = []
    left = room
    for at, (kind, text) in enumerate(runs[first:], start=first):
        if left <= 0:
            return [*shown, (SAME, "…" if shown[-1][1].endswith(" ") else " …")]
        if kind == SAME:
            text = _between(text, context, is_first=at < start or len(runs) == 1, is_last=at == len(runs) - 1)
        else:
            text = shortened(text, max(left, context))
        if at == first > 0 and not text.startswith("…"):
            shown.append((SAME, "… "))
        shown.append((kind, text))
        left -= len(text) if at >= start else 0
    return shown


def _start(runs: Sequence[Run], strong: set[str]) -> int:
    differing = [at for at, (kind, _) in enumerate(runs) if kind != SAME]
    telling = (at for at in differing if any(f" {word} " in f" {runs[at][1].casefold().strip()} " for word in strong))
    return next(telling, differing[0] if differing else 0)


def _between(text: str, context: int, *, is_first: bool, is_last: bool) -> str:
    """So much of a stretch that stayed as borders on what differs."""
    if is_first and is_last:
        return shortened(text, 3 * context)
    if is_first or is_last:
        return shortened(text, context, keep_end=is_first)
    if len(text) <= 2 * context:
        return text
    head, tail = shortened(text, context), shortened(text, context, keep_end=True)
    return head + tail[1:]
