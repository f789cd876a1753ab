"""Says what an order is about that says only `complete it`: by the sentence, the heading or the line above."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from haven.engines.documents.document import BlockKind, Document
from haven.engines.patterns.late import late
from haven.engines.reading.what.sentences import Sentence
from haven.engines.reading.what.verbs import VERBS

_WORD = late(r"[A-Za-z’'-]+|\d+")
_SAYS_NOTHING = frozenset(
    """
    it its them they this that these those so one ones yours ours theirs us me you we i he she him her now here there
    back out up down off in on at by to for of from with and or the a an your our my their please pls do so not don't
    don’t never now again also too soon today tomorrow straight away all both each could can would will may must should
    have has be is are was were done completed returned sent received need needs needed required due as well if
    possible latest deadline deadlines date dates end close play
    """.split()
)
_ENDS_SUBJECT = late(
    r"\s+(?:is|are|was|were|has|have|had|will|would|can|could|may|must|should|needs?|closes?|opens?|goes|go|comes?|"
    r"runs?|lives?|stands?|remains?|begins?|starts?|ends?|takes?|asks?)\b|[,;:(]|\s[–—-]\s"
)
_IS_SUBJECT = late(r"(?:the |our |your |this year[’']s |a |an )?[\w’'/&-]+(?: [\w’'/&-]+){0,8}$", re.IGNORECASE)
_NO_SUBJECT = late(
    r"(?:we|i|you|they|he|she|it|this|that|these|those|there|here|if|when|as|in|on|at|by|for|from|to|please|"
    r"thanks?|some|"
    r"most|many|all|what|who|how|why|which|dear|since|after|before|until|once|so|and|but|not|no|every|each|one|a few|"
    r"nobody|everybody|everyone|anyone|somebody|someone|\d+)\b",
    re.IGNORECASE,
)
_PLAIN_HEADING = late(
    r"\W*(?:\d+[.)]?\s*)?(?:(?:your|our|the|key|important|other|this|next|all|more|any|for|new|"
    r"your)\s+)*(?:actions?|deadlines?|"
    r"dates?|returns?|requests?|reminders?|notices?|news|tasks?|jobs?|asks?|to do|diary|items?|updates?|general|"
    r"week|month|"
    r"term|aob|any other business|business|information|action|what (?:you|we|to|is|do|schools)\b.*|things to do|"
    r"next steps|"
    r"due|coming up|note|notes|welcome|contents?|introduction|dear\b.*)(?: (?:needed|required|points?|for schools|"
    r"and dates|"
    r"for (?:your )?action|this (?:week|term|month)))?\W*",
    re.IGNORECASE,
)
_NUMBERING = late(r"^\(?(?:\d{1,2}|[A-Za-z]|[ivx]{1,4})[.)]\s+")
_OF_A_BODY = late(
    r"\b(?:council|trust|service|directorate|partnership|schools?|federation|borough|board|hub|department|"
    r"division)\W*$",
    re.IGNORECASE,
)
_DAY = late(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\d", re.IGNORECASE)
_LONGEST = 60


def says_what(words: str) -> bool:
    """Whether an order names anything: `Return the audit` does, `Complete it` and `Tell us` do not."""
    return any(
        word not in _SAYS_NOTHING and word not in VERBS and len(word) > 1 for word in _WORD.findall(words.lower())
    )


class Above:
    """What stands above a place, for the orders that need it."""

    def __init__(self, document: Document, found: Sequence[Sentence]) -> None:
        self.document = document
        self.found = found
        self.starts = [sentence.start for sentence in found]

    def subject(self, start: int) -> str | None:
        """What the sentence before speaks of, else the heading, else the line above; None where none of them says."""
        at = bisect_right(self.starts, start) - 1
        if at < 0:
            return None
        here = self.found[at]
        before = self.found[at - 1] if at and self.found[at - 1].block == here.block else None
        heading = self.document.blocks[here.heading] if here.heading is not None else None
        line = self.found[at - 1] if at and not before and self.found[at - 1].kind is not BlockKind.CELL else None
        tried = (
            _subject_of(self._words(before.start, before.end)) if before else None,
            _title_of(self._words(heading.start, heading.end)) if heading else None,
            _title_of(self._words(line.start, line.end)) if line else None,
        )
        return next((subject for subject in tried if subject), None)

    def _words(self, start: int, end: int) -> str:
        return " ".join(self.document.text[start : min(end, start + 400)].split()).strip(" *_#•·")


def _subject_of(sentence: str) -> str | None:
    """The words before the verb: `The yearly audit is open` speaks of the yearly audit."""
    end = _ENDS_SUBJECT.search(sentence)
    subject = sentence[: end.start()] if end else sentence.rstrip(".")
    if len(subject) > _LONGEST or not _IS_SUBJECT.match(subject) or _NO_SUBJECT.match(subject):
        return None
    return re.sub(r"^(?:the|our|your|a|an)\s+", "", subject, flags=re.IGNORECASE) if says_what(subject) else None


def _title_of(line: str) -> str | None:
    """A heading, or a short line, that is a name and not one of a list's own (`Actions`, `Dates`)."""
    title = _NUMBERING.sub("", line.strip(" .:;–—-"))
    if not title or len(title) > _LONGEST or not says_what(title):
        return None
    if _PLAIN_HEADING.fullmatch(title) or _OF_A_BODY.search(title) or _DAY.match(title):
        return None
    return None if line.endswith((".", "!", "?", ",")) else title
