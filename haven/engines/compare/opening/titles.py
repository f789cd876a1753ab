"""Tells headings by how they read, where a file does not say which of its lines they are."""

from haven.engines.compare.opening.marks import mark_of
from haven.engines.compare.passages import Passage, PassageKind
from haven.engines.patterns.late import late

_SENTENCE = late(r"\b(?:must|should|shall|may|will|can|cannot|is|are|was|were|has|have|please)\b")
LABELLED = late(
    r"(?:Part|Chapter|Section|Annexe?|Appendix|Schedule)\s(?:\d+|[A-Z]|[IVX]+|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|"
    r"[Ss]even|[Ee]ight|[Nn]ine|[Tt]en)\b(?:[.:]|\s[–—-])?(?=\s[A-Z]|$)"
)
_ASKING = late(r"(?:What|How|When|Where|Why|Who)\b")
_LONGEST = 110
_MOST_WORDS = 15
_MOST_NUMBERED = 10
_LONGEST_RUN = 4  # more short lines in a row than this are a list


def mark_headings(passages: list[Passage]) -> list[Passage]:
    """The same passages, those that read as headings over what follows made headings."""
    run: list[Passage] = []
    for passage in passages:
        if len(passage.text) <= _LONGEST and passage.kind is PassageKind.PARAGRAPH and reads_as_heading(passage.text):
            run.append(passage)
        elif run:
            _settle(run)
            run = []
    return passages


def _settle(run: list[Passage]) -> None:
    if len(run) <= _LONGEST_RUN:
        for passage in run:
            passage.kind = PassageKind.HEADING


def reads_as_heading(text: str) -> bool:
    """Whether words are a title and not a sentence."""
    mark = mark_of(text)
    words = text[mark.words_at :] if mark else text
    if not words or words[0].islower() or text[-1] in ".,;:!…" or not any(map(str.isalpha, words)):
        return False
    if _ASKING.match(words) or LABELLED.match(words):
        return len(words.split()) <= _MOST_WORDS
    most = _MOST_NUMBERED if mark else _MOST_WORDS
    return len(words.split()) <= most and ("?" in words or not reads_as_sentence(words))


def reads_as_sentence(words: str) -> bool:
    """Whether words have the verb of a sentence of guidance."""
    return _SENTENCE.search(words) is not None
