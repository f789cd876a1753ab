"""How a Word document looks: its styles, its pages and the line at their foot."""

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from haven.engines.printing.tones import ACCENT, INK, QUIET, RULE
from haven.engines.printing.wordmarkup import NAMES, run

UPRIGHT = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1247" w:right="1304" w:bottom="1304" w:left="1304" {}/>'
ON_ITS_SIDE = (
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1077" w:right="1134" w:bottom="1134" w:left="1134" {}/>'
)
_FEET = 'w:header="567" w:footer="567" w:gutter="0"'
UPRIGHT_WIDTH = 11906 - 2 * 1304
SIDE_WIDTH = 16838 - 2 * 1134

_FONT = "Arial"
_NEW = ("TableText", "HeatText", "Fact", "Note", "Key", "SectionEnd", "Picture", "Organisation", "Dated")
_SIZES = {  # style: size, space before, space after, bold, colour
    "Normal": (11, 0, 8, False, INK),
    "Title": (26, 4, 8, True, INK),
    "Subtitle": (15, 0, 6, False, INK),
    "Heading 1": (19, 24, 8, True, INK),
    "Heading 2": (14.5, 20, 6, True, INK),
    "Heading 3": (12, 16, 4, True, INK),
    "Heading 4": (11, 14, 4, False, INK),
    "Caption": (10, 12, 5, True, INK),
    "List Bullet": (11, 0, 5, False, INK),
    "Footer": (8.5, 0, 0, False, QUIET),
    "TableText": (9.5, 2.5, 2.5, False, INK),
    "HeatText": (8, 1.5, 1.5, False, INK),
    "Fact": (11, 0, 4, False, INK),
    "Note": (11, 0, 0, False, INK),
    "Key": (9.5, 0, 8, False, INK),
    "SectionEnd": (1, 0, 0, False, INK),
    "Picture": (11, 0, 4, False, INK),
    "Organisation": (11, 0, 0, False, QUIET),
    "Dated": (11, 0, 16, False, QUIET),
}
_FACT_ASIDE = Cm(4.2)


def dress(document: Document) -> None:
    """Give every style its look and the whole document its language."""
    styles: Any = document.styles
    for name in _NEW:
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    for name, (size, before, after, bold, colour) in _SIZES.items():
        _sized(styles[name], size, before, after)
        styles[name].font.bold = bold
        styles[name].font.italic = name == "Heading 4"
        styles[name].font.color.rgb = RGBColor.from_string(colour[1:])
    styles["Fact"].paragraph_format.left_indent = _FACT_ASIDE
    styles["Fact"].paragraph_format.first_line_indent = -_FACT_ASIDE
    styles["Fact"].paragraph_format.tab_stops.add_tab_stop(_FACT_ASIDE)
    styles["Note"].paragraph_format.left_indent = Cm(0.6)
    for name in ("Caption", "Picture", "Key"):
        styles[name].paragraph_format.keep_with_next = True
    _ruled(styles["Note"], f'<w:left w:val="single" w:sz="24" w:space="10" w:color="{RULE[1:]}"/>')
    _ruled(styles["Dated"], f'<w:bottom w:val="single" w:sz="18" w:space="8" w:color="{ACCENT[1:]}"/>')
    for border in styles["Title"].element.pPr.findall(qn("w:pBdr")):
        styles["Title"].element.pPr.remove(border)
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.underline = True
    link.font.color.rgb = RGBColor.from_string(ACCENT[1:])
    settings: Any = document.settings.element
    for language in (*styles.element.iter(qn("w:lang")), *settings.iter(qn("w:themeFontLang"))):
        language.set(qn("w:val"), "en-GB")
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # of Word 2013 and later: no word of an older one in the title bar


def _sized(style: Any, size: float, before: float, after: float) -> None:
    properties = style.element.get_or_add_rPr()
    for name in ("w:rFonts", "w:spacing", "w:kern", "w:color"):
        for found in properties.findall(qn(name)):
            properties.remove(found)
    style.font.name = _FONT
    style.font.size = Pt(size)
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    style.paragraph_format.line_spacing = 1.0 if size < 10 else 1.15


def _ruled(style: Any, borders: str) -> None:
    style.element.get_or_add_pPr().insert_element_before(
        parse_xml(f"<w:pBdr {NAMES}>{borders}</w:pBdr>"),
        *(f"w:{name}" for name in ("shd", "tabs", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl")),
    )


def page(shape: str, footer: str) -> str:
    """The properties of a section whose pages have this shape."""
    return (
        f'<w:sectPr {NAMES}><w:footerReference w:type="default" r:id="{footer}"/>'
        f'<w:type w:val="nextPage"/>{shape.format(_FEET)}</w:sectPr>'
    )


def add_footer(document: Document, title: str) -> str:
    """The title and the page at the foot of every page; gives back the id of the footer."""
    footer: Any = document.sections[0].footer
    footer.is_linked_to_previous = False
    element = footer.paragraphs[0]._p
    number = "".join(
        f'{run(words)}<w:fldSimple w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        for words, field in (("Page ", "PAGE"), (" of ", "NUMPAGES"))
    )
    aside = '<w:r><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/></w:r>'
    filled = parse_xml(f'<w:p {NAMES}><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{run(title)}{aside}{number}</w:p>')
    element.getparent().replace(element, filled)
    found = document.element.body.sectPr.find(qn("w:footerReference"))
    return str(found.get(qn("r:id")))
