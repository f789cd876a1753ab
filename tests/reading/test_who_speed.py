"""Finding what markings cover takes time in proportion to the text, however often a text says that it covers all."""

import time

import pytest

from haven.engines.documents.open import open_document
from haven.engines.reading.who.contacts import find_contacts

SHEET = "Front door: 01632 960100\nNurse: 01632 960103\n\n"


def seconds(piece: str, times: int) -> float:
    document = open_document("long.txt", (piece * times).encode())
    began = time.process_time()
    find_contacts(document)
    return time.process_time() - began


@pytest.mark.parametrize(
    "said",
    [
        "All numbers on this sheet are for professionals only, except the nurse.\n\n",
        "This sheet is for professionals. Nothing on it may be passed to parents unless the entry says OPEN.\n\n",
        "Tea is at four.\n\nNone of the above, apart from the nurse, may be given to parents.\n\n",
        "LIST A\n\nList A is internal and should go no further than your team.\n\n",
        "Red: for professionals only.\n\n",
        "The numbers below are not for parents. The one exception is the nurse.\n\n",
        "It was for professionals only, and used to be for heads, but is no longer for parents.\n\n",
        "If parents ask for it, please do not give them this before you have rung the office.\n\n",
        "The hall of the school of the trust of the council of the town is for school use only, that that is\n\n",
    ],
)
def test_four_times_the_notes_take_about_four_times_the_time(said: str) -> None:
    piece = said + SHEET
    seconds(piece, 5)
    short = min(seconds(piece, 60) for _ in range(2))
    assert seconds(piece, 240) <= max(7 * short, short + 1.0)
