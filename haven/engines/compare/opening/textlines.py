"""Makes passages of lines: those that were only wrapped belong together, also over the end of a page."""

import re
from bisect import bisect_right
from operator import sub
from typing import NamedTuple

from haven.engines.compare.opening.contents import is_led_to_page, without_contents
from haven.engines.compare.opening.hyphens import Joiner
from haven.engines.compare.opening.marks import Mark, Sequence, depth_of, mark_of, set_off
from haven.engines.compare.opening.titles import LABELLED, mark_headings, reads_as_heading
from haven.engines.compare.passages import Passage, PassageKind
from haven.engines.patterns.late import late

_LABELS = frozenset({"Part", "Chap", "Sect", "Anne", "Appe", "Sche"})
_ENDS = ".:;!?"
_CLOSING = ")]\"'’”"
_LONE_MARK = late(
    r"\s*(?:\d{1,3}(?:\.\d{1,3})*[.)]|\d{1,2}(?:\.\d{1,3})+|\(?[a-z]{1,4}\)|\(\d{1,3}\)|[•●○◦▪■□‣∙➢✓\ue000-\uf8ff])"
)
_REFERS = late(
    r"\b(?:paragraphs?|paras?|sections?|parts?|chapters?|clauses?|pages?|and|or|to|of|in|the|see)$|,$", re.IGNORECASE
)
_LONGEST_HEADING = 80
_DASHES = "-–—+*"
_LONGEST_WRAPPED = 170
_INLINE = "•·●"  # glyphs that some texts run on with
_GAPPED = 0.08  # of all lines: so many are blank where blank lines part passages
_SAMPLE = 1500  # lines that show the width well enough
_BLOCK = 50  # lines one after another, of which the sample is made
_FULL = 0.88  # of the width: a line that leaves more room than this was ended by its author


