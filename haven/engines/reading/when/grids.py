"""Tables set out as calendars: weekdays or days at the head of the columns, or the month in a column of its own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from haven.engines.documents.document import Block, BlockKind, Document
from haven.engines.patterns.late import late
from haven.engines.reading.what.sentences import Sentence
from haven.engines.reading.when.clock import find_clocks
from haven.engines.reading.when.mention import Mention
from haven.engines.reading.when.names import DAY, MONTH, WEEKDAY, month_number, weekday_number
from haven.engines.reading.when.stretch import Kind
from haven.engines.reading.when.years import conflict_of, make_day, nearest

_ONLY_WEEKDAY = late(rf"\W*(?P<wd>{WEEKDAY})s?\W*", re.IGNORECASE)
_ONLY_MONTH = late(rf"\W*(?P<month>{MONTH})\b\.?\s*(?P<year>20\d\d)?\W*", re.IGNORECASE)
_ONLY_DAY = late(rf"\W*(?:(?P<wd>{WEEKDAY})\b\.?\s*)?(?P<day>{DAY})\W*", re.IGNORECASE)
_LEADING_DAY = late(rf"\W*(?:{WEEKDAY}\b\.?\s*)?(?P<day>3[01]|[12]\d|[1-9])(?:st|nd|rd|th)\b", re.IGNORECASE)
_DATES = late(r"\W*(?:dates?|when)\W*", re.IGNORECASE)
_TIME_HEAD = late(r"\W*(?:start\s+)?times?\W*|\W*(?:hours|start)\W*", re.IGNORECASE)
_DITTO = late(r"\W*(?:ditto|do|same|as\s+(?:above|before))\W*|[\"”“〃′']+", re.IGNORECASE)
_WORDS = late(r"[A-Za-z]{3}")


@dataclass(slots=True)
class Grids:
    """What has been read so far of a document's tables."""

    document: Document
    headings: Mapping[tuple[int, int], str]
    note: date
    columns: dict[tuple[int, int], Mention] = field(default_factory=dict)  # days at the head of columns
    last: dict[int, Mention] = field(default_factory=dict)  # the day of the row above, by table
    months: dict[int, tuple[int, int | None]] = field(default_factory=dict)  # the month last named, by table

    def read(self, sentence: Sentence, fresh: list[Mention], week: date | None) -> list[Mention]:
        """The days of a row: those found in it, or those that its place in the table gives its cells."""
        if sentence.kind is not BlockKind.CELL or sentence.block == sentence.last_block:
            return fresh
        cells = [b for b in self.document.blocks[sentence.block : sentence.last_block + 1] if b.kind is BlockKind.CELL]
        if self._is_head(cells, fresh):
            return []
        fresh = self._carried(sentence, cells, fresh)
        if placed := self._by_weekday(sentence, cells, fresh, week) or self._by_column(sentence, cells, fresh):
            return placed
        return fresh or self._by_month(sentence, cells) or self._by_month_row(sentence, cells)

    def _words(self, cell: Block) -> str:
        return self.document.text[cell.start : cell.end].strip()

    def _is_head(self, cells: list[Block], fresh: list[Mention]) -> bool:
        """A first row whose cells, beyond the corner, are days and no more; its days are kept for the rows below."""
        table, corner = cells[0].table, self._words(cells[0])
        if table is None or cells[0].row != 0 or _DATES.fullmatch(corner) or len(fresh) < 2:
            return False
        found: dict[int, Mention] = {}
        for mention in fresh:
            cell = self.document.blocks[mention.block]
            beside = self.document.text[cell.start : mention.start] + self.document.text[mention.end : cell.end]
            if mention.kind is not Kind.DAY or cell.column is None or _WORDS.search(beside):
                return False
            found[cell.column] = mention
        if len(found) < len(cells) - 1 or cells[-1].end - cells[0].start > 400:
            return False
        self.columns |= {(table, column): mention for column, mention in found.items()}
        return True

    def _carried(self, sentence: Sentence, cells: list[Block], fresh: list[Mention]) -> list[Mention]:
        """A row that leaves out its hours, or its day, as said in the row above it (a merged cell)."""
        table = cells[0].table
        if table is None or cells[0].row == 0:
            return fresh
        above = self.last.get(table)
        timed = next((c for c in cells if _TIME_HEAD.fullmatch(self._head_of(c))), None)
        dated = any(_DATES.fullmatch(self._head_of(c)) for c in cells)
        if above is not None and len(fresh) == 1 and fresh[0].at is None and self._leaves_out_hours(table, timed):
            fresh = [replace(fresh[0], at=above.at, ends_at=above.ends_at, clock=None)]
        elif above is not None and not fresh and timed is not None and not dated:
            clock = next(iter(find_clocks(self._words(timed))), None)
            if clock is not None:
                made = self._placed(sentence, timed, above, above.day)
                fresh = [replace(made, at=clock.at, ends_at=clock.until, is_placed=False)]
        if len(fresh) == 1:
            self.last[table] = fresh[0]
        elif fresh:
            self.last.pop(table, None)
        return fresh

    def _leaves_out_hours(self, table: int, timed: Block | None) -> bool:
        """Whether a row of a table with a column of hours has none there, or ‘ditto’."""
        if timed is not None:
            return _DITTO.fullmatch(self._words(timed)) is not None
        return any(_TIME_HEAD.fullmatch(head) for (t, _), head in self.headings.items() if t == table)

    def _by_column(self, sentence: Sentence, cells: list[Block], fresh: list[Mention]) -> list[Mention]:
        if fresh:
            return []
        made = []
        for cell in cells:
            placed = cell.table is not None and cell.column is not None
            head = self.columns.get((cell.table, cell.column)) if placed else None  # type: ignore[arg-type]
            if head is not None and (_WORDS.search(self._words(cell)) or find_clocks(self._words(cell))):
                made.append(self._placed(sentence, cell, head, head.day))
        return made

    def _by_weekday(
        self, sentence: Sentence, cells: list[Block], fresh: list[Mention], week: date | None
    ) -> list[Mention]:
        """A row of a timetable of weeks: the week stands in its first cell, or in a line above the table."""
        heads = {c.column: _ONLY_WEEKDAY.fullmatch(self._head_of(c)) for c in cells}
        if sum(head is not None for head in heads.values()) < 2 or cells[0].row == 0 or len(fresh) > 1:
            return []
        own = fresh[0] if fresh and fresh[0].block == sentence.block else None
        monday = own.day - timedelta(days=own.day.weekday()) if own else week
        if monday is None or (fresh and own is None):
            return []
        made = []
        for cell in cells:
            head = heads[cell.column]
            if head is not None and _WORDS.search(self._words(cell)):
                day = monday + timedelta(days=weekday_number(head["wd"]))
                like = own or _blank(sentence, day)
                made.append(self._placed(sentence, cell, like, day))
        return made

    def _head_of(self, cell: Block) -> str:
        if cell.table is None or cell.column is None:
            return ""
        return self.headings.get((cell.table, cell.column), "")

    def _placed(self, sentence: Sentence, cell: Block, like: Mention, day: date) -> Mention:
        words = self.document.text[cell.start : cell.end]
        clock = next(
            (c for c in find_clocks(words, cell.start) if not c.is_weak or c.until or _has_minutes(words)), None
        )
        at = next((i for i in range(sentence.block, sentence.last_block + 1) if self.document.blocks[i] is cell), 0)
        return replace(
            like,
            start=cell.start,
            end=cell.start,
            kind=Kind.RELATIVE,
            day=day,
            until=None,
            at=clock.at if clock else None,
            ends_at=clock.until if clock else None,
            clock=(clock.start, clock.end) if clock else None,
            sentence=sentence,
            block=at,
            weekday=None,
            conflict=None,
            opens_line=True,
            is_placed=True,
            is_behind=day < self.note,
            confidence=0.85,
        )

    def _by_month(self, sentence: Sentence, cells: list[Block]) -> list[Mention]:
        """‘June | 17 | Forum’, with the month left out in the rows that follow."""
        table = cells[0].table
        if table is None:
            return []
        month = next((m for c in cells[:3] if (m := _ONLY_MONTH.fullmatch(self._words(c)))), None)
        if month is not None:
            self.months[table] = (month_number(month["month"]), int(month["year"]) if month["year"] else None)
        day = next(
            (
                m
                for c in cells[:3]
                if not _ONLY_MONTH.fullmatch(self._words(c)) and (m := _ONLY_DAY.fullmatch(self._words(c)))
            ),
            None,
        )
        if table not in self.months or day is None or (cells[0].row == 0 and month is None):
            return []
        number, year = self.months[table]
        weekday = weekday_number(day["wd"]) if day["wd"] else None
        figure = int(re.sub(r"\D", "", day["day"]))
        found = make_day(year, number, figure) if year else nearest(number, figure, self.note, weekday=weekday)
        if found is None:
            return []
        own = next(c for c in cells if self._words(c) == day.string)
        made = self._placed(sentence, own, _blank(sentence, found), found)
        clock = next(
            (c for c in find_clocks(self.document.text[own.end : sentence.end], own.end) if not c.is_weak), None
        )
        timed = replace(made, at=clock.at, ends_at=clock.until, clock=(clock.start, clock.end)) if clock else made
        return [replace(timed, is_placed=False, end=own.end, conflict=conflict_of(found, weekday))]

    def _by_month_row(self, sentence: Sentence, cells: list[Block]) -> list[Mention]:
        """‘June | 10th, 2pm | 12th, 10am’ below ‘Month | Forum | Panel’."""
        month = _ONLY_MONTH.fullmatch(self._words(cells[0]))
        made: list[Mention] = []
        for cell in cells[1:] if month else ():
            day = _LEADING_DAY.match(self._words(cell))
            number, year = self.months[cells[0].table or 0]
            figure = int(day["day"]) if day else 0
            found = make_day(year, number, figure) if year else nearest(number, figure, self.note) if figure else None
            if found is not None:
                made.append(replace(self._placed(sentence, cell, _blank(sentence, found), found), is_placed=False))
        return made


def _has_minutes(words: str) -> bool:
    return re.search(r"\d[.:]\d\d", words) is not None


def _blank(sentence: Sentence, day: date) -> Mention:
    return Mention(
        start=sentence.start, end=sentence.start, kind=Kind.RELATIVE, day=day, sentence=sentence, block=sentence.block
    )
