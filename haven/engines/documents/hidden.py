"""Which elements of a page a reader does not see, and which she sees struck out."""

import re
from collections.abc import Mapping

from haven.engines.patterns.late import late

_COMMENT = late(r"/\*.*?\*/", re.DOTALL)
_UNSEEN = late(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_UNSEEN_INLINE = late(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|(?:^|[;\s])font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:[;!]|$)|"
    r"(?:^|[;\s])(?:max-height|opacity)\s*:\s*0(?:\.0+)?(?:px)?\s*(?:[;!]|$)",
    re.IGNORECASE,
)
_STRUCK = late(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_NAME = late(r"(?:[a-z][a-z0-9]*)?([.#][\w-]+)", re.IGNORECASE)


def is_hidden(attributes: Mapping[str, str | None], unseen: frozenset[str]) -> bool:
    """Whether an element is kept from sight by itself or by a rule of the page's own style sheet."""
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    style = attributes.get("style")
    if style and _UNSEEN_INLINE.search(style):
        return True
    if not unseen:
        return False
    names = [f".{name}" for name in (attributes.get("class") or "").split()]
    return any(name in unseen for name in [*names, f"#{attributes.get('id')}"])


def struck_by_style(style: str | None) -> bool:
    """Whether an element's own style draws a line through its words."""
    return bool(style and _STRUCK.search(style))


def unseen_names(sheet: str) -> frozenset[str]:
    """The classes and ids that a style sheet hides everywhere (not only on some screens)."""
    if not _UNSEEN.search(sheet):
        return frozenset()
    names: set[str] = set()
    depth, selector, start = 0, "", 0
    text = _COMMENT.sub(" ", sheet)
    for brace in re.finditer(r"[{}]", text):
        if brace.group() == "{":
            if depth == 0:
                selector = text[start : brace.start()]
            depth += 1
        else:
            if depth == 1 and "@" not in selector and _UNSEEN.search(text, start, brace.start()):
                names.update(_names(selector))
            depth = max(depth - 1, 0)
        start = brace.end()
    return frozenset(names)


def _names(selector: str) -> set[str]:
    found = (_NAME.fullmatch(part.strip()) for part in selector.split(","))
    return {match.group(1) for match in found if match}
