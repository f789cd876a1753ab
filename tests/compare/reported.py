"""A pair of editions in which everything happens, and what a page of HTML holds when it is read as a browser would."""

from html.parser import HTMLParser

from haven.engines.compare.changes import Comparison
from haven.engines.compare.clauses import Clause, Edition
from haven.engines.compare.comparing import compare

PART_ONE, PART_TWO = ("Part one: What staff do",), ("Part two: What governors do",)
STAYS = "Every member of staff reads the local procedures in the first week of each autumn term."
KEEPS = "The designated lead keeps a list of pupils with a social worker and looks at it every half term."
WALKS = "A walk around the site before lessons begin shows which gates and doors have been left open."
JOINED = (
    "Visitors sign in at the front desk and wear a badge that says who they are.",
    "Contractors are met at the gate and stay with the caretaker until their work is done.",
)
CUT = "Records of concern are kept apart from the main file and locked. They follow the pupil to the next school."
OLD = [
    (1, PART_ONE, STAYS, 1),
    (2, PART_ONE, "Schools should tell the council about a pupil who leaves without a new address.", 1),
    (3, PART_ONE, "The lead must review the policy every year with the governors and the parents’ forum.", 2),
    (4, PART_ONE, WALKS, 2),
    (5, PART_ONE, JOINED[0], 3),
    (6, PART_ONE, JOINED[1], 3),
    (7, PART_TWO, KEEPS, 4),
    (8, PART_TWO, "Fax machines are kept in a locked room and their paper is counted weekly.", 4),
    (9, PART_TWO, CUT, 5),
]
NEW = [
    (1, PART_ONE, STAYS, 1),
    (2, PART_ONE, "Schools must tell the council about a pupil who leaves without a new address.", 1),
    (3, PART_ONE, "The lead should review the policy every year with the governors and the parents’ forum.", 2),
    (4, PART_ONE, "Generated pictures of pupils are treated in the same way as photographs of them.", 2),
    (5, PART_ONE, " ".join(JOINED), 3),
    (6, PART_TWO, KEEPS, 4),
    (7, PART_TWO, "Records of concern are kept apart from the main file and locked.", 5),
    (8, PART_TWO, "They follow the pupil to the next school.", 5),
    (9, PART_TWO, WALKS, 6),
]


def comparison() -> Comparison:
    """All kinds of change, between two editions of nine clauses."""
    return compare(_edition("2024.txt", "Local procedures 2024", OLD), _edition("2025.txt", "Local procedures", NEW))


def as_text(lines: list[tuple[int, tuple[str, ...], str, int]]) -> str:
    """The same as a text file."""
    written, heading = ["Local procedures", ""], ()
    for number, path, text, _ in lines:
        if path != heading:
            written += [path[-1], ""]
            heading = path
        written += [f"{number}. {text}", ""]
    return "\n".join(written)


def _edition(name: str, title: str, lines: list[tuple[int, tuple[str, ...], str, int]]) -> Edition:
    return Edition(name, title, [Clause(text, str(number), path, page) for number, path, text, page in lines])


class Page(HTMLParser):
    """A page's elements, the words of each, and whether all that was opened is closed in its order."""

    EMPTY = frozenset({"meta", "br", "input"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words_of: list[list[str]] = []
        self._open: list[tuple[str, int]] = []
        self.is_sound = True
        self.feed(page)
        self.close()
        self.is_sound = self.is_sound and not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.words_of.append([])
        if tag not in self.EMPTY:
            self._open.append((tag, len(self.elements) - 1))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.EMPTY:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop()[0] != tag:
            self.is_sound = False

    def handle_data(self, data: str) -> None:
        for _, at in self._open:
            self.words_of[at].append(data)

    def all(self, tag: str, cls: str = "") -> list[str]:
        """The words of every element of this name and class."""
        found = zip(self.elements, self.words_of, strict=True)
        return ["".join(words) for (name, attrs), words in found if name == tag and _has(attrs, cls)]

    def attributes(self, name: str) -> list[str]:
        """Every value of an attribute."""
        return [attrs[name] for _, attrs in self.elements if name in attrs]


def _has(attrs: dict[str, str], cls: str) -> bool:
    return not cls or cls in attrs.get("class", "").split()
