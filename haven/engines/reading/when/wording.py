"""Words a deadline as a short phrase for a list: without its day, its courtesies or a head that says nothing."""

import re

from haven.engines.patterns.late import late

_LONGEST = 140
_BOXES = late(
    r"^(?:[\s•*·▪–—-]+|\[[ xX]?\]\s*|\(\w{1,3}\)\s+|\d{1,2}[.)]\s+|ACTIONS?\b[\s:–-]+|"
    r"[a-z]\w{2,12}:\s+(?:\d[.)]\s*)?(?=\S))+"
)
_COURTESY = late(
    r"^(?:(?:please|pls|plse|kindly|and|so|but|also|then|reminder)\b[\s:,–-]*|(?:please\s+)?(?:could|can|would|"
    r"will)\s+you\s+(?:all\s+)?(?:please\s+)?|"
    r"(?:we|i)\s+(?:would|should)\s+(?:be\s+)?(?:obliged|grateful|glad|like)\s+(?:if\s+you\s+(?:would|could)|"
    r"to\s+(?:receive|have))\s+|"
    r"(?:would|could)\s+you\s+|you\s+(?:must|should|need\s+to|have\s+to|are\s+asked\s+to|"
    r"will\s+need\s+to)\s+(?:please\s+)?|"
    r"(?:we|i)\s+(?:must|need\s+to)\s+(?=receive)|let[’']s\s+|remember\s+to\s+|make\s+sure\s+(?:that\s+)?you\s+|"
    r"(?:if\s+(?:that|this)\s+\w+\s+\w+\s+\w+,\s+))+",
    re.IGNORECASE,
)
_LIMIT = (
    r"(?:by|before|b4|nlt|until|till|due(?:\s+(?:back|in))?|on\s+or\s+before|(?:to\s+(?:arrive|"
    r"reach\s+[\w\s]{2,30}?)\s+)?(?:no|not)\s+later\s+than|up\s+to|"
    r"to\s+be\s+(?:in|with\s+us)|between\s+now\s+and|within|on|i\.?e\.?|at\s+the\s+latest|latest|in\s+any\s+case)"
)
_TAIL = late(
    rf"[\s,;:=→(–—-]*(?:\b(?:and\s+)?{_LIMIT}\b[\s,:]*(?:(?:the|a|an|this|that|next|very|first|last|thing|post|"
    rf"end|close|start|beginning|of|play|business|"
    r"school|day|days?|week|month|term|half[- ]?term|year|noon|midday|cop|on|at|working|june|july|summer|autumn|"
    r"spring|(?:mon|tues|wednes|thurs|fri)day)\b[\s,:]*)*|"
    r"\b(?:i\.?e|last\s+day|closing\s+date|deadline|hard\s+stop)\b[\s:.]*)$",
    re.IGNORECASE,
)
_ENDING = late(
    r"\s*\b(?:(?:is|are|was|be|to\s+be|must\s+be|should\s+be|has\s+been|have\s+been|have\s+to\s+be|has\s+to\s+be|"
    r"opens?\b[\w\s]*\band)\s*)?"
    r"(?:clos(?:es?|ing)|shuts?|ends?|finish(?:es)?|runs?|open|due(?:\s+(?:back|in))?|taken|in|invited|wanted|"
    r"needed|required|extended\s+from\b.*)"
    r"(?:\s+(?:at|on|by|to|until|back))?\s*$",
    re.IGNORECASE,
)
_STARTS_WITH_LIMIT = late(
    r"^\W*(?:by|before|no\s+later\s+than|not\s+later\s+than|until|between\s+now\s+and|on|from|deadline|due|"
    r"if\s+not|today|you\s+have|you$|has|have)\b[^:–—]{0,50}$",
    re.IGNORECASE,
)
_NAMES_LIMIT = late(
    r"^\W*(?:the\s+)?(?:(?:final|last|new|closing|submission|return|reply|due|cut[- ]?off)\s+)*(?:deadline|"
    r"closing\s+date|cut[- ]?off|(?:last|final)\s+(?:day|date|chance|call)|date|due\s+date)"
    r"\s*(?:,|for|to|is)?\s+(?=\w)",
    re.IGNORECASE,
)
_ANSWERED = late(
    r"^(?:the\s+|this\s+|our\s+|its\s+)?(?P<subject>(?:[\w’'.&,:/-]+\s+){0,9}?(?P<noun>consultation|survey|"
    r"questionnaire|poll|ballot|call\s+for\s+evidence)\b.*)$",
    re.IGNORECASE,
)
_HANDED_IN = late(
    r"^(?:the\s+|this\s+|our\s+)?(?P<subject>(?:[\w’'.&/-]+\s+){0,6}?(?:return|audit|census|self[- ]?assessment|"
    r"self[- ]?evaluation|form|checklist)\b.*)$",
    re.IGNORECASE,
)
_SENT_IN = late(
    r"^(?:the\s+)?(?P<noun>nominations?|applications?|bids?|bookings?|entries|expressions\s+of\s+interest|"
    r"registrations?|comments|views|replies)\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_BARE = late(
    r"^(?:the|this|that|our|its|it|they|which|these|term[’']s|month[’']s|window|portal|bookings?|consultation|"
    r"survey|comments?|nominations?|out|for|comment|new|date|open|is|are|draft|\W)*$",
    re.IGNORECASE,
)
_NO_TOPIC = late(
    r"\W*(?:(?:key|diary|training|important|other|forthcoming|upcoming|all)\s+)*(?:dates?|diary|deadlines?|"
    r"training|events?|news|updates?|reminders?|actions?(?:\s+for\s+\w+)?|to\s+do|"
    r"what.{0,30}|january|february|march|april|may|june|july|august|september|october|november|december|\[.*\]|"
    r".*\b(?:team|service|council|partnership|trust|board|forum)\b.*)\W*",
    re.IGNORECASE,
)
_ORDERS = late(
    r"\b(?:must|should|need|to\s+(?:reply|send|return|complete|fill|have|be|tell|name|write|e-?mail)|please)\b|"
    r"^\W*(?:complete|return|send|submit|upload|sign|fill|tell|let|give|check|confirm|respond|reply|book|name|"
    r"nominate|pay|bring|read|write|update)\b",
    re.IGNORECASE,
)
_DANGLING = late(
    r"[\s,:;–-]+(?:(?:these|which|it|they|this|and)\s+)?\b(?:have|has|is|are|be|was|were|will|must|should|and|or|"
    r"not|goes\s+live|by|to|of|at)$",
    re.IGNORECASE,
)
_FOLLOWS_ON = late(r"^(?:to|of|for|on|from|who|about|with)\b", re.IGNORECASE)
_SAYS = late(r"\b(?:know|tell\s+\w+|confirm|say|decide|check)$", re.IGNORECASE)  # … ‘by Friday’ …
_SAID = late(r"(?:whether|if|who|how|what|that|which)\b", re.IGNORECASE)
_NO_START = late(
    r"^(?:at\s+the\s+(?:very\s+)?latest|latest|please|pls|as|because|so|and|or|via|but|since)\b\W*", re.IGNORECASE
)
_SPOKEN_OF = late(
    r"(?P<label>(?:the|our|your|an?|this\s+\w+’?s?)\s+(?:[\w’'-]+\s+){0,7}?[\w’'-]+)\s+(?:is|are|was|were|will|"
    r"has|have|can|"
    r"goes|went|opens?|opened)\b",
    re.IGNORECASE,
)  # the subject of the sentence before
_POINTS_BACK = late(r"\b(?:it|them|that|these|those|this|they|which)\b", re.IGNORECASE)
_PIECES = late(r";\s+|(?<=[a-z]{4})[.!?]\s+(?=[A-Za-z])")
_TO_RECEIVE = late(r"^(?:we|i)\s+must\s+receive\s+", re.IGNORECASE)
_THANKS = late(r"[\s,]+(?:please|pls|thanks|thank\s+you)\W*$", re.IGNORECASE)


