"""Finding contacts, links, guidance and actions takes time in proportion to the text, whatever the text is."""

import time

import pytest

from haven.engines.documents.document import Block, Document
from haven.engines.reading.what.actions import find_actions
from haven.engines.reading.what.guidance import find_guidance
from haven.engines.reading.who.contacts import find_contacts
from haven.engines.reading.who.links import find_links

NOTE = (
    "Ann Archer, adviser: 01632 960102, ann.archer@example.gov.uk (professionals only). Return the audit by Friday. "
    "KCSIE 2024 stands, see https://example.org/kcsie. Schools must not ring the parent about it. "
)
STEP = 2000


def seconds(text: str) -> float:
    blocks = tuple(Block(at, min(at + STEP, len(text))) for at in range(0, len(text), STEP))
    document = Document("long.txt", "text/plain", text, blocks)
    began = time.process_time()
    find_contacts(document)
    find_links(document)
    find_guidance(document)
    find_actions(document, ())
    return time.process_time() - began


@pytest.mark.parametrize(
    "piece",
    [
        NOTE,
        "please do not ",
        "not to be given to the ",
        "a@b.",
        "01632 96",
        "https://a/((",
        "Working Together Keeping Children ",
        "Ann Archer ",
        "for schools only, ",
        "the new and revised draft ",
        "; ",
        "if you, then ",
    ],
)
def test_twice_the_text_takes_about_twice_the_time(piece: str) -> None:
    once, twice = (piece * (length // len(piece)) for length in (15_000, 30_000))
    seconds(piece * 20)
    short, long = (min(seconds(text) for _ in range(3)) for text in (once, twice))
    assert long <= max(3 * short, short + 0.3)
