"""The words of a file by the shortest means: where a user's own recipe starts, and reading's bare cost."""

import email
import email.policy
import io
import re
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import PurePath
from xml.etree import ElementTree

import pypdfium2

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_BREAKING = {"p", "div", "li", "tr", "td", "th", "br", "h1", "h2", "h3", "h4", "table", "ul", "ol", "section"}


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.addresses: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style", "title"}
        if tag in _BREAKING:
            self.words.append("\n")
        self.addresses += [value for name, value in attrs if name == "href" and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style", "title"}
        if tag in _BREAKING:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


def plain_text(name: str, content: bytes) -> str:
    """The words of a .txt, .md, .html, .docx, .pdf or .eml file, in the order in which the file holds them."""
    return _READERS[PurePath(name).suffix.lower()](content)


def addresses_in(name: str, content: bytes) -> list[str]:
    """The addresses that an HTML file (or part of an e-mail) hides behind its words."""
    match PurePath(name).suffix.lower():
        case ".html":
            return _html_words(content.decode()).addresses
        case ".eml":
            bodies = [part.get_content() for part in _message(content).walk() if part.get_content_type() == "text/html"]
            return [address for body in bodies for address in _html_words(body).addresses]
        case _:
            return []


def _html_words(text: str) -> _Words:
    words = _Words()
    words.feed(text)
    return words


def _from_html(content: bytes) -> str:
    return "".join(_html_words(content.decode()).words)


def _from_docx(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = sorted(name for name in archive.namelist() if _PARTS.fullmatch(name))
        return "\n".join(_from_word_part(archive.read(part)) for part in parts)


def _from_word_part(content: bytes) -> str:
    root = ElementTree.fromstring(content)
    return "\n".join("".join(_runs(paragraph)) for paragraph in root.iter(f"{_WORD}p"))


def _runs(paragraph: ElementTree.Element) -> list[str]:
    gaps = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n"}
    return [
        gaps.get(part.tag) or part.text or ""
        for part in paragraph.iter()
        if part.tag in gaps or part.tag == f"{_WORD}t"
    ]


def _from_pdf(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(_page_text(page) for page in document)
    finally:
        document.close()


def _page_text(page: pypdfium2.PdfPage) -> str:
    layer = page.get_textpage()
    try:
        return str(layer.get_text_range()).replace("\r\n", "\n").replace("\ufffe", "")
    finally:
        layer.close()
        page.close()


def _message(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _from_eml(content: bytes) -> str:
    message = _message(content)
    headers = "\n".join(
        f"{key}: {message[key]}" for key in ("From", "Reply-To", "To", "Cc", "Date", "Subject") if message[key]
    )
    parts = [_part_text(part) for part in message.walk() if not part.is_multipart()]
    return "\n".join([headers, *parts])


def _part_text(part: EmailMessage) -> str:
    name = part.get_filename()
    if name and PurePath(name).suffix.lower() in _READERS:
        content = part.get_content()
        return plain_text(name, content if isinstance(content, bytes) else content.encode())
    if part.get_content_type() == "text/html":
        return "".join(_html_words(part.get_content()).words)
    return str(part.get_content()) if part.get_content_maintype() == "text" else ""


_READERS: dict[str, Callable[[bytes], str]] = {
    ".txt": bytes.decode,
    ".md": bytes.decode,
    ".html": _from_html,
    ".docx": _from_docx,
    ".pdf": _from_pdf,
    ".eml": _from_eml,
}
