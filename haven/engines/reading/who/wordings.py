"""The many ways a note words who may have a contact and who may not. A space stands for any white space, `<name>` for
one of the wordings of that name."""

import re
from enum import Enum
from functools import cache

_PARTS = {
    "outsider": r"(?:parents?(?:/carers?)?|carers?|famil(?:y|ies)|members of the public|"
    r"(?:the )?(?:general )?public|homes?|pupils?|children|"
    r"young people|guardians?|mums and dads|relatives)",
    "outsiders": r"(?:(?:the|any|your) )?<outsider>",
    "give": r"(?:pass(?:ed|ing)?(?: (?:it|this|them|these|on|out|along))*|g(?:ive|iven|iving)(?: (?:it|"
    r"this|them|these|out))*|shar(?:e|ed|ing)|"
    r"hand(?:ed|ing)?(?: (?:it|out|on|over))*|circulat(?:e|ed|ing)|distribut(?:e|ed|ing)|"
    r"disclos(?:e|ed|ing)|releas(?:e|ed|ing)|"
    r"forward(?:ed|ing)?|publish(?:ed|ing)?|print(?:ed|ing)?|display(?:ed|ing)?|post(?:ed|ing)?|"
    r"used?|put|sent|send|shown?|made "
    r"(?:public|available)|quot(?:e|ed)|appear|offer(?:ed)?|reveal(?:ed)?|go(?:es)?(?: (?:out|on|"
    r"back|any further))?|leav(?:e|es)|reach(?:es)?|rung|called|"
    r"contacted|e-?mailed|spread|advertis(?:e|ed)|tell|told|mention(?:ed)?|list(?:ed)?|copied|copy|let out|lent)",
    "thing": r"(?:(?:this|these|that|those|the|it|them|her|his|their|my|our|either|any)\s*(?:of (?:these|"
    r"them|the|this)\s*)?(?:[\w’'-]+ ){0,4}"
    r"(?:numbers?|contact details?|details?|contacts?|address(?:es)?|lines?|mobiles?|e-?mails?|"
    r"mailbox(?:es)?|information|list|section|"
    r"sheet|page|ones?)?\s*)",
    "not": r"(?:not|never|nor|neither|none|nobody|don[’']?t|isn[’']?t|aren[’']?t|must not|should not|"
    r"may not|cannot|can[’']?t|mustn[’']?t|shouldn[’']?t|no)",
    "professional": r"(?:(?:safeguarding |other |fellow )?professionals?[’']?|practitioners?[’']?|"
    r"(?:partner )?agenc(?:y|ies)[’']?|multi-?agency(?: \w+)?|"
    r"(?:statutory )?partners|(?:the )?(?:professional )?network|colleagues in (?:\w+ )?agencies)",
    "staff": r"(?:(?:schools?[’']?|school-based|council|council and school|school and council|"
    r"school and college|local authority|la|"
    r"education|teaching|internal|senior|academy|college|trust|office|our|your(?: own)?|"
    r"safeguarding) (?:(?:and|or|&) \w+ )?(?:staff|"
    r"colleagues|employees|officers|leaders|teams?)|staff|heads?|headteachers?|head teachers|"
    r"principals|ddsls?|dsls?(?: and (?:heads?|"
    r"headteachers?|deputies|ddsls?))?|designated (?:safeguarding )?leads?|deputies|"
    r"heads? and (?:dsls?|deputies|chairs)|governors|"
    r"schools and colleges|schools?[’'] own|schools?[’']?|settings|colleagues|leads)",
    "colleague": r"(?:(?:[\w’-]+ )?(?:governors|clerks|sencos?|teachers|managers|bursars|administrators|chairs|"
    r"trustees|caretakers|receptionists|secretaries|"
    r"counsellors|aiders|nurses|coordinators|co-ordinators|tutors|mentors|members|principals|"
    r"leaders|technicians|chaplains|matrons|wardens|supervisors))",
    "worker": r"(?:(?:[\w’-]+ )?(?:social workers|gps?|doctors|midwives|health visitors|"
    r"police(?: officers)?|officers|clinicians|health staff|case ?workers|lawyers|"
    r"solicitors|advocates|referrers|therapists|probation|workers|services))",
    "number": r"(?:numbers?|mobiles?|contact details?|details?|address(?:es)?|lines?|e-?mails?)",
}
_PROFESSIONAL_ONLY = (
    (
        r"(?:(?:strictly|solely|only) )?for (?:use (?:by|of|among|"
        r"between) )?(?:the )?(?:\w+ )?<professional>\s*(?:use\s*)?(?:only|alone|exclusively)"
    ),
    r"(?:strictly|solely|exclusively|only) (?:for|to|intended for) (?:the )?(?:use (?:by|of) )?<professional>(?: use)?",
    r"<professional>[\s-]*(?:use|access|line|number|contact)?\s*[-–]?\s*(?:only|alone|exclusively)\b",
    r"for (?:the )?<professional>(?: use)?(?=\s*(?:[-–—;:.,)\*_\]]|$|please|and not|not\b|but not|rather than))",
    r"(?:professionals?|practitioners?|agency|multi-?agency)[’']? use\b",
    r"(?:professionals?|practitioners?)[’']? (?:only )?(?:line|number)\b",
    (
        r"(?:intended|meant|reserved|restricted|kept|confined|available|limited) (?:(?:only|"
        r"solely) )?(?:for|to|within) (?:use by )?(?:the )?<professional>\b"
    ),
    r"only (?:to )?be <give> (?:to|with|by|among|between|within) (?:the )?<professional>\b",
    r"<give> (?:only )?(?:to|with|by|among|between|within) (?:the )?<professional> only",
    (
        r"(?:number|line|mobile|address|details?|mailbox|inbox|desk|extension|"
        r"contact)\b[^.;:\n@\d]{0,25} (?:is|are) (?:(?:only|strictly|just|meant|intended|kept) )*"
        r"for (?:the )?(?:use (?:of|by) )?<professional>"
    ),
    r"(?:professional|practitioner)s?[’']? (?:callers\b|(?:enquiries|queries|consultations?|access|contacts?) only\b)",
    r"for (?:colleagues|workers|staff) (?:in|from|at) (?:other|partner|all|the) agencies\b",
    r"[(\[]\s*(?:professionals?|practitioners?|agencies)\s*[)\]]",
    r"pros? only\b",
    r"<worker>(?: (?:and|or|&) <worker>)? (?:only|alone)\b",
    r"(?:strictly|only) (?:between|among(?:st)?) (?:the )?<professional>",
    r"<not>\b[^.;\n]{0,40}\boutside (?:of )?(?:the )?(?:professional\b|network|<professional>)",
)
_NOT_FOR_PARENTS = (
    (
        r"<not> (?:to )?(?:ever )?(?:be )?(?:\w+ly )?[a-z]{3,}(?:ed|en|t|n|ld|"
        r"wn)(?: [a-z]+){0,2} (?:to|with|by|among|before) <outsiders>\b"
    ),
    r"not (?:(?:suitable|intended|meant) )?(?:for|to) (?:use by |be used by )?<outsiders>\b",
    r"<not> (?:to |for )?(?:ever )?(?:be )?<give>\s*<thing>?(?:on )?(?:out )?(?:to|with|by|among) <outsiders>\b",
    r"<not> (?:to )?(?:be )?(?:give|tell|let|show) <outsiders> (?:have )?(?:this|these|the|her|his|it|them|either)\b",
    (
        r"<not> (?:to )?(?:ever )?(?:be )?<give>\s*<thing>?(?:in|on) (?:(?:a|any|your|"
        r"the) )?(?:letters? (?:home|to parents)|(?:(?:parents?[’']?|"
        r"school) )?(?:newsletters?|letters?))"
    ),
    r"(?:none|neither)\b[^.;\n]{0,40} (?:for|to|with) <outsiders>\b",
    r"<not> (?:be )?(?:an? )?(?:parents?[’']?|famil(?:y|ies)[’']?|public) (?:number|line|contact|address)",
    r"not (?:the|an?|our) (?:number|line|contact|address|one) (?:to give )?(?:for|to) <outsiders>\b",
    r"not (?:parent|family|public)-facing",
    r"(?:not|never) (?:to )?(?:go|be taken|be sent) home\b",
    r"<not> (?:to )?(?:be )?(?:used|rung|called|contacted|e-?mailed|shared|seen|known) (?:directly )?by <outsiders>\b",
    r"<not>\b[^.;:\n@\d]{0,40}\b(?:reach|reaches|get to|go to|go out to|be passed to|be given to) <outsiders>\b",
    (
        r"<outsider> (?:should|must|may|can|are|do|is|will)\s*(?:n[’']t|not) (?:to )?(?:be )?(?:given|"
        r"have|told|ring|call|use|sent|passed|get|contact)"
    ),
    (
        r"keep (?:(?:this|it|these|them|the number|this number|her number|his number|"
        r"these numbers) )?(?:away )?from <outsiders>\b"
    ),
    r"no parents\b",
    r"(?:never|not) (?:to be )?(?:in|on) (?:a )?letters? home",
)
_INTERNAL = (
    (
        r"not (?:for |to be )?(?:onward|wider|further|general|external|outside) (?:circulation|"
        r"distribution|sharing|transmission|use|release|"
        r"disclosure|publication)"
    ),
    (
        r"not (?:for|to be) (?:circulat(?:ion|ed)|distribut(?:ion|ed)|shared|forwarded|passed on|"
        r"given out|handed (?:out|on))(?: (?:further|onwards?|on|"
        r"more widely|outside|beyond|wider|elsewhere|please))*"
    ),
    r"(?:for )?internal(?: (?:school|council|staff))? (?:use|only|contact|line|number|circulation)(?: only)?",
    r"internal to (?:the )?(?:schools?|council|staff|team)",
    r"internal\s*[-–—:,]\s*<staff>",
    r"(?:(?:strictly|only) )?(?:for )?(?:the )?(?:use (?:of|by) )?<staff>\s*(?:use\s*)?(?:[-–]\s*)?\s(?:only|alone)\b",
    r"(?:strictly|solely|exclusively|only) (?:for|intended for) (?:the )?(?:use (?:by|of) )?<staff>\b",
    (
        r"(?:intended|meant|reserved|restricted|confined|limited) (?:(?:only|solely) )?(?:for|"
        r"to) (?:use by )?(?:the )?<staff>\b"
    ),
    r"for (?:school )?staff (?:in|at|of|within) (?:schools|settings|colleges)(?: and (?:schools|settings|colleges))?",
    r"<staff>[’']?\s*(?:-| )\s*(?:only|eyes only|facing)\b",
    r"for <staff>[’']? eyes only",
    (
        r"(?:number|line|mobile|address|details?|mailbox|inbox|desk|extension|"
        r"contact)\b[^.;:\n@\d]{0,25} (?:is|are) (?:(?:only|strictly|just|meant|intended|kept) )*"
        r"for (?:the )?(?:use (?:of|by|in) )?<staff>\b"
    ),
    r"(?:for )?(?:office|in-?school|in-?house|departmental) use(?: only)?\b",
    r"(?:for )?(?:school|own|team) use only\b",
    r"for (?:your|our|the school[’']s|schools[’']|school) (?:own )?(?:internal )?(?:use|records|information) only",
    r"for use (?:only )?(?:in|within|inside|by) (?:the )?(?:school|schools|council|office|team|staff)\b(?: only)?",
    r"(?:strictly|treat(?:ed)?(?: (?:it|this|them|these))? as|please keep|keep|kept)(?: \w+)? confidential\b",
    r"<number> (?:is|are) (?:strictly )?(?:confidential|private)\b",
    (
        r"(?:private|restricted|unlisted|ex-directory|confidential(?= (?:number|mobile|"
        r"address))) (?:number|line|mobile|address|"
        r"contact|to (?:the )?(?:schools?|staff|heads?|dsls?|group|team))\b"
    ),
    r"(?:no|without) (?:onward|further|wider) (?:sharing|circulation|distribution|transmission)",
    (
        r"(?:please )?<not> (?:to )?(?:be )?(?:give|given|pass|passed|hand|handed|share|shared|"
        r"forward|forwarded|circulate|circulated|distribute|distributed)"
        r"(?: (?:it|this|them|these|her|his))?(?: (?:out|on|around|round|along|further|"
        r"onwards))*(?=\s*(?:[-–—;:.,)*_\]]|$|please|except|unless|without))"
    ),
    (
        r"<not> (?:to )?(?:be )?<give>\s*<thing>?(?:(?:out of|outside|beyond|further than|"
        r"other than (?:to|with)) (?:the |your |this |our )?[\w’'-]+)"
    ),
    (
        r"(?:to )?(?:be )?(?:kept|stays?|remains?|staying) (?:within|inside|in|among(?:st)?|"
        r"between) (?:the |your |this |our )?(?:schools?|council|team|staff|office|building|group|"
        r"room|"
        r"network of (?:schools|leads)|heads?|dsls?|leads|us)\b"
    ),
    r"(?:please )?keep (?:to|within|among(?:st)?) (?:yourselves|yourself|the (?:group|team|staff|school|network))\b",
    r"for (?:the )?(?:schools?|staff|heads?|your)[’']?\s*own (?:internal )?use",
    r"for (?:schools?|staff)[’']? use(?: only)?",
    r"(?:schools?|staff)[’']? own use(?: only)?",
    (
        r"confidential to (?:the )?(?:\w+ ){0,3}(?:staff|schools?|heads?|dsls?|colleagues|governors|"
        r"team|office|leaders|group|network|members)"
    ),
    r"not for (?:sharing|use|release|circulation|passing on) (?:outside|beyond) \w+",
    (
        r"<not> (?:to )?(?:be )?<give>\s*<thing>?(?:outside|beyond|any further|further|more widely|"
        r"elsewhere|onwards?|(?:to|with) (?:any(?:one|body) "
        r"(?:else|outside)|third parties|others))\b"
    ),
    (
        r"<not> (?:to )?(?:pass|give|share|circulate|forward|hand)\s*(?:on |out )?(?:this|these|the|"
        r"her|his|my|either|their) (?:[\w’'-]+ ){0,2}?<number>\b"
    ),
    (
        r"(?:keep|stay) (?:(?:it|this|them|these|(?:this|the|her|his|"
        r"these)(?: following)? <number>) )?(?:within|inside|in) (?:the )?(?:schools?|council|team|"
        r"staff|"
        r"office|building|house|group)\b"
    ),
    (
        r"keep (?:it|this|them|these|(?:the|this|her|his|these) <number>) (?:to yourself|"
        r"to yourselves|private|confidential)"
    ),
    r"<colleague>(?: (?:and|or|&) <colleague>)? (?:only|alone)\b",
    r"(?:keep|kept|stays?) [\w ]{0,24}under (?:your|one[’']s|our) hats?\b",
    (
        r"(?:between ourselves|(?:just|strictly|purely) between (?:you and (?:me|us)|us))\b|\boff the record\b|"
        r"\bmum[’']?s the word\b|\beyes only\b"
    ),
    r"go(?:es)? (?:no|any) (?:further|wider) than (?:this|the|our)",
    r"(?:is|are) (?:strictly )?between us\b",
)
_NOT_IN_PUBLIC = (
    r"not for (?:public use|publication|publishing|display|the (?:school )?website)",
    r"not (?:to be )?(?:published|publicised|displayed|made public|advertised)\b",
    (
        r"<not> (?:to )?(?:publish|publicise|advertise|display)(?: (?:it|this|them|these|(?:this|the|"
        r"her|his|these)(?: following)? <number>))?(?=\s*(?:[-–—;:.,)\*_\]]|$|please))"
    ),
    (
        r"keep (?:it|this|them|these|(?:the|this|her|his|these) <number>) (?:off|"
        r"away from) (?:(?:your|the|any) )?(?:school )?(?:websites?|notice\s?boards?|social media|"
        r"posters|walls?)"
    ),
    r"keep off (?:(?:your|the|any) )?(?:school )?(?:websites?|notice\s?boards?|social media|posters|walls?)",
    (
        r"not for (?:(?:your|the|any|a) )?(?:school )?(?:websites?|notice\s?boards?|social media|"
        r"posters|walls?|newsletters?)"
    ),
    (
        r"<not> (?:to )?(?:be )?(?:put|go|placed?|printed?|published?|posted?|shown?|displayed?|share|"
        r"shared) (?:(?:it|this|them|these|(?:this|the|her|his|"
        r"these) <number>) )?(?:up )?on (?:(?:a|the|your|any) )?(?:(?:public|school) )?(?:websites?|"
        r"notice\s?boards?|social media|internet)"
    ),
)
_PUBLIC = (
    (
        r"(?:can|may|could|should|please|free to|happy (?:to be|for (?:it|this) to be)|is ok to|"
        r"fine to) (?:(?:also|freely) )?(?:be )?<give>\s*<thing>?(?:on )?"
        r"(?:to|with|by) (?:\w+ (?:and|or) )?<outsiders>"
    ),
    (
        r"(?:parents|carers|families|pupils|young people|anybody|anyone|the public|everyone|"
        r"everybody)(?: (?:and|or) \w+)? (?:may|can|should|are welcome to) "
        r"(?:(?:also|freely) )?(?:have|ring|use|call|contact|be given|e-?mail)\b"
    ),
    r"(?:open|available) to (?:<outsiders>|anyone|anybody|all|everyone)\b",
    (
        r"(?:fine|ok|okay|suitable) (?:for|to (?:give|share) (?:to|with)) (?:parents|families|"
        r"the public|carers|everyone)\b"
    ),
    r"for (?:parents|families|the public|carers|everyone|everybody|anyone|anybody)\b(?! use)",
    r"all callers\b",
    r"public (?:number|line|contact)\b",
    r"(?:may|can) (?:go on|be (?:put|shown|published) on) (?:your|the|any|a) (?:school )?websites?",
    r"may be (?:made public|published|given to any(?:one|body))",
)


_PLAIN = {ord(c): ord(c.lower()) for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"} | {ord("’"): "'", ord("\t"): " ", 0xA0: " "}


class Wording(Enum):
    """What a run of words says about who may have a contact."""

    PROFESSIONAL_ONLY = _PROFESSIONAL_ONLY
    INTERNAL = _INTERNAL
    NOT_FOR_PARENTS = _NOT_FOR_PARENTS
    NOT_IN_PUBLIC = _NOT_IN_PUBLIC
    PUBLIC = _PUBLIC


def plain(words: str) -> str:
    """The words in small letters with straight apostrophes and plain spaces, character for character."""
    return words.translate(_PLAIN)


@cache
def pattern(wording: Wording) -> re.Pattern[str]:
    """What recognises a wording in `plain` words. Compiled when first wanted: most of the cost of a short note."""
    written = "|".join(wording.value)
    for _ in range(2):
        written = re.sub(r"<(\w+)>", lambda part: _PARTS[part[1]], written)
    written = written.replace("[’']", "'").replace("’", "").replace(" ", r"[ \n]+")
    return re.compile(r"(?:\b|(?=[(\[]))(?:" + written + ")")
