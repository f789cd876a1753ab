"""Makes passages of the lines of a PDF: by white space, indents, fullness, size and weight, and by their numbers."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from haven.engines.compare.opening.contents import is_led_to_page
from haven.engines.compare.opening.marks import Mark, Sequence, mark_of
from haven.engines.compare.opening.pdfbroken import is_head_again, rest_of_row
from haven.engines.compare.opening.pdflines import Line
from haven.engines.compare.opening.pdftables import rows_of, table_end
from haven.engines.compare.opening.textlines import ends_sentence, inline_glyphs, refers_on
from haven.engines.compare.opening.titles import LABELLED, reads_as_heading
from haven.engines.compare.passages import PassageKind
from haven.engines.patterns.late import late

_DASHES = "-–—+*"
_HYPHENS = "-\u2010\ufffe\x02\u00ad"
_LABEL_LETTERS = "PCSA"  # part, chapter, section, annex
_APART = 1.25  # of the usual pitch: from here white space parts two passages
_GAPPED = 0.05  # of all pairs of lines: so many are parted by white space where paragraphs are
_FEW = 5
_FEW_ROWS = 30  # of a table are looked at, to go on with it
_SMALL = 0.93  # of the size of the text: the tallest type of footnotes
_LARGE = 1.1  # of the size of the text: the smallest type of headings
_COLUMN = 3.0  # letter heights from left to left: so far apart are columns, and not the two sides of a book
_ENTRY = late(r"\d{1,4}|[ivxl]{1,6}")


@dataclass(slots=True)
class Draft:
    """Lines that make up one passage; of a row of a table, the lines of each cell."""

    kind: PassageKind
    lines: list[Line]
    mark: Mark | None = None
    is_apart: bool = True
    cells: list[list[str]] = field(default_factory=list)


def drafts_of(regions: list[list[Line]]) -> list[Draft]:
    """The passages of all regions, in order; one that a column or page breaks in two is whole, and footnotes follow
    what they interrupt."""
    writer = _Writer(regions)
    for region in regions:
        writer.write(region)
    return writer.drafts


class _Writer:
    """Writes passages region by region."""

    def __init__(self, regions: list[list[Line]]) -> None:
        letters: Counter[float] = Counter()
        for region in regions:
            for line in region:
                letters[round(line.size * 2) / 2] += len(line.text)
        self._body = letters.most_common(1)[0][0] if letters else 10.0
        pitches = self._pitches(regions)
        self._pitch = _usual(pitches)
        wide = sum(count for pitch, count in pitches.items() if pitch > _APART * self._pitch)
        self._has_gaps = wide > _GAPPED * pitches.total()
        self._sequence = Sequence()
        self._uncertain = _DASHES + inline_glyphs([line.text for region in regions for line in region])
        self._numbered = self._unnumbered = 0
        self._left = self._right = 0.0
        self._head: list[list[str]] = []
        self.drafts: list[Draft] = []

    def _pitches(self, regions: list[list[Line]]) -> Counter[float]:
        """How often lines of the text's own size follow at each distance, which is a share of that size."""
        return Counter(
            round((a.y - b.y) / a.size, 2)
            for region in regions
            for a, b in pairwise(region)
            if abs(a.size - self._body) < 0.6 and abs(b.size - a.size) < 0.6 and 0.8 * a.size < a.y - b.y < 3 * a.size
        )

    def write(self, region: list[Line]) -> None:
        """Write the passages of one region."""
        edges = sorted(line.x1 for line in region)
        right_before = self._right
        self._right = edges[int(len(edges) * 0.9) if len(edges) > 4 else -1]
        left_before, self._left = self._left, _usual_left(region)
        notes = self._notes_at(region)
        before = next((draft for draft in reversed(self.drafts) if draft.kind is not PassageKind.FOOTNOTE), None)
        at = self._resume_table(region[:notes], self._left - left_before)
        while at < notes:
            if cells := region[at].cells:
                self._write_row(region[at], cells)
                at += 1
                continue
            end = table_end(region, at) if len(region[at].pieces) > 1 and not _is_entry(region[at]) else at
            if at < end <= notes:
                self._write_table(region[at:end])
                at = end
                continue
            if at == 0 and before and self._goes_on(before, region[0], right_before):
                self._resume(before, region[0], self._left - left_before)
            else:
                self._write_line(region, at)
            at += 1
        self._write_notes(region[notes:])

    def _write_table(self, lines: list[Line]) -> None:
        row = 0
        for cells in rows_of(lines):
            self._write_row(lines[min(row, len(lines) - 1)], cells)
            row += max(map(len, cells), default=1)

    def _write_row(self, line: Line, cells: list[list[str]]) -> None:
        if not self._head or self.drafts[-1].kind is not PassageKind.ROW:
            self._head = cells
        self.drafts.append(Draft(PassageKind.ROW, [line], cells=cells))

    def _resume_table(self, region: list[Line], shift: float) -> int:
        """Go on with a table that the end of the region before broke: how many lines are of its head or last row."""
        table: list[Line] = []
        rows = [draft for draft in self.drafts[-_FEW_ROWS:] if draft.kind is not PassageKind.FOOTNOTE]
        while rows and rows[-1].kind is PassageKind.ROW:
            table.insert(0, rows.pop().lines[0])
        at = 0
        while table and at < len(region) and is_head_again(self._head, region[at]):
            at += 1
        if not at:
            self._head = []
        if table and table[-1].cells:
            count, cells = rest_of_row(table, region[at:], shift)
            for place, words in cells.items():
                table[-1].cells[place] += words
            at += count
        return at

    def _resume(self, draft: Draft, line: Line, shift: float) -> None:
        """Go on with a passage of the region before, which then stands behind the footnotes that came between, and as
        far to the left as the line, or as the region, `shift` from where it was."""
        shift = line.x0 - draft.lines[-1].x0 if len(draft.lines) > 1 else shift
        for part in draft.lines if abs(shift) > _COLUMN * line.size else ():
            part.x0 += shift
            part.x1 += shift
        draft.lines.append(line)
        if draft is not self.drafts[-1]:
            self.drafts.remove(draft)
            self.drafts.append(draft)

    def _write_line(self, region: list[Line], at: int) -> None:
        line = region[at]
        mark = mark_of(line.text)
        is_apart: bool | None = True
        if at and self.drafts[-1].kind not in (PassageKind.ROW, PassageKind.FOOTNOTE):
            is_apart = self._begins(self.drafts[-1], line, mark)
            if is_apart is None:
                self.drafts[-1].lines.append(line)
                return
        self.drafts.append(Draft(self._kind(line, mark), [line], mark, is_apart is not False))
        if mark:
            self._sequence.take(mark)
            self._numbered += not mark.glyph
        elif self.drafts[-1].kind is PassageKind.PARAGRAPH:
            self._unnumbered += 1

    def _kind(self, line: Line, mark: Mark | None) -> PassageKind:
        if mark and (mark.glyph or mark.is_letter):
            return PassageKind.BULLET
        above = self.drafts[-1] if self.drafts else None
        is_under = above and (above.kind is PassageKind.BULLET or above.lines[-1].text.endswith(":"))
        if is_under and mark is None and line.x0 > self._left + line.size and not line.is_bold:
            return PassageKind.BULLET
        if _is_entry(line):
            return PassageKind.PARAGRAPH
        if _is_labelled(line):
            return PassageKind.HEADING
        is_heading = (line.size > _LARGE * self._body or line.is_bold) and any(map(str.isalpha, line.text))
        return PassageKind.HEADING if is_heading else PassageKind.PARAGRAPH

    def _begins(self, draft: Draft, line: Line, mark: Mark | None) -> bool | None:
        """Whether a line under another begins a passage: None where it does not, otherwise whether it is set apart."""
        before = draft.lines[-1]
        if _is_entry(before):
            return True
        is_ended = ends_sentence(before.text)
        is_full = self._is_full(before, line)
        is_open = not is_ended and (line.text[0].islower() or (is_full and draft.kind is not PassageKind.HEADING))
        if self._is_parted(before, line) or (line.is_bold != before.is_bold and not is_open):
            return True
        if before.text[-1] in _HYPHENS and line.text[0].islower():
            return None
        if mark and mark.glyph:
            is_start = mark.glyph not in self._uncertain or is_ended or not is_full or line.x0 > draft.lines[0].x0 + 3
            return True if is_start else None
        if mark and self._is_numbered(before, line, mark, is_ended=is_ended, is_full=is_full):
            return False
        is_titled = _is_labelled(line) and (is_ended or not is_full) and not refers_on(before.text)
        if is_titled or (_is_headed(draft, line) and not is_full):
            return True
        if mark is None and self._is_listed(draft, line) and not is_full:
            return True
        needs_more = self._has_gaps or self._is_numbered_throughout()
        is_short = not (self._is_long(before, self._right) if needs_more else is_full)
        if self._is_out_of_list(draft, line, is_closed=is_ended or not is_full, is_short=is_short):
            return True
        hangs = draft.mark is not None and len(draft.lines) == 1
        is_indented = line.x0 > before.x0 + 0.8 * line.size and draft.kind is PassageKind.PARAGRAPH and not hangs
        is_new = mark is None and is_ended and not line.text[0].islower() and (is_indented or is_short)
        return True if is_new else None

    def _is_parted(self, before: Line, line: Line) -> bool:
        """Whether white space or size part two lines."""
        pitch = before.y - line.y
        if pitch > _APART * self._pitch * max(before.size, line.size) or pitch < 0:
            return True
        return abs(line.size - before.size) > 0.08 * before.size + 0.3

    def _is_numbered(self, before: Line, line: Line, mark: Mark, *, is_ended: bool, is_full: bool) -> bool:
        hangs_out = line.x0 < before.x0 - 0.8 * line.size
        if is_ended and (not is_full or hangs_out):
            return True
        if not self._sequence.is_next(mark):
            return False
        is_plain = not (mark.is_bare or mark.is_letter) and line.text[mark.words_at :][:1].isupper()
        return hangs_out or is_ended or not is_full or (is_plain and not refers_on(before.text))

    def _is_listed(self, draft: Draft, line: Line) -> bool:
        """Whether a line stands to the right of the text, in a list whose glyphs are only drawn."""
        first = draft.lines[0]
        is_deeper = line.x0 > first.x0 + 0.8 * line.size and len(draft.lines) == 1
        return draft.mark is None and line.x0 > self._left + line.size and (is_deeper or line.x0 < first.x0 + 1)

    def _is_out_of_list(self, draft: Draft, line: Line, *, is_closed: bool, is_short: bool) -> bool:
        """Whether a line stands to the left of the words of the list entry above it."""
        if draft.kind is not PassageKind.BULLET:
            return False
        if len(draft.lines) > 1:
            return line.x0 < draft.lines[1].x0 - 3 and draft.lines[1].x0 > draft.lines[0].x0 + 3
        if line.text[0].islower() or line.x0 > draft.lines[0].x0 + 1:
            return False
        return is_closed if line.x0 < draft.lines[0].x0 - 1 else is_short

    def _is_numbered_throughout(self) -> bool:
        """Whether a paragraph without a number is an exception so far."""
        return self._numbered > max(_FEW, _FEW * self._unnumbered)

    def _is_full(self, before: Line, line: Line, right: float | None = None) -> bool:
        """Whether the next line's first word would not have fitted on the line before."""
        word = line.text.split(" ", 1)[0]
        width = (before.x1 - before.x0) / max(len(before.text), 1)
        return before.x1 + (len(word) + 1) * width * 0.95 > (self._right if right is None else right)

    def _is_long(self, line: Line, right: float) -> bool:
        return line.x1 > line.x0 + 0.7 * (right - line.x0)

    def _goes_on(self, draft: Draft, line: Line, right: float) -> bool:
        """Whether the first line of a region goes on with a passage that the end of the one before broke. `right` is
        how far the lines of that one reach."""
        before, mark = draft.lines[-1], mark_of(line.text)
        if draft.kind not in (PassageKind.PARAGRAPH, PassageKind.BULLET) or abs(line.size - before.size) > 1:
            return False
        if (mark and (mark.glyph or not line.text[0].islower())) or _is_labelled(line):
            return False
        is_ended = ends_sentence(before.text)
        if before.text[-1] in _HYPHENS or (line.text[0].islower() and not before.text.endswith((".", "!", "?"))):
            return True
        if line.is_bold != before.is_bold:
            return False
        if is_ended and self._is_numbered_throughout():
            return draft.mark is not None and self._is_long(before, right)
        return self._is_full(before, line, right) or (not is_ended and self._is_long(before, right))

    def _notes_at(self, region: list[Line]) -> int:
        """Where the footnotes at the foot of a region begin."""
        at = len(region)
        while at and region[at - 1].size < _SMALL * self._body:
            at -= 1
        while at < len(region) and not _is_note(region[at]):
            at += 1
        return at

    def _write_notes(self, lines: list[Line]) -> None:
        for line in lines:
            if _is_note(line):
                self.drafts.append(Draft(PassageKind.FOOTNOTE, [line]))
            else:
                self.drafts[-1].lines.append(line)


