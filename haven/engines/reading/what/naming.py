"""The words that titles of documents are made of, and what cannot be one."""

import re

from haven.engines.patterns.late import late
from haven.engines.reading.what.editions import YEAR
from haven.engines.reading.what.standing import section_status

NOUN = (
    r"(?:protocols?|threshold (?:document|guidance|criteria)|thresholds? document|guidance|procedures?|framework|"
    r"strategy|codes? of (?:practice|conduct)|code|charter|guidelines|standards?|handbook|manual|toolkit|tool ?kit|"
    r"pathway|document|note|advice|concordat|circular|(?:model )?policy|continuum of (?:need|help|support)|matrix|"
    r"memorandum of understanding|thresholds|specification|strategic plan|practice guidance|"
    r"position statement|standard|resource pack|playbook|blueprint|action plan|"
    r"(?:green|white|position|discussion|policy|consultation) paper|"
    r"(?:thresholds?|practice|practitioners?[’']?|reference|pocket|quick|staff|procedural|procedures) guide)"
)
PUBLISHER = (
    r"(?:Ofsted|ISI|DfE|the DfE|the Department(?: for Education)?|Department for Education|Home Office|the Home Office|"
    r"NSPCC|UKCIS|NPCC|CEOP|CQC|Care Quality Commission|Charity Commission|Information Commissioner|ICO|HM Government|"
    r"the government|College of Policing|NHS England|Safer Recruitment Consortium)"
)
DAY = late(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|august|september|october|"
    r"november|december|spring|summer|autumn|winter|term"
)
TITLE_NOUN = late(rf"(?<![\w’'-]){NOUN}(?:\s{NOUN})?(?![\w’'-]| plan\b| form\b| note\b| review\b)", re.IGNORECASE)
STARTERS = late(
    r"^(?:(?:we|have|has|had|withdrawn|withdrew|a|an|the|our|own|their|its|new|revised|updated|"
    r"draft|please|see|read|use|using|follow|following|with|in|on|of|for|to|and|from|is|are|this|"
    r"that|your|any|all|under|as|per|by|update|check|review|consultation|consulting|comment|"
    r"comments|refer|published|publish|issued|be|about|some|also|local|pan-regional)\s+)+",
    re.IGNORECASE,
)
IS_DOCUMENT = late(rf"\b(?:{NOUN}|continuum|policy|{YEAR})\b|\b\d+(?:st|nd|rd|th) edition\b", re.IGNORECASE)
_PERSON = late(r"[A-ZÀ-Þ][a-zß-ÿ]+ [A-ZÀ-Þ][\w’'-]+(?: retired.*)?")
_SAYS_NOTHING = late(
    r"(?i:becomes?|replaces?|replaced|no change|unchanged|unaltered|still|being|not yet|under review|in force|"
    r"out for|updated|sent|(?-i:[Ss]end)|within|version|review|applies|"
    r"consult|late|next|"
    r"happy|new |please|read|see|held|closes?|views|comments?)\b|"
    r".*\b(?:fell|rose|retired|"
    r"cannot|can|must|should|please|will be|is|are|was|were)\b|.*@",
)


def could_be_title(words: str) -> bool:
    """Whether words in a list could be the name of a document, and not a sentence, a date, a state or a person."""
    if section_status(words) and len(words.split()) <= 4 and not IS_DOCUMENT.search(words):
        return False
    if _PERSON.fullmatch(words) and not TITLE_NOUN.search(words):
        return False
    return not (_SAYS_NOTHING.match(words) or any(DAY.fullmatch(w.strip(" ,.").lower()) for w in words.split()))
