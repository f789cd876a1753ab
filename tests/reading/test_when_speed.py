"""Finding days, deadlines and happenings takes time in proportion to the text, whatever the text is."""

import datetime as dt
import time

import pytest

from haven.engines.documents.document import Block, Document
from haven.engines.reading.when.deadlines import find_deadlines
from haven.engines.reading.when.events import find_events
from haven.engines.reading.when.mentions import find_mentions

TODAY = dt.date(2025, 3, 1)
PROSE = "Schools told us of eleven children, and the council asked each of them what it had tried before it rang. "
DATED = "Please return the audit by 5th March. The forum is on Tuesday 11 March, 9.30–11am, at Bridge Hall. "


def seconds(text: str) -> float:
    step = 2000
    blocks = tuple(Block(at, min(at + step, len(text))) for at in range(0, len(text), step))
    document = Document("long.txt", "text/plain", text, blocks)
    began = time.process_time()
    mentions = find_mentions(document, TODAY)
    find_deadlines(document, mentions)
    find_events(document, mentions, TODAY)
    return time.process_time() - began


@pytest.mark.parametrize(
    "piece", [PROSE * 40 + DATED, DATED, "by the end of ", "1, 2, 3, 4 and ", "Mon Tue Wed ", "on the "]
)
def test_twice_the_text_takes_about_twice_the_time(piece: str) -> None:
    length = 1_000_000 if piece.startswith(PROSE) else 60_000
    once, twice = piece * (length // 2 // len(piece)), piece * (length // len(piece))
    short = min(seconds(once) for _ in range(2))
    long = min(seconds(twice) for _ in range(2))  # the least of two: the machine may be busy
    assert long <= max(3 * short, short + 0.5)


def test_one_endless_sentence_is_read_in_bounded_time() -> None:
    text = "the 5th of June and 6 May with 10 am or 4 " * 300
    document = Document("long.txt", "text/plain", text, (Block(0, len(text)),))
    began = time.process_time()
    find_events(document, find_mentions(document, TODAY), TODAY)
    assert time.process_time() - began < 20