def _usual_left(region: list[Line]) -> float:
    """Where most letters of a region have their left edge, or the leftmost of edges that are nearly as usual."""
    edges: Counter[float] = Counter()
    for line in region:
        edges[round(line.x0)] += len(line.text)
    most = max(edges.values())
    return min(edge for edge, letters in edges.items() if letters > 0.3 * most)


def _usual(pitches: Counter[float]) -> float:
    """The distance between two lines of a paragraph."""
    near = {pitch: sum(pitches[round(pitch + step / 100, 2)] for step in range(-3, 4)) for pitch in pitches}
    return max(near, key=lambda pitch: near[pitch]) if near else 1.2


def _is_labelled(line: Line) -> bool:
    """Whether a line is a heading by its words alone: 'Part two: Managing safeguarding'."""
    return (
        len(line.pieces) == 1
        and not is_led_to_page(line.text)
        and LABELLED.match(line.text) is not None
        and reads_as_heading(line.text)
    )


def _is_headed(draft: Draft, line: Line) -> bool:
    """Whether a line stands under a heading that is one by its words, and does not go on with it."""
    before = draft.lines[-1]
    goes_on = line.text[0].islower() and line.is_bold and before.is_bold
    return len(draft.lines) == 1 and not goes_on and _is_labelled(before)


def _is_note(line: Line) -> bool:
    return bool(line.note) or line.text[0] in "*†‡" or (line.text[:1].isdigit() and mark_of(line.text) is not None)


def _is_entry(line: Line) -> bool:
    """Whether a line is one of a table of contents: words, and the page they are on."""
    if is_led_to_page(line.text):
        return True
    return len(line.pieces) == 2 and _ENTRY.fullmatch(line.pieces[1].text) is not None and len(line.pieces[0].text) > 3