def task(before: str, after: str, heading: str, previous: str) -> str:
    """What is to be done by a day. `before` and `after` are the words of its sentence on either side of it, `previous`
    the sentence in front."""
    topic = "" if _NO_TOPIC.fullmatch(heading) else heading
    said, follows = _plain(before), _plain(after)
    if _STARTS_WITH_LIMIT.match(said) or not said:
        led = _led(follows)
        if (len(led.split()) >= 2 or re.fullmatch(r"[A-Za-z]{4,}", led)) and not _NO_START.match(led):
            said = led
        elif not _NAMES_LIMIT.match(said):
            said = ""
    elif (len(said.split()) == 1 and _FOLLOWS_ON.match(follows)) or (_SAYS.search(said) and _SAID.match(follows)):
        said = f"{said} {follows}"
    said = _named(said, topic, _plain(previous))
    if len(said.split()) <= 5 and _POINTS_BACK.search(said):
        said = _pointed(said, topic, previous)
    return shortened(said or topic or heading)


def _plain(words: str) -> str:
    words = " ".join(words.split())
    words = _BOXES.sub("", words)
    pieces = [p for p in _PIECES.split(words) if len(p.split()) > 1]
    words = _TO_RECEIVE.sub("Send ", pieces[-1] if pieces else words)
    return _trimmed(_COURTESY.sub("", words))


