"""Leaves out tables of contents: lists of headings, with or without the pages they stand on."""

from haven.engines.compare.passages import Passage, PassageKind
from haven.engines.patterns.late import late

_NAMES = frozenset(
    {"contents", "table of contents", "contents page", "list of contents", "on this page", "in this document"}
)
_PAGE = late(r"\d{1,4}|[ivxl]{1,6}")
_LED = late(r"(?:\s{3,}|\.{3,}\s*|(?:\s\.){3,}\s*|…\s*|_{3,}\s*)\d{1,4}$")
_LONGEST = 260
_FEWEST = 3
_FEWEST_UNNAMED = 5


def without_contents(passages: list[Passage]) -> list[Passage]:
    """The passages without those that only say what follows, and where."""
    if not _may_hold_contents(passages):
        return passages
    later = {_letters(passage.text): at for at, passage in enumerate(passages) if len(passage.text) <= _LONGEST}
    kept: list[Passage] = []
    at = 0
    while at < len(passages):
        is_named = passages[at].text.lower().rstrip(":. ") in _NAMES
        end = at
        if is_named or _may_begin(passages[at].text, at, later):
            end = _end(passages, at + is_named, later, is_named=is_named)
        if end - at - is_named >= (_FEWEST if is_named else _FEWEST_UNNAMED):
            at = end
        else:
            kept.append(passages[at])
            at += 1
    return kept


def _may_hold_contents(passages: list[Passage]) -> bool:
    """Whether any passage is called so, or enough short ones end as entries do."""
    ended = 0
    for passage in passages:
        text = passage.text
        if len(text) <= _LONGEST and (text[-1].isdigit() or text.lower().rstrip(":. ") in _NAMES):
            ended += _FEWEST_UNNAMED if not text[-1].isdigit() else 1
    return ended >= _FEWEST_UNNAMED


def is_led_to_page(line: str) -> bool:
    """Whether a line leads over dots or white space to the number of a page."""
    return line[-1:].isdigit() and _LED.search(line) is not None


def _may_begin(text: str, at: int, later: dict[str, int]) -> bool:
    return len(text) <= _LONGEST and text[-1:].isdigit() and _entry(text, at, later, is_named=False) is not None


def _end(passages: list[Passage], start: int, later: dict[str, int], *, is_named: bool) -> int:
    """The passage after a table of contents that begins at `start`; `start` where none does."""
    at = end = start
    page = -1
    while at < len(passages) and at - end <= 2:
        text = passages[at].text
        if len(text) > _LONGEST or text[-1] in ".:;" or passages[at].kind is PassageKind.HEADING:
            break
        entry = _entry(text, at, later, is_named=is_named)
        at += 1
        if entry is not None:
            if 0 < entry < page:
                break
            page = max(page, entry)
            end = at
    return end


def _entry(text: str, at: int, later: dict[str, int], *, is_named: bool) -> int | None:
    """The page that an entry names, 0 where it names none, or None where the passage is no entry. Where nothing says
    that this is a table of contents, an entry names its page: what is left out by mistake is lost."""
    title, page, has_leader = _parted(text)
    if not title or has_leader or ((page or is_named) and later.get(_letters(title), -1) > at):
        return page
    return None


def _parted(text: str) -> tuple[str, int, bool]:
    """What an entry is called, its page, and whether a row of dots leads there."""
    words, _, page = text.rpartition(" ")
    if not _PAGE.fullmatch(page):
        if not (text[-1:].isdigit() and "..." in text):
            return text, 0, False
        words, _, page = text.rpartition(".")
    title = words.rstrip(" .·…_\t")
    return title, int(page) if page.isdigit() else 0, len(words) - len(title) > 2


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text.lower()))
