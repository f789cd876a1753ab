"""Tells which numbers and addresses a note calls dead: given up, replaced, never to be used again."""

import re
from functools import cache

from haven.engines.documents.document import Block, BlockKind
from haven.engines.patterns.late import late

_REACH = "▪"  # stands for every number and address of a sentence
_OTHERS = late(r"[\w.+'’-]+@[\w-]+(?:\.[\w-]+)+|\+?\(?\d[\d ()\u00a0-]{7,15}\d")
_WRAPPED = late(r"[ \u00a0]*(?<!\n)\n(?!\n)[ \u00a0]*|[ \u00a0]+")
_SPAN = 150
_CUE = late(
    r"\b(?:dead|no|not|nor|never|none|nobody|nowhere|without|old|former|formerly|previous(?:ly)?|wrong|was|were|"
    r"ex|error|"
    r"mistake|delete|remov|destroy|discard|cross|strike|struck|scrub|wipe|rub|eras|bin|lose|lost|forget|ignore|"
    r"disregard|unlearn|drop|take|taken|get rid|stop|replac|instead|rather|place|supersede|read|until|moved?|"
    r"changed?|switch|turned|diverted|"
    r"becom|becam|belong|gone|goes|went|going|left|retire|closed?|shut|cease|cancel|withdraw|scrap|cut|given up|"
    r"handed|"
    r"disconnect|discontinu|obsolete|defunct|void|invalid|useless|history|past|bounc|fail|expire|lapse|unanswer|"
    r"unmanned|unmonitor|unobtain|out of|reassign|reallocat|decommission|is now|now|rings|returns|come|will go|stolen|"
    r"someone|somebody|misprint|leads|passed|chop)|n[’']t\b",
    re.IGNORECASE,
)
_NO_MORE = r"(?:any ?more|any longer|now|again|from now on|in future)"
# What is said only of some hours or days: `not answered at weekends`, `closed on Fridays`.
_AT_TIMES = (
    r"\W*(?:(?:the |all |every )?(?:at|on|over|during|between|before|outside|except|unless|for (?:the|a|an|any|half)|"
    r"in the (?:holidays?|evenings?|mornings?|afternoons?)|in holidays?|out of|every|each|weekends?|evenings?|"
    r"mornings?|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)\w*|"
    r"after (?:\d|hours|school|noon|dark|five|six|seven|four|three|two|half))\b)"
)
_NOW = r"(?: (?:now|also|all|both|just|then|already|since|sadly|permanently|finally|simply|therefore|to be))*"
_IS = rf"(?:(?:is|are|was|were|[’']s|ha(?:s|ve|d) been|will be|being|gets?|got|goes|went)(?: being)?{_NOW})"
_MUST_BE = r"(?:(?:is|are|must|should|can|may|could|ought|has|have|needs?|will)(?: to)?(?: now| all| both)* be)"
_NOT_BE = (
    r"(?:(?:is|are|was|were|will be|must be|should be|can be|may be) (?:now )?(?:not|no longer|never)|(?:is|are|"
    r"was|were)n[’']t|"
    r"(?:must|should|can|may|could|will)(?:n[’']t|not| not) be|(?:can|won)[’']t be|not to be|no longer|not)"
)
_DOES_NOT = r"(?:(?:does|do|did|will|has|have|can)(?: not|n[’']t|not)|won[’']t|can[’']t|no longer|never)"
_DONE = (
    r"(?:withdrawn|retired|cancelled|removed|replaced|deleted|disconnected|cut off|switched off|turned off|"
    r"taken (?:off|out|down|away)|given (?:up|back)|shut (?:down|off)|scrapped|dropped|struck (?:off|out)|"
    r"crossed (?:off|out)|handed (?:back|in)|passed (?:on )?to|re-?allocated|re-?assigned|superseded|stolen|lost|"
    r"discontinued|decommissioned|unplugged|phased out|stood down|binned|ignored|disregarded|forgotten|"
    r"given to (?:someone|somebody|another|a))\b"
)
_STATE = (
    r"(?:dead|wrong|obsolete|defunct|void|invalid|useless|history|unmanned|unmonitored|unobtainable|unanswered|"
    r"incorrect|"
    r"out of (?:use|date|service|order|commission)|off|no (?:more|use|good)|a thing of the past|silent|gone|going|"
    r"to go|"
    r"an? (?:wrong number|misprint|mistake|dead (?:line|end|number))|printed (?:in error|wrongly)|for the chop)\b|"
    r"(?:(?:someone|somebody|another \w+)(?: else)?|(?:an?|the) [\w’' -]{2,24})[’']s\b"
)
_HANDLED = (  # what is said of who may have a number, not of the number
    r"(?:to |be |being |to be |just |only |solely )*(?:for|only|restricted|limited|reserved|confined|confidential|"
    r"private|secret|internal|"
    r"unlisted|ex-directory|kept|held|professionals?|schools?|staff|not|given|shared|passed|told|handed|issued|"
    r"printed|published|"
    r"open|public|closed to|marked|meant|intended)\b"
)
# Said of a number for good …
_GONE = (
    rf"{_IS} (?:{_DONE}|{_STATE})|(?:{_MUST_BE}|to be) {_DONE}|(?:has|have|had) (?:gone|stopped)\b|(?:is |"
    rf"are )?no longer (?!{_HANDLED})\w+|"
    r"(?:is|are) not [\w’' ]{2,24} any (?:more|longer)|"
    rf"(?:(?:has|have|had|will|is|are|soon|now)(?: to)? )?(?:(?:ceased?|ceases)(?! {_HANDLED})|lapsed?|lapses|"
    rf"expired?|expires|died|"
    r"fail(?:s|ed)?|bounc(?:es?|ed|ing)|comes? back|came back|stops?|stopped|"
    r"(?:goes?|gone|went) (?:dead|silent|quiet|nowhere|unanswered|unread|back|with|to (?:nobody|no one|no-one|"
    r"a dead))|"
    r"leads? (?:nowhere|to (?:nobody|no one|no-one))|just rings|"
    r"(?:just |only )?rings? (?:out|and rings|for ever|forever|unanswered|in an empty|on and on)|"
    r"returns? (?:an error|mail|messages))\b|"
    r"(?:(?:is|are) to |will )?(?:close|shut|go|goes)\b(?=\W*(?:$|[.;,)]|on \d|at (?:the end|easter|christmas)|"
    r"in (?-i:[A-Z])|this|next|soon|from))|"
    r"(?:has |have |is |now |was |will )*(?:become|becomes|became|changed? to|changes to|changing to|"
    r"should (?:read|be)|"
    rf"now){_NOW}:? ?▪|is ▪ now|by mistake\b|in error\b|(?:went )?with (?:her|him|them)\b|has (?:no one|nobody|"
    rf"no-one)\b|"
    r"(?:is )?(?:now )?(?:belongs?|reach(?:es)?|gets? you|rings|goes|(?:has )?passed) (?:to |at |through to )?"
    r"(?:an?|another|someone|somebody)\b"
)
# … or perhaps only of some days.
_RESTING = (
    rf"{_IS} (?:closed|shut|stopped)\b(?! to (?:all )?(?:parents|famil|carers|the public|callers|pupils|everyone|"
    rf"new))|(?:has |have |had )?(?:close[sd]|shuts?)\b"
    r"(?! to (?:all )?(?:parents|famil|carers|the public|callers|pupils|everyone|new))|"
    rf"{_NOT_BE}{_NOW} (?:be )?(?:in (?:use|service|operation)|used|read|monitored|answered|valid|working|ours|"
    rf"hers|his|theirs|"
    r"live|current|correct|right|reachable|rung|dialled|called|looked at|checked|seen|recognised|connected|available|"
    r"to be (?:used|rung|called|dialled|trusted)|there)\b|"
    rf"{_DOES_NOT}{_NOW} (?:work(?:ing|ed|s)?|exist(?:s|ed)?|function\w*|connect\w*|reach\w*|ring\w*|get through|"
    r"go through|apply|answer\w*)\b"
)
_BLOCKS = frozenset(
    """i we she he you they if when where who whom but because as since until unless while please ring call use now old
    former previous other new first last""".split()
)
_SUBJECTS = frozenset(
    "which that who it they both this these and or also so now all number line address mailbox mobile the"
    " e-mail".split()
)
_WORD = late(r"[\w’'▪-]+")
_OPENING = late(r"[\s)\]*_]*(?:,\s*)?")
_AGAIN = late(
    r"[)\]]*[.;,–—:\s]+(?:it|they|this|that|both|(?:this|that|the) (?:number|line|address|mailbox|one))(?: all|"
    r" both| now)?\s+",
    re.IGNORECASE,
)
_BEHIND = (
    r"[)\]]*\.\s*(?:please )?stop\b|"
    r"\s*[(\[–—,:|\t-]+\s*(?:now |all |since )?(?:dead|withdrawn|closed|gone|disconnected|discontinued|"
    r"(?:no longer|not) in use|out of (?:use|service)|defunct|obsolete|cancelled|removed|deleted|retired|wrong|"
    r"do not use|"
    r"don[’']t use|(?:please )?delete|replaced|ceased|no longer \w+)\s*(?:$|[.;,)\]\n\t]|since|from|in (?-i:[A-Z]))"
)
_UNREAD = (
    r"[^.;▪]{0,30}\b(?:nobody|no one|no-one) (?:answers|reads|checks|looks at|picks up|monitors)(?: it| them|"
    r" there)?\b"
)
_UNTIL = late(r"\s+until (?:then|now|\d|(?-i:[A-Z])|last)", re.IGNORECASE)
_OLD = late(
    r"\b(?:old|former|previous|wrong|obsolete|defunct|dead)\s+(?:[\w-]+\s+){0,3}?(?:numbers?|ones?|address(?:es)?|"
    r"lines?|mailbox|"
    r"inbox|e-?mails?|mobiles?|phones?|tel|telephones?|contact|details?)\b[^.;!?▪]{0,30}$|"
    r"\b(?:instead of|rather than|in place of|in lieu of|takes? the place of|takes? over from|"
    r"formerly|used to be|previously|(?:changed?|moved?|switch(?:ed)?|diverted) from)[^.;,▪]{0,30}$|"
    r"\b(?:replac(?:es|ing)|supersed(?:es|ing)|ha(?:s|ve) (?:replaced|superseded))(?:[^.;,:▪]{0,30}|:\s*)$|"
    r"\b(?:left|retired|resigned|departed|moved on|died|handed back|given back|given up)\b[^.!?▪]{0,50}\b(?:her|"
    r"his|their) [^.!?▪]{0,24}$|"
    r"(?:^|[\s(,])(?:was|not|ex)[\s:]{1,3}$",
    re.IGNORECASE,
)
_REACHING = (
    r"(?:ring|call|phone(?! numbers?)|telephone(?! numbers?)|tell|write|contact(?! numbers?| details?)|"
    r"e-?mail(?! address)|ask|send|reply|let|"
    r"speak|book|apply|see|save|notify|report|inform|report|try|reach)"
)
_DISPOSE = late(
    r"\b(?:delete|remove|destroy|discard|cross out|cross off|strike out|strike off|scrub|wipe|rub out|erase|"
    r"forget|ignore|"
    r"disregard|unlearn|get rid of|stop (?:using|ringing|calling|dialling|e-?mailing|writing to))\b"
    rf"(?:(?!\b(?:and|then|before|when|if|once|but|{_REACHING})\b)[^.!?;▪])*$",
    re.IGNORECASE,
)
_THROW = late(
    r"\b(?:take|drop|lose|strike|cross|bin|score|rip)\b(?P<between>(?:(?! and )[^.;▪]){0,50})$", re.IGNORECASE
)
_AWAY = late(r"[^.;▪]{0,30}\b(?:off|out|down|from|on it|on them)\b", re.IGNORECASE)
_ITSELF = late(r"\W*(?:(?:the|this|that|her|his|their|number|mobile|line|address)\W+)*", re.IGNORECASE)
_DO_NOT = late(
    r"\b(?:don[’']?t|do not|never|please not|no longer|nobody should|you should not|must not|stop)\s+(?:now |"
    r"please |ever )?"
    r"(?:us(?:e|ing)|ring(?:ing)?|call(?:ing)?|dial(?:ling)?|phon(?:e|ing)|e-?mail(?:ing)?|writ(?:e|ing) to|"
    r"contact(?:ing)?|reply(?:ing)? to|"
    r"try(?:ing)?|send(?:ing)? (?:anything|mail|e-?mails?|messages|it|them) to)\s+"
    r"(?:(?:the|this|that|his|her|my|our|their|old|on|to|number|address|mobile|line|at)\s*)*:?\s*$",
    re.IGNORECASE,
)
_DO_NOT_ANY_MORE = late(r"\b(?:don[’']?t|do not|never)\s[^.;!?▪]{2,60}$", re.IGNORECASE)
_ANY_MORE = late(rf"[^.;!?▪]{{0,20}}\b{_NO_MORE}\b", re.IGNORECASE)
_SCOPE = late(
    r"[\s)]*(?:before|between|on|at|for|with|during|unless|if|about|in|until|except|outside|to|by|when|while|"
    r"without|as|"
    r"after (?:\d|hours|school|noon|dark|five|six|seven|four|three|two|half))\b",
    re.IGNORECASE,
)
_NOBODY = late(
    r"\b(?:nobody|no one|no-one|none of us|anybody|anyone|no service|nothing)\b(?: (?:now|is|are|will|to|be|there|"
    r"any ?more|left))*\s+"
    r"(?:answers?|answering|picks? up|reads?|reading|looks? at|on|at the end of|behind|monitors?|checks?|mans|at|"
    r"watches|sees)\s*$",
    re.IGNORECASE,
)
_READ_INSTEAD = late(r"[\s,]*(?:please )?read ▪|[\s,]*(?:please )?use ▪", re.IGNORECASE)
_NUMBER_NOUN = late(
    r"\b(?:number|line|fax|mobile|phone|address|mailbox|e-?mail|inbox|desk|helpline|extension)s?\b", re.IGNORECASE
)
_NOT_RUNG = late(
    r"\b(?:not|never|no longer|n[’']t) (?:to )?be (?:rung|called|used|contacted|e-?mailed|dialled|"
    r"phoned)\b[^.;!?▪]{0,20}\(\s*$",
    re.IGNORECASE,
)
_CLAUSE = late(r"[;!?]|\.(?=\s)|\n\s*\n|,\s(?:and|but|so)\b|\bbut\b|[–—](?=\s)|\bis now\b|\bnew\b")
_SENTENCE = late(r"[.!?](?=\s)|\n\s*\n")
_GONE_HEADING = late(
    r"^[\W\d]*(?:part \w+\W+)?(?:gone\b.*|leavers?|(?:people |those )?(?:who )?(?:have|has) left.*|"
    r"no longer (?:in use|valid|with us|here)|old numbers?|"
    r"(?:numbers?|lines?|contacts|addresses) (?:to delete|no longer.*|that (?:have|are) (?:gone|dead|closed).*|"
    r"out of use|withdrawn)|"
    r"(?:please )?(?:delete|remove|strike|cross) ?(?:out|off)?(?: these| the following)?(?: numbers?| contacts?|"
    r" lines?)?|"
    r"dead (?:numbers?|lines?|addresses)|discontinued|out of (?:use|date|service)|retired(?: numbers?)?|"
    r"switched off|do not use|withdrawn numbers?|"
    r"numbers? withdrawn|goodbyes?|farewells?)\W*$",
    re.IGNORECASE,
)
_LISTED = late(r"\b(?:numbers?|lines?|addresses|mailboxes|e-?mails|contacts|these|those|following)\b", re.IGNORECASE)
_TO_BE_DELETED = late(
    r"^\W*(?:please )?(?:delete|remove|cross out|strike off|stop using|forget|do not use|don[’']t use)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_RINGS = late(rf"\b{_REACHING}\b[^.;!?]*$", re.IGNORECASE)


def is_dead(text: str, start: int, end: int, block: Block | None) -> bool:
    """Whether the words around a number say that it is not, or soon no longer, in use."""
    floor, ceiling = _bounds(text, start, end, block)
    opens = text[start] == "("  # a bracket round the number, not one of its own
    before, after = text[max(floor, start - _SPAN) : start + opens], text[end : min(ceiling, end + _SPAN)]
    if not (_CUE.search(before) or _CUE.search(after)):
        return False
    before, after = _plain(before), _plain(after)
    sentence = _SENTENCE.split(before)[-1]
    clause = _CLAUSE.split(sentence)[-1]
    return _is_told_before(sentence, clause, after) or _is_told_after(sentence, after)


def _plain(words: str) -> str:
    """The words on one line where they were only wrapped, with a sign for every other number and address."""
    return _WRAPPED.sub(" ", _OTHERS.sub(_REACH, words))


def _bounds(text: str, start: int, end: int, block: Block | None) -> tuple[int, int]:
    """The block, or of a cell its row."""
    if block is None:
        return max(0, start - _SPAN), end + _SPAN
    if block.kind is not BlockKind.CELL:
        return block.start, block.end
    stop = text.find("\n", max(end, block.end), block.end + _SPAN)
    return text.rfind("\n", max(0, block.start - _SPAN), start) + 1, stop if stop >= 0 else block.end + _SPAN


def _is_told_before(sentence: str, clause: str, after: str) -> bool:
    if _OLD.search(clause) or _is_called_dead(sentence):
        return True
    if _NOBODY.search(sentence):
        return not _SCOPE.match(after) or bool(_ANY_MORE.match(after))
    if _DO_NOT.search(sentence) and not _SCOPE.match(after):
        return True
    if _DO_NOT_ANY_MORE.search(sentence) and _ANY_MORE.match(after):
        return True
    if _DISPOSE.search(sentence):
        return True
    thrown = _THROW.search(sentence)
    if thrown and (_AWAY.match(after) or (_ITSELF.fullmatch(thrown["between"]) and not _SCOPE.match(after))):
        return True
    return bool(re.search(r"\bfor\s*$", sentence, re.IGNORECASE) and _READ_INSTEAD.match(after))


def _is_called_dead(sentence: str) -> bool:
    """`The fax is disconnected (…)`, `He is not to be rung any more (…)`."""
    if sentence.rstrip()[-1:] not in ("(", ","):
        return False
    found = _NUMBER_NOUN.search(sentence)
    return bool(_NOT_RUNG.search(sentence) or (found and _dead_within(sentence, found.end(), 6, most_left=26)))


def _is_told_after(sentence: str, after: str) -> bool:
    if _UNTIL.match(after):
        return bool(re.search(r"▪\s*\($", sentence))
    opening = _OPENING.match(after)
    if _dead_within(after, opening.end() if opening else 0, 9):
        return True
    again = _AGAIN.match(after)
    if again and _dead_at(after, again.end()):
        return True
    if _pattern(_BEHIND).match(after):
        return True
    unread = _pattern(_UNREAD).match(after)
    return bool(unread and not _pattern(_AT_TIMES).match(after, unread.end()))


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


def _dead_within(words: str, start: int, most: int, most_left: int | None = None) -> bool:
    """Whether a number's predicate calls it dead: its first word, or one of the next, with no other subject between."""
    others = 0
    for found in _WORD.finditer(words, start):
        if words[start : found.start()].strip(" )]\n,") or found.start() - start > 60:
            return False
        past = _dead_at(words, found.start())
        if past is not None and (most_left is None or len(words) - past <= most_left):
            return True
        word = found.group().casefold()
        others += word not in _SUBJECTS and word != "▪"
        if word in _BLOCKS or others > 5 or most == 0 or words[found.end() : found.end() + 1] == ",":
            return False
        most -= 1
        start = found.end()
    return False


def _dead_at(words: str, offset: int) -> int | None:
    """Where a predicate that calls a number dead ends, if one begins here."""
    found = _pattern(_GONE).match(words, offset)
    if found:
        return found.end()
    found = _pattern(_RESTING).match(words, offset)
    return found.end() if found and not _pattern(_AT_TIMES).match(words, found.end()) else None


def dead_sections(text: str, blocks: tuple[Block, ...]) -> list[tuple[int, int]]:
    """The stretches of a note that list only what has gone: under a heading of leavers, or a line that says so."""
    found: list[tuple[int, int]] = []
    since: int | None = None
    lead: int | None = None
    for block in blocks:
        words = text[block.start : block.end]
        if block.kind is BlockKind.HEADING and since is not None:
            found.append((since, block.start))
            since = None
        if block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH):
            if lead is not None:
                found.append((lead, block.start))
            lead = block.end if _leads_to_dead(words) else None
        if block.kind is BlockKind.HEADING and lead is None and _GONE_HEADING.match(words):
            since = block.end
    end = len(text)
    found.extend((begin, end) for begin in (since, lead) if begin is not None)
    return found


def _leads_to_dead(words: str) -> bool:
    """Whether a line leads to a list of what has gone: `These numbers are no longer in use:`."""
    if len(words) > _SPAN or not words.rstrip(" *_").endswith(":") or _OTHERS.search(words):
        return False
    found = _LISTED.search(words)
    return bool(_TO_BE_DELETED.search(words) or (found and _dead_within(words, found.end(), 8)))


def is_asked_for(text: str, start: int, floor: int) -> bool:
    """Whether a number among the gone is one to be rung instead."""
    return bool(_RINGS.search(_SENTENCE.split(text[max(floor, start - _SPAN) : start])[-1]))