def _trimmed(words: str) -> str:
    for _ in range(4):
        shorter = _TAIL.sub("", words).rstrip(" \t–—:,.;=→*")
        shorter = _THANKS.sub("", shorter)
        if shorter.count("(") > shorter.count(")"):
            shorter = shorter.rsplit("(", 1)[0].rstrip(" ,–-")
        shorter = _DANGLING.sub("", shorter)
        if shorter == words:
            break
        words = shorter
    return words.strip(" •*·–—:,.;=→!_-")


def _led(words: str) -> str:
    """‘(You have until 6 November) to appeal …’."""
    words = re.sub(
        r"^(?:to|is|for|and|the)\s+(?:the\s+)?(?:last\s+(?:day|date|chance)\s+(?:to|for)\s+|deadline\s+for\s+)?",
        "",
        words,
        flags=re.IGNORECASE,
    )
    return _COURTESY.sub("", words)


def _named(said: str, heading: str, previous: str) -> str:
    """A thing that closes, is due or is named as a limit, said as what one does with it."""
    said = _NAMES_LIMIT.sub("", said)
    subject = said
    for _ in range(2):
        subject = _ENDING.sub("", subject).strip(" ,:–—-")
    if _BARE.match(subject):
        noun = re.search(r"consultation|survey|booking|nomination|comment|poll", said, re.IGNORECASE)
        return (_of_heading(noun[0].lower(), heading) if noun else "") or previous or said
    if _ORDERS.search(subject):
        return said
    subject = re.sub(r"^(?:the\s+)?(?:window|portal|link)\s+for\s+(?:the\s+)?", "", subject, flags=re.IGNORECASE)
    if subject == said:
        return _sent(subject) or said
    if match := re.match(r"(?P<topic>.+):\s*(?:the\s+)?(?P<noun>consultation|survey)$", subject, re.IGNORECASE):
        return f"Respond to the {match['noun']} on {match['topic']}"
    if match := _ANSWERED.match(subject):
        return f"Respond to the {match['subject']}"
    if match := _HANDED_IN.match(subject):
        return f"Complete the {match['subject']}"
    return _sent(subject) or subject or said


def _sent(subject: str) -> str:
    match = _SENT_IN.match(subject)
    if match is None:
        return ""
    noun, rest = match["noun"].lower(), re.sub(r"^\s*closes?\b", "", match["rest"]).rstrip()
    if noun.startswith("booking"):
        return f"Book{rest}" if rest else "Book a place"
    if noun.startswith("registration"):
        return f"Register{rest}"
    return f"Send {noun}{rest}"


def _of_heading(noun: str, heading: str) -> str:
    if not heading:
        return "Book a place" if noun == "booking" else ""
    match noun:
        case "consultation" | "survey" | "poll":
            return f"Respond to the {noun} on {heading}"
        case "booking":
            return f"Book: {heading}"
        case "comment":
            return f"Comment on {heading}"
        case "nomination":
            return f"Nominate for {heading}"
        case _:
            return heading


def _pointed(said: str, heading: str, previous: str) -> str:
    """‘Do it’ leans on what was said before it, or on its heading."""
    label = re.match(r"\W*(?P<label>[^.:!?\n]{3,60}):\s", f"{previous} ") or _SPOKEN_OF.match(previous)
    head = label["label"] if label else heading
    return f"{head}: {said[:1].lower()}{said[1:]}" if head and head.lower() not in said.lower() else said


def shortened(said: str, limit: int = _LONGEST) -> str:
    """With a capital, and no longer than a line or two."""
    said = " ".join(said.split())
    if len(said) <= limit:
        return said[:1].upper() + said[1:]
    cut = said[:limit].rsplit(" ", 1)[0].rstrip(",;:–- ")
    return f"{cut[:1].upper()}{cut[1:]}…"
