"""Where a link really leads, past the checkers that mail systems put in front of it."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

from haven.engines.patterns.late import late

_WHITE = late(r"\s+")
_SCHEME = late(r"([a-z][a-z0-9+.-]{0,20}):", re.IGNORECASE)
_WANTED = frozenset({"http", "https", "mailto", "tel", "ftp", "sms"})
_PROOFPOINT = late(r"/v3/__(.+?)__;", re.IGNORECASE)


def behind(href: str | None) -> str | None:
    """The address of a link as its author meant it, or None where it leads nowhere outside the document."""
    if not href:
        return None
    url = _WHITE.sub("", href.strip()) if ":" in href[:12] else href.strip()
    scheme = _SCHEME.match(url)
    if not url or url.startswith("#") or (scheme and scheme.group(1).lower() not in _WANTED):
        return None
    return _unwrapped(url)


def _unwrapped(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        if host.endswith("safelinks.protection.outlook.com"):
            return parse_qs(parts.query).get("url", [url])[0]
        if host.endswith(("urldefense.com", "urldefense.proofpoint.com")):
            return _past_proofpoint(url, parts.query)
    except ValueError:
        return url
    return url


def _past_proofpoint(url: str, query: str) -> str:
    if third := _PROOFPOINT.search(url):
        return third.group(1)
    if second := parse_qs(query).get("u"):
        return unquote(second[0].replace("-", "%").replace("_", "/"))
    return url
