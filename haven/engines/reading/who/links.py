"""Finds the web addresses of a note: written out in the text, or behind its words."""

import re
from bisect import bisect_right
from urllib.parse import urlsplit

from haven.engines.documents.document import BlockKind, Document
from haven.engines.patterns.late import late
from haven.engines.reading.items import Link

_SCHEME = late(r"(?:https?://|(?<![\w@./-])www\d?\.)[^\s<>\"“”‘`|\\^{}]{1,2000}", re.IGNORECASE)
_DOMAIN = late(
    r"(?<![\w@./:-])(?:[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?\.){1,5}(?:gov\.uk|org\.uk|ac\.uk|"
    r"sch\.uk|co\.uk|nhs\.uk|police\.uk|"
    r"org|com|net|uk)(?:/[^\s<>\"“”‘`|\\^{}]{0,2000}|(?![\w@-]|\.\w))",
    re.IGNORECASE,
)
_WITHIN_SITE = late(r"(?<=<)/[\w.~%-]{1,100}/[\w.~%/-]{0,300}(?:\?[^\s<>]{1,300})?(?=>)")
_NOT_FOLLOWED = late(
    r"^(?:mailto|tel|sms|callto|javascript|data|file|cid|about|fax|skype|geo|blob|vbscript):", re.IGNORECASE
)
_TRAILING = ".,;:!?'’”»…*_>"
_PAIRS = {")": "(", "]": "["}
_CONTINUES = late(r"[\w%&=~/.-]+[/?=&#%_.-][\w%&=~/?.#+-]*")
_WRAP = late(r"\r?\n[ \t]*")


def find_links(document: Document) -> tuple[Link, ...]:
    """One link per address, where it first stands. Mail, telephone and in-page addresses are not links."""
    found = [*_behind_words(document), *_written(document), *_within_site(document)]
    found.sort(key=lambda link: (link.start, link.end))
    first: dict[str, Link] = {}
    for link in found:
        first.setdefault(_same(link.url), link)
    return tuple(first.values())


def is_web(url: str) -> bool:
    """Whether an address behind words leads to a page other than this one."""
    url = url.strip()
    return bool(url) and not url.startswith("#") and not _NOT_FOLLOWED.match(url) and " " not in url


def _behind_words(document: Document) -> list[Link]:
    links = []
    for anchor in document.anchors:
        if is_web(anchor.url) and not _is_passed_over(document, anchor.start, anchor.url):
            text = document.text[anchor.start : anchor.end]
            links.append(_link(anchor.start, anchor.end, text, anchor.url.strip(), text.strip(), 0.99))
    return links


def _is_passed_over(document: Document, offset: int, url: str) -> bool:
    """Whether a link stands in what is never read, or is a menu's link within the site (`/news` beside a masthead)."""
    kind = _kind_at(document, offset)
    within_site = not url.lower().startswith(("http", "//", "www."))
    return kind is BlockKind.NOISE or (
        within_site and (kind is BlockKind.FURNITURE or url.strip() in ("/", "./", "index.html"))
    )


def _written(document: Document) -> list[Link]:
    text = document.text
    covered = sorted((a.start, a.end) for a in document.anchors)
    starts = [c[0] for c in covered]
    links = []
    for bare, pattern in ((False, _SCHEME), (True, _DOMAIN)):
        position = 0
        while match := pattern.search(text, position):
            start, end = match.start(), _trim(text, match.start(), match.end())
            position = max(match.end(), start + 1)
            at = bisect_right(starts, start) - 1
            if (at >= 0 and start < covered[at][1]) or _in_noise(document, start):
                continue
            url, end = _joined(text, start, end)
            if _is_address(url) and not (bare and _is_rest_of_mail(text, start)):
                links.append(_link(start, end, text[start:end], _with_scheme(url), url, 0.8 if bare else 0.98))
    return links


def _within_site(document: Document) -> list[Link]:
    """Addresses of the same site that a page's source writes as `</news/may/>`."""
    return [
        _link(found.start(), found.end(), found.group(), found.group(), found.group(), 0.9)
        for found in _WITHIN_SITE.finditer(document.text)
        if not _in_noise(document, found.start())
    ]


def _trim(text: str, start: int, end: int) -> int:
    """The end of an address without the sentence's own punctuation; a bracket stays only where it was opened inside."""
    while end > start:
        last = text[end - 1]
        if last in _TRAILING or (
            last in _PAIRS and text.count(last, start, end) > text.count(_PAIRS[last], start, end)
        ):
            end -= 1
        else:
            return end
    return end


def _joined(text: str, start: int, end: int) -> tuple[str, int]:
    """The address with its continuation on the next line, where it was broken after a slash, hyphen or the like."""
    url = text[start:end]
    for _ in range(3):
        wrap = _WRAP.match(text, end)
        if not wrap:
            return url, end
        last = text[end - 1]
        rest = _CONTINUES.match(text, wrap.end(), min(len(text), wrap.end() + 300))
        if not rest or not (last in "/-_=&?%#" or (last.isalnum() and "/" in rest.group())):
            return url, end
        if last not in "/-_=&?%#" and (len(url) < 40 or _starts_new_line(rest.group())):
            return url, end
        stop = _trim(text, rest.start(), rest.end())
        url, end = url + text[rest.start() : stop], stop
    return url, end


def _starts_new_line(rest: str) -> bool:
    return rest[:1].isupper() or rest.startswith(("http", "www."))


def _is_address(url: str) -> bool:
    try:
        host = urlsplit(_with_scheme(url)).netloc
    except ValueError:
        return False
    return "." in host.strip(".") and "@" not in host


def _is_rest_of_mail(text: str, start: int) -> bool:
    """Whether a bare domain is what a line break cut from an e-mail address."""
    before = text[max(0, start - 60) : start]
    words = before.split()
    return "\n" in before[len(before.rstrip()) :] and bool(words) and "@" in words[-1]


def _with_scheme(url: str) -> str:
    return url if url.lower().startswith(("http://", "https://")) else f"https://{url}"


def _same(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}?{parts.query}"


def _in_noise(document: Document, offset: int) -> bool:
    return _kind_at(document, offset) is BlockKind.NOISE


def _kind_at(document: Document, offset: int) -> BlockKind | None:
    at = bisect_right(document.blocks, offset, key=lambda b: b.start) - 1
    return document.blocks[at].kind if at >= 0 and offset < document.blocks[at].end else None


def _link(start: int, end: int, quote: str, url: str, text: str, confidence: float) -> Link:
    return Link(start=start, end=end, quote=quote, url=url, text=text, confidence=confidence)
