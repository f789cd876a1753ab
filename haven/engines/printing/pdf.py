"""A paper as an accessible PDF: tagged to PDF/UA-1, with the fonts that come with Typst and no other."""

import datetime as dt
import unicodedata
from functools import cache
from pathlib import Path

import typst

from haven.engines.printing.paper import Paper
from haven.engines.printing.wire import as_json

_TEMPLATE = Path(__file__).with_name("paper.typ")
_PROBE = b'#set document(title: "-")\n#set text(font: "Libertinus Serif")\n#text(sys.inputs.paper)'
_SURE = 0xFF  # up to here every character is shown
_ASKED = 1000  # more kinds of rarer characters than these are not asked about: all others have stand-ins
_ALTERING = frozenset({"Mn", "Me", "Cf", "Sk"})
_SIGNS = frozenset({"So", "Sm", "Sc"})
_ANY_MOMENT = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_LONG = 100_000
_REMEMBERED = 11
_MARK = "\ufffd"


def to_pdf(paper: Paper) -> bytes:
    """The PDF. The same paper gives the same bytes. What no font shows is told by its name or by a mark."""
    moment = dt.datetime.combine(paper.dated, dt.time(), dt.UTC)
    told = _showable(as_json(paper))
    printed = _compiled(_TEMPLATE.read_bytes(), told, moment)
    if len(told) > _LONG:
        _forget()
    return printed


def _compiled(template: bytes, told: str, moment: dt.datetime) -> bytes:
    return typst.compile(
        template,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"paper": told},
        pdf_standards=["ua-1"],
        timestamp=int(moment.timestamp()),
    )


def _forget() -> None:
    """Let Typst, which remembers what its last ten papers were laid out from, forget a long one: it is tens of MB."""
    for _ in range(_REMEMBERED):
        _compiled(_PROBE, "-", _ANY_MOMENT)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def _showable(told: str) -> str:
    """The same words with a stand-in for each character that no font of ours shows."""
    rare = "".join(sorted(each for each in set(told) if ord(each) > _SURE))
    lacking = _lacking(rare[:_ASKED]) | frozenset(rare[_ASKED:])
    return told.translate({ord(each): _stand_in(each) for each in lacking})


@cache
def _lacking(characters: str) -> frozenset[str]:
    """Those characters that no font shows. Typst refuses them and names most; of the rest it is asked by halves."""
    try:
        _compiled(_PROBE, characters, _ANY_MOMENT)
    except typst.TypstError as error:
        if named := frozenset(each for each in characters if f'`"{each}"`' in error.diagnostic):
            return named | _lacking("".join(each for each in characters if each not in named))
        half = len(characters) // 2
        return _lacking(characters[:half]) | _lacking(characters[half:]) if half else frozenset(characters)
    return frozenset()


def _stand_in(character: str) -> str:
    """The name of a sign; nothing for what only alters the sign before it; a mark for a letter."""
    category = unicodedata.category(character)
    if category in _ALTERING:
        return ""
    return f"[{unicodedata.name(character, 'sign').lower()}]" if category in _SIGNS else _MARK
