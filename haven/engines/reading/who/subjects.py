"""What a sentence speaks of: a contact, or the hall projector, which is for school use only."""

import re

from haven.engines.patterns.late import late
from haven.engines.reading.who.units import Group

_NP = r"(?:[^\W\d_][\w’'&/-]*)(?: [^\W\d_][\w’'&/-]*){0,7}?"
_VERB = (
    r"(?:is|are|was|were|has|have|had|must|may|should|can|could|will|would|shall|need|needs|ought|remains?|stays?|"
    r"goes?|"
    r"went)"
)
_PREDICATE = late(
    rf"^\W*(?:(?:also|finally|however) )?(?P<subject>{_NP}),? {_VERB}\b(?: (?:only|now|still|also|all|both|just|"
    rf"always|therefore|gone|not|to|be|been|"
    r"lent|kept|for|by|between|with|open))*\W*$",
    re.IGNORECASE,
)
_RELATIVE = late(
    rf"(?P<subject>[^\W\d_][\w’'-]*),? (?:which|that) {_VERB}\b(?: (?:only|now|all|to|be))*\W*$", re.IGNORECASE
)
_CLAUSE = late(r"[;:(–—,]\s*|\b(?:that|because|since|as|so|and|but|if|though|although|while|whereas)\b", re.IGNORECASE)
_BEARS_A_PHRASE = late(
    r" (?:of|for|in|at|on|from|to|with|about|under|by|lent|given|sent|used|held|kept|made|whose|who|which|that)\b",
    re.IGNORECASE,
)
_OF_STAFF = late(
    r"^(?:the |our |your |any |all |an? )?(?:child(?:ren)?|pupil|student|famil(?:y|ie)|parent|staff|teachers?|"
    r"colleagues?|employees?|volunteers?|social workers?|"
    r"workers?)[’']?s?[’']? "
    r"(?:own |home |new |personal |private |mobile )*(?:address|number|numbers|mobiles|phones|addresses|details)$|"
    r"^(?:mobile )?phones$",
    re.IGNORECASE,
)
_OF_A_CONTACT = frozenset(
    """number no line desk team service helpline hotline helpdesk office hub unit extension option mobile phone
        telephone
    landline address mailbox inbox e-mail email contact detail list sheet card page table box group directory name entry
    switchboard mash lado adviser advisor officer nurse worker duty consultation advice everything whatsapp pager rota
    it this that these those they both all none neither either each he she her his him hers mine you i we nobody one
    two but and or so of please kindly
    three four five six first second third fourth last former latter other rest remainder following above below former
    no-one someone somebody anybody anyone everybody everyone only who which what there here front door first""".split()
)
_ARTICLES = frozenset("the a an our your their this these those any all".split())
_HUMAN = late(
    r"\b(?:parents?|carers?|famil(?:y|ies)|pupils?|children|public|schools?|staff|heads?|headteachers?|dsls?|leads?|"
    r"deputies|"
    r"governors|colleagues?|members?|professionals?|practitioners?|agencies|partners|settings|colleges|academies|"
    r"chairs?|"
    r"clerks?|managers?|leaders?|people|teachers?)$",
    re.IGNORECASE,
)


_LABEL = late(
    r"^\W*(?!(?:please|kindly|treat|note|for|not)\b)(?P<subject>(?:[^\W\d_][\w’'-]* ){1,3}[^\W\d_][\w’'-]*)\s?:\s*$",
    re.IGNORECASE,
)
_NOTICES = frozenset(
    """not note nb important reminder warning handling marking status restriction restrictions distribution circulation
        audience access
    use caution remember who whom share sharing visibility confidentiality classification also call ring
    mobiles""".split()
)


_OF_NEWS = late(
    r"\b(?:news|information|training|courses?|briefings?|updates?|events?|sessions?|workshops?|resources?|guidance|"
    r"bulletin|dates|"
    r"meetings?|conferences?|webinars?|learning|reading|notices?|messages?|tips|reminders?|swimming|tasks|actions|to "
    r"do|"
    r"jobs?|vacancies)\W*(?:for )?$",
    re.IGNORECASE,
)


def known_words(groups: list[Group]) -> frozenset[str]:
    """The words by which a note knows its contacts: names, roles, and what leads to their numbers."""
    told = " ".join(f"{g.name or ''} {g.role or ''} {' '.join(g.label.split()[-6:])}" for g in groups)
    return frozenset(_single(word) for word in re.findall(r"[^\W\d_][\w-]*", told.casefold()))


def is_of_news(lead: str) -> bool:
    """Whether a heading speaks of news or a course that is for somebody: `Training` (for staff only)."""
    found = _OF_NEWS.search(lead)
    return bool(found)


def is_of_something_else(lead: str, known: frozenset[str]) -> bool:
    """Whether the words that lead to a marking say it of a thing that is nobody's number: `the projector is` …"""
    found = _RELATIVE.search(lead) or _PREDICATE.match(_CLAUSE.split(lead)[-1]) or _LABEL.match(lead)
    if not found:
        return False
    subject = _BEARS_A_PHRASE.split(found["subject"])[0].strip(" ,")
    if _OF_STAFF.match(subject) or _of_other(found["subject"], known):
        return True
    head = subject.split()[-1].casefold() if subject else ""
    told = {head, _single(head)}
    if told & _NOTICES:
        return False
    return bool(head) and not (told & _OF_A_CONTACT or told & known or _HUMAN.search(subject))


def _of_other(subject: str, known: frozenset[str]) -> bool:
    """`The address of the refuge`: of somebody or something that the note gives no number for."""
    head, of, owner = subject.partition(" of ")
    words = {_single(word) for word in owner.casefold().split()} - _ARTICLES
    return bool(of and words) and head.split()[-1:] != ["all"] and not words & (known | _OF_A_CONTACT)


def _single(word: str) -> str:
    word = word.removesuffix("’s").removesuffix("'s").rstrip("’'")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
