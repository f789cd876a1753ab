"""Opens an edition that is markdown, with the front matter that websites put above it."""

import re
from dataclasses import dataclass, field

from haven.engines.compare.opening.contents import without_contents
from haven.engines.compare.opening.markdowninline import said
from haven.engines.compare.opening.marks import depth_of, mark_of, set_off
from haven.engines.compare.opening.typography import plain
from haven.engines.compare.opening.webfile import page_passages
from haven.engines.compare.passages import Passage, PassageKind
from haven.engines.documents.decoding import decoded
from haven.engines.patterns.late import late

_HEADING = late(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = late(r" {0,3}(?:(=)=*|-+)[ \t]*$")
_RULE = late(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_FENCE = late(r" {0,3}(`{3,}|~{3,})")
_ENTRY = late(r"([ \t]*)(?:([-*+])|(\d{1,9})[.)])(?:[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)|[ \t]*$)")
_QUOTE = late(r" {0,3}>[ \t]?")
_TABLE = late(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_CELLS = late(r"(?<!\\)\|")
_HTML = late(
    r" {0,3}</?(address|article|aside|blockquote|center|details|dialog|div|dl|fieldset|figure|footer|form|h[1-6]|"
    r"header|iframe|main|nav|ol|p|pre|script|section|style|summary|svg|table|template|ul|video)\b",
    re.IGNORECASE,
)
_REFERENCE = late(r" {0,3}\[([^\]]+)\]:[ \t]*(.*)$")
_DIRECTIVE = late(r"\s*(?:\{[:%].*\}|\{\{.*\}\}|\[\[_?TOC_?\]\]|\[TOC\]|:::.*)\s*$")
_FIELD = late(r"([A-Za-z_][\w .-]*):(?:[ \t]+(.*))?$")
_REMARK = late(r"(?:^|[ \t])#[ \t].*$")
_MOST_HTML = 3000  # lines


def passages_of(content: bytes) -> tuple[str | None, list[Passage]]:
    """The title that the front matter gives, and the passages."""
    lines = plain(decoded(content)).replace("\t", "    ").split("\n")
    reader = _Reader()
    start, fields = _front(lines)
    for name, words in fields.items():
        reader.passages.append(Passage(f"{name}: {words}", PassageKind.ROW))
    reader.read(lines[start:])
    return fields.get("title"), without_contents(reader.passages)


def _front(lines: list[str]) -> tuple[int, dict[str, str]]:
    """Where the text begins after the front matter, and what that says."""
    if not lines or lines[0].strip() != "---" or "---" not in lines[1:]:
        return 0, {}
    end = lines.index("---", 1)
    said_of: dict[str, list[str]] = {}
    for line in lines[1:end]:
        bare = _REMARK.sub("", line).strip()
        named = _FIELD.match(bare) if line[:1].strip() else None
        if named:
            said_of[" ".join(named[1].split())] = [(named[2] or "").strip("'\" >|")]
        elif bare and said_of:
            said_of[next(reversed(said_of))].append(bare.removeprefix("- "))
    joined = {name: " ".join(", ".join(filter(None, parts)).split()) for name, parts in said_of.items()}
    return end + 1, {name: words for name, words in joined.items() if words}


@dataclass(slots=True)
class _Block:
    """Lines that are gathered until their passage ends."""

    lines: list[str] = field(default_factory=list)
    depth: int | None = None  # of a list's entry
    number: str | None = None


class _Reader:
    """Reads markdown line by line."""

    def __init__(self) -> None:
        self._block = _Block()
        self._depths: list[float] = []
        self._counts: dict[int, tuple[int, int]] = {}  # of each depth, the number last written and last shown
        self._is_after_blank = True
        self.passages: list[Passage] = []

    def read(self, lines: list[str]) -> None:
        """Write the passages of all lines."""
        at = 0
        while at < len(lines):
            line = lines[at]
            if ">" in line[:4] and _QUOTE.match(line):
                line = _unquoted(line)
            at += self._take(line, lines, at)
            self._is_after_blank = not line.strip()
        self._flush()

    def _take(self, line: str, lines: list[str], at: int) -> int:
        """Take in a line, with those after it that belong to it; how many they are."""
        bare = line.lstrip()
        if not bare:
            self._flush()
            return 1
        if not bare[0].isalpha() and (taken := self._taken_as_block(line, bare, lines, at)):
            return taken
        if at + 1 < len(lines) and "|" in line and self._is_under_table(lines[at + 1]):
            return self._table(lines, at)
        if self._is_after_blank and not line.startswith(" "):
            self._leave_list()
        self._block.lines.append(bare)
        return 1

    def _taken_as_block(self, line: str, bare: str, lines: list[str], at: int) -> int:
        if bare[0] == "#" and (heading := _HEADING.match(line)):
            self._flush()
            self._leave_list()
            self._write(Passage(said(heading[2] or ""), PassageKind.HEADING, len(heading[1])))
            return 1
        if bare[0] in "=-*_" and self._is_rule(line):
            return 1
        if bare[0] in "`~" and (fence := _FENCE.match(line)):
            return self._code(lines, at, fence[1])
        if (bare[0] in "-*+" or bare[0].isdigit()) and (entry := _ENTRY.match(line)) and self._may_begin(entry):
            self._begin_entry(entry, line[entry.end() :])
            return 1
        if bare[0] == "<":
            return self._html(lines, at)
        if bare[0] == "[" and (reference := _REFERENCE.match(line)) and not self._block.lines:
            if reference[1].startswith("^"):
                self._write(Passage(said(reference[2]), PassageKind.FOOTNOTE, number=reference[1][1:]))
            return 1
        if bare[0] in "{[:" and _DIRECTIVE.match(line):
            return 1
        if bare[0] == ":" and bare[1:2] == " ":
            self._flush()
            self._block.lines.append(bare[2:])
            return 1
        return 0

    def _is_rule(self, line: str) -> bool:
        """Take a line that underlines a heading, or only parts."""
        underline = _UNDERLINE.match(line)
        if underline and self._block.lines and self._block.depth is None:
            text = said(" ".join(self._block.lines))
            self._block = _Block()
            self._write(Passage(text, PassageKind.HEADING, 1 if underline[1] else 2))
            return True
        if _RULE.match(line):
            self._flush()
            self._leave_list()
            return True
        return False

    def _may_begin(self, entry: re.Match[str]) -> bool:
        """Whether an entry of a list may begin here: amid a paragraph only one with a glyph, or the first."""
        is_free = self._is_after_blank or not self._block.lines or self._block.depth is not None
        return is_free or entry[2] is not None or entry[3] == "1"

    def _begin_entry(self, entry: re.Match[str], words: str) -> None:
        self._flush()
        depth = depth_of(len(entry[1]), self._depths)
        for deeper in [known for known in self._counts if known > depth]:
            del self._counts[deeper]
        number = None
        if entry[3]:
            written = int(entry[3])
            before, shown = self._counts.get(depth, (0, 0))
            shown = shown + 1 if depth in self._counts and written == before else written
            self._counts[depth] = written, shown
            number = str(shown)
        else:
            self._counts.pop(depth, None)
        self._block = _Block([words], depth, number)

    def _leave_list(self) -> None:
        self._depths.clear()
        self._counts.clear()

    def _is_under_table(self, line: str) -> bool:
        return "-" in line and "|" in line and _TABLE.match(line) is not None

    def _table(self, lines: list[str], at: int) -> int:
        self._flush()
        end = at
        while end < len(lines) and "|" in lines[end]:
            if end != at + 1:
                cells = (said(cell.replace("\\|", "|")) for cell in _CELLS.split(lines[end].strip().strip("|")))
                self._write(Passage(" | ".join(filter(None, cells)), PassageKind.ROW))
            end += 1
        return end - at

    def _code(self, lines: list[str], at: int, fence: str) -> int:
        self._flush()
        end = at + 1
        while end < len(lines) and not lines[end].strip().startswith(fence):
            end += 1
        self._write(Passage(" ".join(" ".join(lines[at + 1 : end]).split())))
        return end + 1 - at

    def _html(self, lines: list[str], at: int) -> int:
        """Take a block of HTML, up to the end of its element or to a blank line; 0 where it is only within words."""
        if lines[at].lstrip().startswith("<!--"):
            end = next((n for n in range(at, min(len(lines), at + _MOST_HTML)) if "-->" in lines[n]), at)
            return end + 1 - at
        named = _HTML.match(lines[at])
        if not named:
            return 0
        self._flush()
        closing = f"</{named[1].lower()}>"
        reach = range(at, min(len(lines), at + _MOST_HTML))
        end = next((n for n in reach if not lines[n].strip()), reach.stop)
        if named[1].lower() in ("table", "ul", "ol", "dl", "details", "script", "style", "pre", "svg"):
            end = next((n + 1 for n in reach if closing in lines[n].lower()), end)
        self.passages += page_passages("\n".join(lines[at:end]))[1]
        return end - at

    def _flush(self) -> None:
        """End the passage that is being gathered."""
        block, self._block = self._block, _Block()
        if not block.lines:
            return
        text = said(" ".join(block.lines))
        mark = mark_of(text)
        if mark and mark.glyph:
            text = text[mark.words_at :]
        elif mark:
            text = set_off(text)
        if block.depth is None:
            is_bullet = mark and (mark.glyph or mark.is_letter)
            self._write(Passage(text, PassageKind.BULLET if is_bullet else PassageKind.PARAGRAPH))
        elif block.number and block.depth == 0:
            self._write(Passage(text, number=block.number))
        else:
            self._write(Passage(text, PassageKind.BULLET, block.depth, number=block.number))

    def _write(self, passage: Passage) -> None:
        if passage.text:
            self.passages.append(passage)


def _unquoted(line: str) -> str:
    while quote := _QUOTE.match(line):
        line = line[quote.end() :]
    return line