def wrap_width(lines: list[str]) -> int | None:
    """The width at which lines were wrapped, or None where each line is a passage."""
    apart = max(_BLOCK, len(lines) * _BLOCK // _SAMPLE)  # not by single lines: they might all be the last of their page
    sample = [line for start in range(0, len(lines), apart) for line in lines[start : start + _BLOCK] if line]
    lengths = sorted(map(len, sample))
    if len(lengths) < 4:
        return None
    width = lengths[int(len(lengths) * 0.97)]
    if not 24 <= width <= _LONGEST_WRAPPED:
        return None
    near = sum(length >= 0.8 * width for length in lengths)
    carried = sum(line.lstrip()[0].islower() for line in sample)
    return width if near >= 0.2 * len(lengths) and carried >= 0.1 * len(lengths) else None


def lines_to_passages(pages: list[list[str]], width: int | None, text: str, *, has_pages: bool) -> list[Passage]:
    """The passages of all pages. `width` is where lines were wrapped, None where none was."""
    lines, firsts = _flat(pages, width)
    _rejoin_marks(lines)
    bare = list(map(str.strip, lines))
    if width:
        uncertain = inline_glyphs(bare) if any(glyph in text for glyph in _INLINE) else ""
        starts = _Starts(lines, bare, width, uncertain).found()
    else:
        starts = [Start(at, mark_of(line)) for at, line in enumerate(bare) if line]
    joiner = Joiner(text)
    ends = [*(start.at for start in starts[1:]), *([len(lines)] if starts else [])]
    passages = []
    depths: list[float] = []
    for start, end in zip(starts, ends, strict=True):
        words = joiner.joined(bare[start.at : end])
        page = bisect_right(firsts, start.at) if has_pages else None
        if start.mark is None or not (start.mark.glyph or start.mark.is_letter):
            text = set_off(words)
            passages.append(Passage(text, page=page, is_apart=start.is_apart))
            depths.clear()
            continue
        level = depth_of(_indent(lines[start.at]), depths)
        text = words[len(start.mark.glyph) :].lstrip() if start.mark.glyph else words
        passages.append(Passage(text, PassageKind.BULLET, level, page, is_apart=start.is_apart))
    return mark_headings(without_contents(passages))


def _rejoin_marks(lines: list[str]) -> None:
    """Put numbers and glyphs that stand on lines of their own before the words they belong to."""
    for at in [at for at, line in enumerate(lines) if 0 < len(line) < 40 and _LONE_MARK.fullmatch(line)]:
        above = lines[at - 1] if at else ""
        if above and (
            lines[at + 1 : at + 2] != [""] or not ends_sentence(above) or above.rfind("(") > above.rfind(")")
        ):
            continue
        following = next((after for after in range(at + 1, min(at + 4, len(lines))) if lines[after].strip()), None)
        if following and not _LONE_MARK.fullmatch(lines[following]) and not mark_of(lines[following].lstrip()):
            lines[following] = f"{lines[at]} {lines[following].lstrip()}"
            lines[at] = ""


def _flat(pages: list[list[str]], width: int | None) -> tuple[list[str], list[int]]:
    """The lines of all pages, and the first of each. Between pages a blank line stands for the end of a passage."""
    lines: list[str] = []
    firsts = []
    for page in pages:
        first, last = 0, len(page)
        while first < last and not page[first].strip():
            first += 1
        while last > first and not page[last - 1].strip():
            last -= 1
        firsts.append(len(lines) + 1)
        if first < last:
            is_alone = first + 1 == last or not page[first + 1].strip()
            if not (lines and width and _goes_on(lines[-1], page[first], width, is_alone=is_alone)):
                lines.append("")
            lines += page[first:last]
    return lines, firsts


def _goes_on(before: str, line: str, width: int, *, is_alone: bool) -> bool:
    """Whether a passage goes on from one page to the next, on which its line may stand alone."""
    words = line.lstrip()
    mark = mark_of(words)
    if refers_on(before):
        return mark is None or not (mark.glyph or mark.is_letter)
    if LABELLED.match(words) or (before[-1] in ":;" and not words[0].islower()):
        return False
    if is_alone and ends_sentence(before) and reads_as_heading(words):
        return False
    is_within = mark is None or (mark.is_bare and words[mark.words_at :][:1].islower())
    if before[-1] in "-\u2010" or (words[0].islower() and before[-1] not in ".!?"):
        return is_within or words[0].islower()
    return is_within and len(before) + 1 + len(words.split(None, 1)[0]) > width * _FULL


class Start(NamedTuple):
    """The line with which a passage begins, and what is printed before its words."""

    at: int
    mark: Mark | None
    is_apart: bool = True


class _Starts:
    """Finds the lines that begin a passage, and whether they stand apart or only their number says so."""

    def __init__(self, lines: list[str], bare: list[str], width: int, uncertain: str) -> None:
        self._lengths = list(map(len, lines))
        self._indents = list(map(sub, self._lengths, map(len, bare)))
        self._bare = bare
        self._limit = width * _FULL
        self._has_gaps = bare.count("") > _GAPPED * len(bare)
        self._uncertain = _DASHES + uncertain
        self._sequence = Sequence()
        self._starts: list[Start] = []

    def found(self) -> list[Start]:
        """Where passages begin, in order."""
        for at in self._candidates():
            line, above = self._bare[at], self._bare[at - 1] if at else ""
            mark = mark_of(line)
            if not above:
                self._take(Start(at, mark))
            elif mark and not mark.glyph:
                if self._is_numbered(at, mark, above):
                    self._take(Start(at, mark, is_apart=False))
            elif self._is_set_apart(at, line, above, mark.glyph if mark else ""):
                self._take(Start(at, mark))
        return self._starts

    def _candidates(self) -> list[int]:
        """The lines that may begin a passage: after a blank or a short line, marked, or set out to the left."""
        limit, indents = self._limit, self._indents
        lines = zip(self._bare, ["", *self._bare], [0, *self._lengths], indents, [0, *indents], strict=False)
        return [
            at
            for at, (line, above, length, indent, indent_above) in enumerate(lines)
            if line
            and (not above or length < limit or indent < indent_above or not line[:3].isalpha() or line[:4] in _LABELS)
        ]

    def _take(self, start: Start) -> None:
        self._starts.append(start)
        if start.mark:
            self._sequence.take(start.mark)

    def _is_numbered(self, at: int, mark: Mark, above: str) -> bool:
        """Whether a number at the beginning of a line is that of a passage, not a figure in the midst of a sentence."""
        is_ended, is_short = ends_sentence(above), self._is_short(at)
        if is_short and (is_ended or self._is_under_heading(at, above) or is_led_to_page(above)):
            return True
        if not self._sequence.is_next(mark):
            return False
        is_plain = not (mark.is_bare or mark.is_letter) and self._bare[at][mark.words_at :][:1].isupper()
        return is_short or is_ended or above[-1] == ")" or (is_plain and not refers_on(above))

    def _is_set_apart(self, at: int, line: str, above: str, glyph: str) -> bool:
        """Whether a line without a number begins a passage: by its glyph, after a line that was ended, or out of a
        list's indent."""
        is_ended, is_short, start = ends_sentence(above), self._is_short(at), self._starts[-1]
        if glyph:
            is_deeper = self._indents[at] > self._indents[start.at]
            return glyph not in self._uncertain or is_short or is_ended or is_deeper
        if start.mark and start.mark.glyph and at - start.at > 1:
            hanging = self._indents[start.at + 1]
            if hanging > self._indents[start.at] >= self._indents[at]:
                return True
        if line[0].islower():
            return False
        if self._is_labelled(at, line):
            return True
        return (is_short and (is_ended or self._is_under_heading(at, above))) or is_led_to_page(above)

    def _is_labelled(self, at: int, line: str) -> bool:
        """Whether a line such as 'Part 8: Training' stands over a numbered passage or white space."""
        if self._has_gaps or line[:4] not in _LABELS or not LABELLED.match(line) or self._lengths[at] >= self._limit:
            return False
        below = self._bare[at + 1] if at + 1 < len(self._bare) else ""
        return (not below or mark_of(below) is not None) and not refers_on(self._bare[at - 1])

    def _is_under_heading(self, at: int, above: str) -> bool:
        """Whether the line above is a passage so far, and reads as a heading."""
        return self._starts[-1].at == at - 1 and len(above) < _LONGEST_HEADING and reads_as_heading(above)

    def _is_short(self, at: int) -> bool:
        """Whether the first word of a line would have fitted on the line above."""
        return self._lengths[at - 1] + 1 + len(self._bare[at].split(None, 1)[0]) < self._limit


def inline_glyphs(lines: list[str]) -> str:
    """The glyphs that stand within lines, and so may begin one by chance."""
    return "".join(glyph for glyph in _INLINE if any(f" {glyph} " in line for line in lines))


def refers_on(line: str) -> bool:
    """Whether a number that follows a line belongs to what the line says: 'see paragraph', 'between 5 and'."""
    return _REFERS.search(line) is not None


def ends_sentence(line: str) -> bool:
    """Whether a line ends a sentence, or an entry of a list."""
    return line.rstrip(_CLOSING)[-1:] in _ENDS or line.endswith(("; and", "; or"))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
