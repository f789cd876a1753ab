"""Outlines that were read before: a content is told by its digest, so one reading serves every request."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from haven.questions.rules.outline import Outline
from haven.questions.rules.reading import Content, outline_of

MOST_KEPT = 64
_kept: OrderedDict[str, Outline] = OrderedDict()
_lock = Lock()


def outline_kept(digest: str, content: Callable[[], Content]) -> Outline:
    """The outline of this content, read now or before. The content is asked for only where it is not known."""
    with _lock:
        if digest in _kept:
            _kept.move_to_end(digest)
            return _kept[digest]
    outline = outline_of(content())
    with _lock:
        _kept[digest] = outline
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return outline
