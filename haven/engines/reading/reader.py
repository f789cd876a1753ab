"""Reads a document for all that it asks, announces and points to."""

import re
from datetime import date
from functools import partial

from haven.engines.apart import Begin, in_turn
from haven.engines.documents.document import BlockKind, Document
from haven.engines.patterns.late import late
from haven.engines.reading.items import Item, Reading
from haven.engines.reading.what.actions import find_actions
from haven.engines.reading.what.guidance import find_guidance
from haven.engines.reading.what.sentences import Sentence, sentences
from haven.engines.reading.when.context import survey
from haven.engines.reading.when.deadlines import find_deadlines
from haven.engines.reading.when.events import find_events
from haven.engines.reading.when.heading import head_blocks, note_date
from haven.engines.reading.when.mentions import find_mentions
from haven.engines.reading.who.contacts import find_contacts
from haven.engines.reading.who.links import find_links

_LONGEST_TITLE = 140
_SUBJECT = late(r"(?:subject|re|title)\s*:\s*", re.IGNORECASE)
_TITLE_WITHIN = 4  # blocks of the head; a line further on is of the note's body
_SENTENCE = late(r"[a-z]\.(?:\s|$)|^\W*(?:\w+day,?\s+)?\d{1,2}(?:st|nd|rd|th)?\s+\w+\s+\d{4}\W*$")
_GREETING = late(
    r"(?:dear|hello|hi|hiya|greetings|good (?:morning|afternoon|evening)|morning)\b|"
    r"(?:all|colleagues|everyone|everybody|friends|heads|team)\W*$|(?:to|from|cc|date|sent|for|attn|fao)\s*:|.*,$",
    re.IGNORECASE,
)
_LONG = 50_000  # characters from which parts of the work are worth a process of their own


def read(document: Document, today: date, begin: Begin = in_turn) -> Reading:
    """Everything found in a document, in the order of its words. `today` settles the years that neither the words nor
    the note's own date settle; `begin` says how the parts that do not wait for one another are begun."""
    begin = begin if len(document.text) > _LONG else in_turn
    own_date = note_date(document, today)
    content = sentences(document)
    standing = begin(partial(_standing, document, (own_date or today).year, content))
    mentions = find_mentions(document, own_date or today, content)
    around = survey(document, content, mentions)
    events = begin(partial(find_events, document, mentions, own_date, around))
    deadlines = find_deadlines(document, mentions, around)
    actions = find_actions(document, deadlines, content)
    items: list[Item] = [*deadlines, *events(), *actions, *standing()]
    return Reading(
        name=document.name,
        media_type=document.media_type,
        title=_title_of(document.title or "") or first_title(document),
        date=own_date,
        text=document.text,
        items=tuple(sorted(items, key=lambda item: (item.start, item.end, type(item).__name__))),
        warnings=document.warnings,
    )


def _standing(document: Document, year: int, content: tuple[Sentence, ...]) -> list[Item]:
    """What hangs on no date: people, documents and addresses."""
    return [*find_contacts(document), *find_guidance(document, year, content), *find_links(document)]


def first_title(document: Document) -> str | None:
    """The first heading, or the first short line, of a document that does not name itself: no greeting, nor to whom it
    goes."""
    opening = list(head_blocks(document))
    headings = [block for block in opening if block.kind is BlockKind.HEADING]
    lines = (*headings, *opening[:_TITLE_WITHIN])
    titles = (_title_of(document.text[block.start : block.end]) for block in lines)
    return next((title for title in titles if title), None)


def _title_of(line: str) -> str | None:
    words = " ".join(line.split()).strip(" #*_:")
    subject = _SUBJECT.match(words)
    words = words[subject.end() :] if subject else words
    if not words or len(words) > _LONGEST_TITLE or _GREETING.match(words) or _SENTENCE.search(words):
        return None
    return words
