"""The words beside a day that tell what the day is: a limit, a happening, or neither."""

import re

from haven.engines.patterns.late import late


def _any(*alternatives: str, seldom: bool = False) -> re.Pattern[str]:
    return late("|".join(alternatives), re.IGNORECASE, seldom=seldom)


_FILL = (
    r"(?:[\s,:(–-]*(?:(?:the\s+)?(?:very\s+)?(?:end|close|start)\s+of(?:\s+(?:the\s+)?(?:play|business|day|"
    r"school(?:\s+day)?|working\s+day))?|"
    r"c\.?o\.?[pb]|e\.?o\.?d|noon|midday|midnight|lunch\s?time|latest|first\s+(?:thing|post)|last\s+thing|"
    r"and\s+including|this|next|coming|on|at|the|in|then)\b\.?\)?)*[\s,:(–-]*$"
)

# Directly before the day (and its hours).
BY = late(
    r"\b(?:by|nlt|before|b4|no\s+later\s+than|not\s+later\s+than|on\s+or\s+before|at\s+the\s+latest|rsvp|reply|"
    r"ahead\s+of|between\s+now\s+and|"
    r"(?:by|before)\s+(?:you|we|they)\s+\w+(?:\s+\w+){0,3}\s+on|by\s+close|"
    r"(?:by|before)\s+(?:the\s+)?[\w’'-]+(?:\s+[\w’'-]+){0,4}\s+(?:begins?|starts?|ends?|finish(?:es)?|"
    r"breaks?\s+up|opens?|meets|sits)(?:\s+on)?|"
    r"(?:before|in\s+(?:good\s+)?time\s+for)\s+(?:the|our|your|this|that)\s+(?:[\w’'-]+\s+){0,2}(?:forum|meeting|"
    r"conference|session|training|"
    r"panel|visit|review|inspection|course|event|briefing)\s+on)" + _FILL,
    re.IGNORECASE,
)
# ‘by half-term (24 October)’, ‘by the last day of term, Friday 18 July’: the day of what the limit hangs on.
BY_THAT = late(
    r"\b(?:by|before|no\s+later\s+than)\s+(?:(?:the|our|your|this|that|next)\s+)?"
    r"(?:[\w’'-]+(?:\s+[\w’'-]+){0,7}\s*\((?:the\s+)?|"
    r"(?:[\w’'-]+\s+){0,7}?(?:half[- ]?terms?|terms?|weeks?|holidays?|breaks?|day|month|year|easter|christmas|"
    r"summer|(?:mon|tues|wednes|thurs|fri)day|visit)"
    r"(?:\s+of\s+(?:the\s+)?(?:\w+\s+)?(?:half[- ]?term|term|year|month))?\s*(?:[,:–—-]|\bon\b)\s*(?:the\s+)?)$",
    re.IGNORECASE,
)
# ‘No returns will be accepted after 20 June.’
NONE_AFTER = late(
    r"\b(?:received|submitted|returned|made|arriving|sent|booked|handed\s+in|coming\s+in)\s+after\s+(?:the\s+)?$|"
    r"\b(?:no|not|cannot|can[’']t|won[’']t|nothing)\b[^.;\n]{0,60}\b(?:accept(?:ed)?|consider(?:ed)?|tak(?:e|en)|"
    r"process(?:ed)?|take|admit(?:ted)?)\b[^.;\n]{0,20}\bafter" + _FILL,
    re.IGNORECASE,
)
# ‘by Mon 26 August … so let's say Friday 23rd’
PUT_RIGHT = late(
    r"\b(?:by|before|due|deadline)\b[^\n]*\b(?:let[’']s\s+(?:say|make\s+it|call\s+it)|make\s+(?:it|that)|"
    r"call\s+it|sorry,?|i\s+mean|rather)[\s,:–-]*(?:the\s+)?$",
    re.IGNORECASE,
)
# ‘audit = 30 june’, ‘Section 175 return – 30 June’: a thing to be handed in, then its day.
RETURN_LABEL = late(
    r"\b(?:returns?|audit|(?<!sixth )(?<!sixth-)forms?|census|checklists?|self[- ]?(?:assessments?|evaluations?|"
    r"reviews?|checks?)|declarations?|consents?(?:\s+forms?)?|"
    r"certificates?|submissions?|questionnaires?|data\s+(?:sheets?|collections?)|proformas?|nominations?|"
    r"expressions\s+of\s+interest|applications?)"
    r"(?:\s+(?:is|are))?\s*(?:=|:|[-–—]|→|➔|\(|\bon\b)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
DUE = late(
    r"\b(?:is|are|be|now|falls?|payments?|deposit|returns?|forms?)?\s*\bdue(?:\s+(?:in|back|by|for))?\b" + _FILL,
    re.IGNORECASE,
    seldom=True,
)
NAMED_LIMIT = late(
    r"\b(?:(?:dead\s?line|closing\s+date|cut[- ]?off(?:\s+date)?|return\s+date|due\s+date|reply\s+date|"
    r"submission\s+date|"
    r"final\s+date|last\s+(?:date|day|chance)\s+(?:for|to)|reply\s+by\s+date|date\s+due)\b[^.;\n]{0,70}"
    r"(?:\b(?:is|are|of|on|now|will\s+be|remains|:)|[:–-]))?(?:dead\s?line|closing\s+date|cut[- ]?off|"
    r"return\s+date|due\s+date)?" + _FILL,
    re.IGNORECASE,
)
LIMIT_WORDS = _any(
    r"\b(?:dead\s?line|closing\s+date|cut[- ]?off|return\s+date|due\s+date|date\s+due|submission\s+date|"
    r"date\s+for\s+returns?)s?\b"
)
NEEDED = late(
    r"\b(?:response|reply|replies|returns?|action|decision|sign[- ]?off|answers?|feedback|confirmation|is|are|be|"
    r"still)\s+(?:required|needed|wanted|requested)(?:\s+(?:back|in))?\s*(?:on|for|by)?[\s:,–-]*(?:the\s+)?$|"
    r"^\W*(?:replies|responses?|returns|reply|respond|rsvp|answers|closes|closing|deadline)\s*(?:on|:|–|"
    r"-)?\s*(?:on\s+)?$|"
    r"\bneed\s+(?:your|the|all|every|a)\s+[\w’'\s-]{2,50}\s(?:for|on)\s+(?:the\s+)?$|"
    r"\b(?:must|has\s+to|have\s+to|should|to|needs\s+to|need\s+to)\s+(?:be\s+with|reach|arrive\s+with|"
    r"get\s+to)\b[^.;\n]{0,40}\bon\s+(?:the\s+)?$",
    re.IGNORECASE,
    seldom=True,
)
# ‘Pat G to circulate the chart – 13/6’
SOMEBODY_TO = late(
    r"^[\W_]*(?:ACTIONS?\b[\s:–-]*)?(?:[A-Z][\w’'.&/-]*|[Aa]ll|[Ee]ach|[Ee]very|"
    r"[Ee]veryone)(?:\s+(?:[\w’'.&/-]+)){0,4}?\s+to\s+(?:send|circulate|draft|write|return|submit|complete|upload|"
    r"confirm|check|review|update|share|contact|ask|email|e-mail|provide|produce|collect|find|report|arrange|"
    r"book|prepare|chase|let|name|nominate|redraft|register|sign|pay|tell|read)\b"
    r"[^.;\n]{3,110}(?:\s[–—-]|:|\s\(|,|\s{2,}|→)\s*(?-i:)$"
)
LAST_DAY_TO = _any(
    r"\blast\s+(?:call|orders?|posting\s+date)\s+for\b",
    r"\blast\s+(?:date|day|chance)\s+(?:for|to)\s+(?!term)",
    r"\b(?:last|final)\s+(?:day|date)(?:\s+is)?[\s:,–-]*$",
)
CLOSES = late(
    r"\b(?:consultations?|nominations?|applications?|bookings?|booking|survey|questionnaire|returns?|"
    r"registrations?|window|portal|call|entries|"
    r"poll|forms?|bids?|grants?|submissions?|interest|audit|bidding|recruitment|offer|it|which|that|and|return|"
    r"ballot|voting|"
    r"sign[- ]?up|enrolment|review|collection|scheme|fund|pot|comments?|views|drafts?)\b"
    r"[^.;\n]{0,60}[\W]*\b(?:closes?|closing|close|ends?|ending|shuts?|finish(?:es)?)\b[’'”\"]*" + _FILL,
    re.IGNORECASE,
    seldom=True,
)
OPEN_UNTIL = late(
    r"\b(?:open|comments?|consultation|survey|views?|feedback|apply|applications?|nominations?|book(?:ings?|ed)?|"
    r"register|respond|"
    r"reply|replies|responses?|sign\s+up|vote|submit|return|you\s+have|schools\s+have|heads\s+have|dsls\s+have|"
    r"extended|available\s+to\s+complete)\b"
    r"[^;\n]{0,90}\b(?:until|till|up\s+to|(?<!moved )(?<!changed )(?<!transferred )(?<!switched )(?<!back )to)"
    + _FILL
    + r"|\b(?:has|have|with|given)\s+(?:until|till)"
    + _FILL,
    re.IGNORECASE,
)
THIS_TERMS = late(
    r"\b(?:this|next)\s+(?:term|month|half[- ]?term|year|week)[’']s\s+(?:date|deadline|return|one|is)\b[\w\s]{0,12}"
    + _FILL,
    re.IGNORECASE,
)
# A day asked for by 'this date'.
THAT_DATE = _any(
    r"\b(?:by|for|before|on)\s+(?:this|that|these|those|the\s+above|the\s+same)\s+(?:dates?|days?)\b",
    r"(?<!not )\bby\s+then\b",
    r"^(?![^.;]*\b(?:not|n[’']t|nothing|nobody|never)\b)[^.;]{0,200}\bbefore\s+then\b",
    r"^\W*[^.;\n]{0,60}\bby\s+today\b",
    seldom=True,
)
AFTER_DUE = _any(
    r"^[\s:–—)(-]*[^.;\n]{0,80}\b(?:due(?:\s+(?:in|back))?|deadline|closing\s+date|closes|cut[- ]?off|"
    r"to\s+be\s+(?:returned|submitted|paid|handed\s+in))\b(?!\s+to\b)",
    r"^[\s,(–—-]*(?:please[\s,]*)?(?:at\s+(?:the\s+)?(?:very\s+|absolute\s+)?)?latest\b(?!\s+(?:news|update|"
    r"edition|version|guidance))",
    r"^[\s,(–—-]*(?:is\s+(?:a|the)\s+)?(?:hard\s+(?:stop|deadline|limit)|final\s+(?:call|deadline)|no\s+(?:later|"
    r"extensions))\b",
    r"^[\s:–—-]*(?:bids?|bookings?|applications?|nominations?|entries|registration|portal|window|survey|"
    r"consultation)\s+(?:closes?|shuts?|ends?)\b",
    r"^\s*(?:at\s+the\s+latest|is\s+(?:the|your|our)\s+(?:deadline|closing\s+date|cut[- ]?off|"
    r"(?:last|final)\s+(?:day|date|chance)\s+(?:for|to)))",
    r"^\s*\(?deadline\b",
    r"^[\s:–—-]*last\s+(?:day|date|chance)\s+(?:to|for)\s+(?!term)",
    seldom=True,
)
HAND_IN_ON = late(
    r"\b(?:returns?\s+(?:come|go|are)\s+(?:in|back)|be\s+(?:back|in)(?:\s+with)?|returned|handed\s+(?:in|back|"
    r"into)|sent\s+(?:in|back)|submitted|paid|brought\s+(?:in|back)|completed|hand\s+in|return(?!\s+(?:on|to|for|"
    r"from)\b)|submit)\b"
    r"[^.;\n]{0,60}\b(?:on|for)(?:\s+the\s+(?:morning|afternoon|evening)\s+of)?[\s,]*(?:the\s+)?$",
    re.IGNORECASE,
)
COMES_IN_ON = late(r"\breturns?\s+(?:come|go|are)\s+(?:in|back)\s+(?:on|for)[\s,]*(?:the\s+)?$", re.IGNORECASE)
TO_DO_HEADING = _any(
    r"\bto[- ]do\b",
    r"\b(?:jobs?|homework|chores)\b",
    r"\bthings?\s+to\s+do\b",
    r"\bcheck-?lists?\b",
    r"\bwhat\s+(?:we\s+(?:need|ask|want|require|expect)|you\s+(?:need|must|have)\s+(?:to\s+do|do)|to\s+(?:send|"
    r"return|do))\b",
    r"\bwho\s+owes\b",
    r"\b(?:agreed\s+|key\s+|your\s+)?actions?\b(?!\s+plan)",
    r"\btasks?\b",
    r"\breturns?\b(?!\s+to)",
    r"\b(?:please\s+)?(?:send|return)\s+(?:us|to)\b",
)
DUE_HEADING = _any(
    r"\bdue\s+(?:from|back|in|to\s+us)\b",
    r"\bdeadlines?\b",
    r"\bwhat\s+is\s+due\b",
    r"\bdue\s+(?:dates?|soon|this)\b",
    r"\b(?:has|have|needs?|is|are)\s+to\s+be\s+(?:in|done|sent|returned|with\s+us|handed\s+in)\b",
    r"\b(?:hand(?:ing)?[- ]in|sending[- ]in)\b",
    r"\bwhat(?:[’']s|\s+is|\s+we|\s+you)\s+(?:\w+\s+){0,2}(?:owed|owe|due|wanted|needed)\b",
    r"\bto\s+be\s+(?:in|returned|sent\s+in|handed\s+in)\b",
    r"\breturns?\s+(?:due|calendar)\b",
    r"\bsubmission\s+dates?\b",
    r"\bclosing\s+dates?\b",
    r"\breturn\s+dates?\b",
    r"\bdates?\s+for\s+returns?\b",
    r"\bthings?\s+due\b",
)

BY_HOUR_AFTER = late(r"[\s,]*(?:by|before|no\s+later\s+than)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)  # ‘Fridays by 3pm’

# Is anything asked at all?
ASKED = _any(
    r"\b(?:please|must|should|need(?:s|ed)?\s+to|has\s+to|have\s+to|required|asked|expected|are\s+to|is\s+to|"
    r"remember|ensure|make\s+sure|to\s+be)\b",
    r"\b(?:could|can|would)\s+(?:you|all|every|any|the|children|parents|schools)\b",
)
ORDER = late(
    r"\W*(?:please\s+)?(?:amend|update|change|return|submit|send|complete|upload|hand|bring|sign|pay|confirm|"
    r"apply|reply|respond|check|register|tell|"
    r"review|fill|let|give|write|e-?mail|read|get|have|make|draft|circulate|agree|adopt|book|nominate|finish|"
    r"delete|replace|remove|collect|return|clear)\b",
    re.IGNORECASE,
)
PROMISE = _any(
    r"\b(?:hopes?|expects?|aims?|intends?|plans?|means)\s+to\s+(?!(?:have|receive|get|hear|see)\s+(?:your|all|"
    r"every|each|"
    r"from|the|an?|these|them)\b)",
    r"\b(?:we|I|our\s+team|the\s+team|the\s+office|the\s+council)(?:[’']ll|[’'](?:re|m)\s+going\s+to|\s+(?:will|"
    r"shall|hope\s+to|aim\s+to|"
    r"expect\s+to|expect|intend\s+to|plan\s+to|"
    r"can|am\s+going\s+to|are\s+going\s+to|should\s+have|promise(?:d)?\s+to|undertook\s+to|are\s+hoping\s+to|"
    r"propose\s+to))\b(?!\s+(?:need|ask|want|require|expect)\b)",
    r"\bwill\s+(?:also\s+|then\s+|all\s+|now\s+)?be\s+(?:on|available|published|issued|sent|ready|with\s+you|"
    r"released|circulated|announced|updated|"
    r"finished|installed|complete|back|open|written|reported|shared|posted|uploaded|e-?mailed|confirmed|"
    r"in\s+touch|out|live|up)\b",
    r"\b(?:should|ought\s+to)\s+be\s+(?:with\s+you|ready|available|out)\b",
    r"\b(?:letters?|minutes|slides|notes|results?|report|reply|replies|answer|decision|invitations?|recording|"
    r"papers|draft|details|links?|certificates?|figures)\s+"
    r"(?:will|shall|should)\s+(?:follow|reach|come|arrive|be\s+(?:with|on|sent|out))\b",
    r"\b(?:letters?|minutes|slides|notes|results?|report|papers|draft|findings|link)\s+(?:is|are)\s+(?:likely|"
    r"expected|due|to\s+follow)\b",
    r"\bfrom\s+us\b",
)
PAST_LIMIT = _any(
    r"\b(?:was|were|had\s+been|originally)\s+(?:originally\s+)?(?:due|to\s+have\s+been)\b",
    r"(?<!\bbe )(?<!\bis )(?<!\bare )(?<!\bremain )\b(?:closed|expired|ended|passed|lapsed)\s+(?:on|at)?\s*$",
    r"\bwas\s+(?:the\s+)?(?:deadline|closing\s+date)\b",
    r"\b(?:(?:was|were|had|has|(?<!should )(?<!must )(?<!to )have)\s+(?:\w+\s+){0,6}(?:received|returned|"
    r"completed|sent|submitted|done|raised)|stood|fell|rose)\s+(?:[\w%]+\s+){0,6}by\s+(?:the\s+)?(?:end\s+of\s+)?$",
    seldom=True,
)
NOT_YOURS = _any(
    r"\bfor\s+us\s+and\s+not\s+for\s+you\b",
    r"\bnot\s+for\s+(?:schools|you)\s+to\b",
    r"\b(?:partners|ministers|lscbs?|boards|trusts|police\s+forces|the\s+department|ofsted|the\s+dfe|"
    r"local\s+authorities|councils?)\s+(?:have|has|must|will|should|to)\b[^.]{0,60}$",
)
# ‘Review date: …’: a day that something has, and nobody is asked for anything by.
OTHER_DATE = late(
    r"\b(?:effective|expiry|review|renewal|print|publication|release|issue|approval|adoption)\s+"
    r"(?:review\s+)?(?:date|day)[\s:–—-]*$",
    re.IGNORECASE,
)
# What is for sale: no one is asked for anything.
ADVERT = late(
    r"\d\s?%\s+(?:off|discount)|\bdiscount(?:ed|s)?\b|\bspecial\s+offer\b|\bsave\s+(?:£|\d|up\s+to)|\bvoucher\s+code|"
    r"\bhalf\s+price\b|\bmoney[- ]off\b|\bearly[- ]bird\s+(?:price|rate|offer)\b",
    re.IGNORECASE,
)
OPTIONAL = _any(
    r"\bconsult(?:ation|ing|s)?\b",
    r"\bnominat\w+",
    r"\bsurvey\b",
    r"\bif\s+you\s+(?:wish|would\s+like|want|are\s+interested|have\s+a\s+view|can)\b",
    r"\bif\s+(?:that|this)\s+sounds\b",
    r"\bwelcome\s+to\b",
    r"\bhave\s+your\s+say\b",
    r"\b(?:your|any)\s+(?:views?|thoughts|comments?|feedback)\b",
    r"\bexpressions?\s+of\s+interest\b",
    r"\bvolunteer",
    r"\bawards?\b",
    r"\boptional\b",
    r"\bglad\s+of\b",
    r"\bfor\s+comment\b",
    r"\bcomments?\s+(?:go|to|are|by|on)\b",
    r"\bcontribut\w+",
    r"\bvoluntary\b",
    r"\bno\s+obligation\b",
    r"\binterested\s+in\b",
)

# A line that begins with its day and then says what to send in.
HAND_IN_LINE = late(
    r"^[\s:–—-]*(?:\(\w{1,3}\)\s*)?(?:[^.;:\n]{3,70}:\s+)?(?:please\s+)?(?:return\s+(?!to\s+school)|submit\b|"
    r"send\s|complete\s|upload\b|hand\s+in\b|nominate\b|sign\s+and\s+return\b|pay\s+for\b|confirm\s|"
    r"apply\s+for\b|reply\b|respond\b|tell\s+(?:us|me|the)\b|let\s+(?:us|me|the\s+\w+)\s+(?:know|have)\b|"
    r"e-?mail\s+(?:us|me|your|the)\b)",
    re.IGNORECASE,
)

# An order, then a dash or arrow, then its day: ‘Upload the sample — 14 February’.
DUE_LABEL = late(
    r"\W*(?:(?:key|our|your|the|next)\s+)?(?:dead\s?lines?|due(?:\s+(?:dates?|in|back))?|to[- ]do|(?:return|"
    r"closing)\s+dates|"
    r"returns?\s+due|what\s+is\s+due|wanted)\s*(?::|\s[–—-])",
    re.IGNORECASE,
)  # ‘Deadlines: audit 27 June; staff list 4 July’
ACTION_LABEL = late(r"^\W*(?:ACTIONS?\b|Actions?\s*[(:–—-])[^.;\n]{0,60}$")  # ‘ACTION (JB, 27 June): …’
IMPERATIVE_LINE = late(
    r"^[\W_]*(?:ACTIONS?\b[\s:–-]*)?(?:[^:.\n]{2,40}:\s+)?(?:please\s+)?(?:return\s+(?!to\s+school)|submit|send|"
    r"complete|upload|hand\s+in|nominate|sign|pay|confirm|apply|reply|respond|check|register|name|tell|update|"
    r"review|fill\s+in|let\s+(?:us|me)|give|ask|write|e-?mail|read|get|make|draft|circulate|agree|adopt|order|"
    r"book\s+(?:your|a|places?|supervision))\b"
    r"[^.;\n]{3,120}(?:\s[–—-]\s|:\s|→\s*|=\s*|\s{3,}|\s[(\[])\s*$",
    re.IGNORECASE,
)

# Directly before a day that is no happening.
NOT_HAPPENING = _any(
    r"\bgo(?:es)?\s+to\s+(?:\w+\s+){1,3}on\s+$",
    r"\b(?:joins|retires|retiring|leaves\s+us|leaving\s+us|starts\s+(?:as|with\s+us|work)|takes\s+up|"
    r"steps\s+down|moves\s+on)\b[^.;\n]{0,60}\bon\s+$",
    r"\b(?:names?|places?|bookings?|numbers?|copy|items?|papers?|orders?|forms?|apologies|tickets?|nominations?|"
    r"deposits?|payments?)\s+for[\s,]*(?:the\s+)?$",
    r"\b(?:since|(?<!week )(?<!day )(?<!month )(?<!fortnight )after|until|till|before|by|dated|effective|as\s+at|"
    r"born(?:\s+on)?|prior\s+to|as\s+from|"
    r"with\s+effect\s+from|as\s+of|up\s+to|than|beyond|following)[\s,]*(?:\w+day\s+)?(?:the\s+)?(?:end\s+of\s+)?$",
    r"\(\s*(?:up\s+)?to\s+(?:the\s+)?$",
    r"\b(?:updated|revised|re-?issued|published|issued|amended|re-?printed|released|re-?written|corrected|saved|"
    r"modified|edited|last\s+changed|created)\s+(?:on\s+|in\s+)?(?:the\s+)?(?:\w+day\s+)?$",
    r"\b(?:letter|e-?mail|minutes|note|report|strategy|policy|plan|framework|paper|protocol|message|memo|version|"
    r"edition|advice|guidance|circular|bulletin|act|"
    r"regulations|order|statement|judgment|judgement|version|copy|list|email|update|agenda|actions|review|"
    r"inspection|visit|decision|findings|request|instruction|resolution|incident|case|events?|"
    r"death)\s+of[\s,]*(?:the\s+)?(?:\w+day\s+)?$",
)
FROM_ONLY = late(
    r"(?<!starting )(?<!start )(?<!starts )(?<!begins )(?<!beginning )\bfrom[\s,]*(?:the\s+)?(?:\w+day\s+)?$",
    re.IGNORECASE,
)
LAW = _any(
    r"\bin(?:to)?\s+(?:force|operation)\b",
    r"\bcommence(?:ment|s)\b",
    r"\b(?:version|edition|guidance|framework|KCSIE)\b[^.\n]{0,80}\b(?:it|this|which|that)\s+(?:will\s+)?(?:begins?|"
    r"starts?|ends?|appl(?:ies|y)|takes?\s+over)\s+(?:on|from)\b",
    r"\bstatutory\s+(?:on|from)\b",
    r"\b(?:takes?|took|comes?|came)\s+(?:in)?(?:to)?\s*effect\b",
    r"\bwith\s+effect\s+from\b",
    r"\bbecom(?:es?|ing)\s+(?:statutory|compulsory|law|mandatory)\b",
    r"\bamended\s+(?:on|in)\b",
    r"\bRoyal\s+Assent\b",
    r"\beligib\w+",
    r"\bdate\s+of\s+birth\b",
    r"\bD\.?O\.?B\b",
    r"\bborn\b",
    r"\bcopyright\b",
    r"©",
    r"\bappl(?:y|ies|ied)\s+from\b",
    r"\bstart\s+on\s+the\s+same\s+day\b",
    r"\b(?:apply|applies)\s+on\b",
    r"\b(?:stops?\s+working|falls?\s+silent|goes\s+dead|(?:is|be)\s+switched\s+off|ceases?\s+to|lapses?|expires?|"
    r"runs\s+out|(?:is|are)\s+valid)\b",
    seldom=True,
)
# Said of the sentence up to its day: a change of paper, number or rule, which nobody goes to.
CHANGE = _any(
    r"\bgo(?:es|ing)?\s+live\b",
    r"\b(?:will\s+be|is\s+to\s+be|are\s+to\s+be|to\s+be|is|are)\s+(?:withdrawn|published|issued|updated|reviewed|"
    r"replaced|switched\s+off|archived|deleted|released|launched\s+on\s+the|revised|printed|posted|agreed|"
    r"confirmed|announced|approved|"
    r"sent|shared|available|circulated|decided|ready|out|uploaded|paid|known|signed|laid|finali[sz]ed|reported)\b",
    r"\b(?:letters?|invitations?|invites|details|results?|findings|minutes|slides|papers|certificates?|e-?mails?|"
    r"reminders?|packs?|posters?)\s+(?:will\s+)?(?:go|be|follow|come|arrive|are\s+sent)\b",
    r"\b(?:expect|expects|expecting|anticipate|await|awaiting|hope\s+for)\b(?!\s+(?:you|all|everyone|to\s+see))",
    r"\b(?:template|guidance|programme|newsletter|edition|number|policy|form|draft|letter|report|version|"
    r"handbook|strategy|bill|act|"
    r"regulations|address(?:es)?|document|procedure|protocol|code|link|portal|website|e-?mail|telephone\s+lines?|"
    r"phone\s+lines?|fees?|charges?|rate|price)s?\s+(?:will\s+)?(?:\w+\s+)?"
    r"(?:lands?|changes?|arrives?|appears?|follows?|comes?\s+out|moves?|replaces?|replaced|goes|go|rises?|begins?|"
    r"ends?|starts?|lapses?|expires?)\b",
    r"\b(?:stop(?:s)?\s+working|will\s+stop|stops\s+being|no\s+longer\s+be)\b",
    r"\b(?:corrected|amended|adopted|revised|approved|ratified|checked|compiled|printed|saved|drafted|"
    r"signed\s+off|reviewed|archived|correct|true|accurate)(?:\s+(?:by|in|at)\s+\w+(?:\s+\w+)?)?(?:\s+on)?[\s,:]*$",
    r"\b(?:copy|press|reference|effective|expiry|review|renewal|print|publication|release)\s+(?:date|day)s?\b",
    r"\b(?:data|figures?|statistics|numbers|totals?)\s+to\s+(?:the\s+)?(?:end\s+of\s+)?$",
    r"\boffer\b[^.;]{0,60}\b(?:ends?|closes?|expires?)\b",
    r"\bfinancial\s+year\b",
    r"\b(?:school|academic)\s+year\b",
    r"\b(?:year|quarter|month|months|period)\s+(?:to|ending|ended|from|up\s+to|of|between)\b[^.;]{0,20}$",
    r"\b(?:data|figures?|statistics|numbers|totals?)\s+(?:\w+\s+)?(?:are|is|for|from|cover(?:s|ing)?|relate|"
    r"up\s+to)\b[^.;]{0,40}$",
    r"\b(?:plan|strategy|policy|agreement|contract|grant|budget|scheme|licen[cs]e|insurance|report)\s+(?:covers?|"
    r"is|runs|lasts|spans|expires|ends|for)\b[^.;]{0,30}$",
    r"\b(?:edition|issue|volume|number|no)\.?(?:\s+\d+)?[\s,–—:·|-]*(?:published\s+)?(?:on\s+)?$",
    r"\b(?:starts?|begins?|joins?|takes\s+up|takes\s+over|retires?|leaves)\b(?:\s+(?:as|with\s+us|work|in\s+post|"
    r"her|his|their|the\s+role|duty))[^.;]{0,30}$",
    r"\bappointed\b[^.;]{0,60}\b(?:starts?|from|begins?|takes)\b",
)
NEXT_ISSUE = _any(
    r"\b(?:next|this|previous|last)\s+(?:issue|edition|bulletin|newsletter|update|message|version|copy|check|"
    r"review)\b",
    r"\blast\s+(?:updated|viewed|reviewed|modified|printed|changed|edited|saved|amended|checked)\b",
    r"\bpage\s+\d+\s+of\b",
)
HAPPENS = _any(
    r"\b(?:shut|clos(?:ed|ure|es|e)|held|take\s+place|takes\s+place|taking\s+place|visit\w*|week|holiday|"
    r"half[- ]?term|break|inset|training|meeting|course|workshop|event|festival|conference|running|runs?|"
    r"will\s+be\s+(?:in|here|with|at)|inspect\w*|on\s+site|open|exhibition|tour|residential|trip|campaign|fair)\b"
)

# Names of what happens at schools and among their partners.
EVENT_WORD = _any(
    r"\b(?:forum|meetings?|meets?|briefing|training|assembly|drills?|practice|photo(?:graph)?(?:s|er)?|nurse|"
    r"visit(?:s|ing|ors?)?|inset|sports?\s+day|"
    r"concert|trip|fair|fayre|rehearsal|tests?|exams?|workshop|webinar|drop-?in|surgery|clinic|conference|"
    r"interviews?|inspect(?:ion|ors?)|ofsted|"
    r"holiday|half[- ]term|picnic|party|disco|service|agm|panel|network|cluster|supervision|course|session|"
    r"seminar|festival|performance|show|"
    r"open\s+(?:day|evening|morning)|parents[’']?\s+evening|day\s+is|week\s+is|immunisations?|vaccinations?|"
    r"catch-?up|huddle|twilight|lunch|breakfast|tea)\b"
)
HABIT = _any(
    r"\b(?:every|each|usually|always|normally|weekly|only\s+work|not\s+in|on\s+leave|off|day\s+off|works?|ring|"
    r"call|e-?mail|phone)\b"
)

# What somebody said, in words of the past, of a day that may lie ahead.
REPORTED = late(
    r"\b(?:said|told|explained|reminded|confirmed|reported|noted|announced|advised|heard|added|"
    r"asked)\b[^.;\n]{0,120}\b(?:that|the)\b",
    re.IGNORECASE,
)

# An event that is off, or an old date.
OFF_AFTER = _any(
    r"^[^.;!?]{0,80}\b(?:is|are|was|were|be|been|being)\s+(?:now\s+|unfortunately\s+|sadly\s+|also\s+|"
    r"all\s+)*(?:cancel+ed|called\s+off|postponed|off|abandoned|withdrawn|scrapped|moved|rescheduled|"
    r"deferred)\b(?!\s+(?:to\s+site|limits|site))",
    r"^[^.;!?]{0,80}\b(?:will|is|are|can|do(?:es)?)\s*(?:not|n[’']t|no\s+longer)\s+(?:now\s+|be\s+)*(?:tak(?:e|"
    r"ing)\s+place|go(?:ing)?\s+ahead|be\s+held|held|run(?:ning)?|happen(?:ing)?|meet(?:ing)?)\b",
    r"^[^.;!?]{0,80}\bwon[’']t\s+(?:now\s+)?(?:take\s+place|go\s+ahead|be\s+held|run|happen|meet)\b",
    r"^(?:[\W\d_]|[ap]\.?m\b|noon\b|midday\b|to\b|until\b|morning\b|afternoon\b|evening\b|all\s+day\b)*"
    r"(?:now\s+)?(?:cancel+ed|postponed|called\s+off|put\s+off|rained\s+off|abandoned|withdrawn|scrapped|"
    r"deferred|"
    r"(?:no\s+longer|not)\s+(?:now\s+)?(?:happening|running|going\s+ahead|taking\s+place|meeting))\b",
    r"^[^.;!?]{0,60}\s[–—-]\s*(?:now\s+|sorry,?\s+)?(?:cancel+ed|postponed|called\s+off|off)\b(?=\W*(?:$|[;,.]))",
    r"^[^;!?]{0,60}[.–—:(|\s]\s*(?-i:CANCEL+ED|POSTPONED|CALLED\s+OFF)\b",
    r"^[^.;!?]{0,80}\b(?:has|have)\s+(?:now\s+|had\s+to\s+be\s+|unfortunately\s+|also\s+)*(?:been\s+|"
    r"be\s+)?(?:cancel+ed|called\s+off|postponed)\b",
    r"^[^.;!?]{0,60}\bhas\s+had\s+to\s+be\s+(?:cancel+ed|postponed|called\s+off)\b",
    seldom=True,
)
OFF_BEFORE = _any(
    r"^[\s\W]*(?:cancel+ed|called\s+off|postponed)\b[\s:–-]",
    r"\b(?:was|had\s+been|to\s+have\s+been|originally|previously|formerly|not|instead\s+of|rather\s+than|"
    r"replaces|replacing|in\s+place\s+of|"
    r"no\s+longer|and\s+not)\s+(?:to\s+be\s+|planned\s+for\s+|scheduled\s+for\s+)?(?:on\s+)?(?:the\s+)?$",
    r"(?:^\W*|\b(?:be|is|are)\s+)no\s+(?!later|longer|sooner)(?:[\w’'-]+\s+){1,4}(?:on|in)\s+(?:the\s+)?$",
    r"\b(?:will|is|are|can|do(?:es)?)\s*(?:not|n[’']t|no\s+longer)\s+(?:now\s+)?(?:be\s+|going\s+to\s+)?(?:held|"
    r"tak(?:e|ing)\s+"
    r"place|run(?:ning)?|meet(?:ing)?|happen(?:ing)?|go(?:ing)?\s+ahead|be|on)?\s*(?:on\s+)?(?:the\s+)?$",
    r"\b(?:cancel+ed|called\s+off|postponed|cancelling)\s+(?:the\s+)?[^.;]{0,50}\b(?:on|of)\s+(?:the\s+)?$",
    seldom=True,
)
MOVED_FROM = late(
    r"\b(?:extended|delayed|revised|mov(?:e[ds]?|ing)|chang(?:e[ds]?|ing)|rescheduled|postponed|brought\s+forward|"
    r"put\s+back|go(?:es|ne)|slip(?:s|ped)|switch(?:ed|es)|transfer(?:red|s)|deferred|shift(?:ed|s))\b"
    r"[^.;]{0,40}\bfrom[\s,]*(?:the\s+)?$",
    re.IGNORECASE,
    seldom=True,
)
MOVED_TO = late(
    r"\b(?:becomes|extended|delayed|revised|put\s+off|moved?|changed?|rescheduled|postponed|brought\s+forward|"
    r"put\s+back|"
    r"pushed\s+back|switched|transferred|deferred|shifted|re-?arranged|now|instead(?!\s+of))\b[^.;]{0,40}\b(?:to|"
    r"until|till|for|on|be|is|becomes)?[\s,]*(?:the\s+)?$",
    re.IGNORECASE,
)
# Between two days: the first is put off to the second.
MOVES_ON = late(
    r"[\s,(–—-]*(?:(?:which|it|that|this|the|date|deadline|has|have|is|was|will|been|be|now|had|again|just|and)\s+)*"
    r"(?:(?:extended|delayed|moved|changed|put\s+(?:back|off)|pushed\s+back|postponed|deferred|brought\s+forward|"
    r"revised|"
    r"becomes?)\b[^.;]{0,30}|now\s+(?:due\s+)?(?:on|by|back|in)?\s*)",
    re.IGNORECASE,
)
# ‘The survey is open from (9 to 27 June)’.
OPEN_FROM = late(
    r"\b(?:survey|consultation|portal|window|bookings?|applications?|nominations?|registration|voting|ballot|"
    r"poll|audit|"
    r"returns?|census|questionnaire|tool|form|sign[- ]?up)\b[^.;\n]{0,30}?\b(?:opens?|is\s+open|are\s+open|runs?|"
    r"available)(?:\s+(?:from|between))?\s*$",
    re.IGNORECASE,
)
TENTATIVE = _any(
    r"\bt\.?b\.?[ca]\b",
    r"\bto\s+be\s+(?:confirmed|agreed|arranged|settled|decided)\b",
    r"\bprovisional(?:ly)?\b",
    r"\blikely\b",
    r"\bproposed\b",
    r"\bsuggested\b",
    r"\bperhaps\b",
    r"\bpossibly\b",
    r"\bpencilled\b",
    r"\breserve\b",
    r"\bpreferred\b",
)
ONLINE = _any(
    r"\b(?:MS\s+)?(?-i:Teams)\b",
    r"\bzoom\b",
    r"\bonline\b",
    r"\bon-line\b",
    r"\bwebinars?\b",
    r"\bvirtual(?:ly)?\b",
    r"\bgoogle\s+meet\b",
    r"\bremote(?:ly)?\b",
    r"\bskype\b",
    r"\bwebex\b",
    r"\bhybrid\b",
)
MEETING_HEAD = _any(
    r"\b(?:meetings?|forum|conference|network|clusters?|AGM|workshop|committee|panel|held|seminar|summit|"
    r"briefing\s+session|training\s+day)\b"
)
NOT_MEETING_HEAD = _any(
    r"\b(?:bulletin|newsletter|update|message|issue[d]?|updated|published|briefing\s+note|information\s+sheet|"
    r"programme|correct\s+(?:on|at)|version)\b"
)
AUDIENCE = late(
    r"\b(?:(?:all|every|each|any)\s+(?:schools?|staff|DSLs?|heads?|governors?|academy|academies|settings?|agency|"
    r"agencies|colleges?|leads?|trusts?|deput(?:y|ies)|headteachers?|teachers?)|"
    r"(?:safeguarding\s+)?governors|governing\s+bod(?:y|ies)|chairs?\s+of\s+governors|head\s?teachers?|heads|"
    r"principals|DSLs?|DDSLs?|deputy\s+DSLs?|designated\s+safeguarding\s+leads?|"
    r"designated\s+(?:leads?|teachers?)|safeguarding\s+leads?|business\s+managers?|SENCOs?|attendance\s+leads?|"
    r"office\s+staff|schools|parents(?:\s+and\s+carers|/carers)?|early\s+years\s+settings)\b",
    re.IGNORECASE,
)
RECURS = late(
    r"\b(?:(?P<weekly>weekly|every\s+week|each\s+week)|(?P<monthly>monthly|every\s+month|each\s+month|"
    r"of\s+(?:every|each)\s+month)|"
    r"(?P<termly>termly|every\s+term|each\s+term|once\s+a\s+term)|(?P<yearly>every\s+year|each\s+year|annually|"
    r"once\s+a\s+year))\b",
    re.IGNORECASE,
)
DONE = late(
    r"^\W*(?:done|yes|y(?=\W*$)|completed?|closed|finished|sent|n/?a|✓|✔|☑|\[x\])(?!\s+by)\b|^\W*[✓✔☑]", re.IGNORECASE
)
