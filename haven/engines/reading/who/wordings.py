"""The many ways a note words who may have a contact and who may not, told by their build (see vocabulary)."""

import re
from collections.abc import Iterator
from enum import Enum
from functools import cache

from haven.engines.patterns.late import late
from haven.engines.reading.who.vocabulary import Tagged


class Wording(Enum):
    """What a run of words says about who may have a contact."""

    PROFESSIONAL_ONLY = "professional only"
    INTERNAL = "internal"
    NOT_ON = "not to be passed on"
    NOT_FOR_PARENTS = "not for parents"
    NOT_IN_PUBLIC = "not in public"
    PUBLIC = "public"


_END = r"(?=[dj]*(?:[|#(),:-]|$))"
_NOT_NEGATED = r"(?<!n)(?<!n[dfTotrB])(?<!n[dfTotrB][dfTotrB])"
_OPENS = r"(?:^|(?<=[|#(),:-]))"
_ONLY = r"(?:-?o(?![xgGkpm]|a(?!$|[|#(),:-])))"  # `only`, but not `only use` or `only ring`
_NOT_SERVED = r"(?<!Y)(?<!Y[BfTdSZ])(?<!Y[BfTdSZ][dSZ])"  # works with school staff only
_STAFF = r"(?:[SZ][dyBxZSj,]{0,4})*[SZ]"
_AGENCIES = r"(?:[SZWP][dju,]*)*[WP](?:[dju,]*[SZWP])*u?"  # schools, police and health
_NOT_THE_REST = r"(?:n[fTBad]*[XQ]|X[dxjX,]{0,3}m?[dms]*n)"  # not parents, parents must not
_NO_OTHER = r"[d]*[,|:-]?[jd]*E"  # and nobody else
_MAY = r"[dxj]{0,2}m?[dga]+[dtlL#]*[,|-]?[jd]*"  # professionals | may ring it, | but …
_BUILDS = {
    Wording.PROFESSIONAL_ONLY: (
        rf"P[PuadlLv]*{_ONLY}",  # professionals only
        rf"P[xuadltLfBIZSyWj]{{1,4}}o{_END}",  # professionals working with children only
        rf"{_NOT_NEGATED}o[fTBIdugadGO]*(?:[WSZ]j)?[dx]?P",  # only shared with professionals
        rf"{_NOT_NEGATED}f[duaBx]{{0,3}}P+[duao]*Z?(?=[jd,]*[n(]|j(?!d*[XQA])|u|[d]*[|#),:-]|$)",
        r"P[dvu]?[lL](?!I)",  # professionals' line
        rf"P[ua]{_END}",  # agency use
        rf"(?<=[(-])[d]*P+[dj]*(?=\))|[lL][d]*f[d]*(?:[SZWx]+[dj,]*)*P+[dj,]*(?=:|[dIasxl]{{0,6}}:?#)|"
        rf"{_OPENS}P[dj,]*n[fTB]*X",
        r"n[^|#()]{0,6}(?<![TBf])b[dBT]*P|n[^|#()]{0,8}N",  # not to be shared outside the professional network
        rf"oa[x]?RP|K:[d]*P|{_NOT_NEGATED}k[dtlL]*[Tf]d*P",  # only takes calls from professionals, keep it for them
        r"P[^|#()n]{0,4}n[fTBad]*X",  # for professionals, not families
        r"r[oduax]*[fTIB][duaB]*P",  # reserved for practitioners
        r"[ltL][dom]*s[dom]*f[duaB]*P",  # this line is for professionals
        rf"(?:[SZWP]+[dj,]*)*[WP][dj,SZWP]*[ua]?{_ONLY}",  # schools, police and health only
        r"f[d]*S[IRB]d*P",  # for colleagues in other agencies
        rf"g[dtl]*[TBI]d*(?:[WSZ]j)?P+{_ONLY}",
        r"P[dj]?e|Td?a[BI]d*P|k[dtlL]*[IB]d*P",  # to be used between professionals, keep it among them
        rf"P[Zu]*{_NO_OTHER}|(?:J|"
        rf"[on][a-zT]{{0,4}}j),?[ytA]s?[d]*P",  # … and nobody else, only if you are a professional
        rf"n[fTB]?[oU][d]*P|P[dm]*o[dm]*a(?=[d]*[#tl])|P[^|#():n]{{0,6}},?[d]*jE|P[Z]?o[dm]*a[d]*[tlL]|"
        rf"P[,-]n[fT]?d*Q{_END}",  # not for anyone but professionals
        rf"{_AGENCIES}[,|:(-]{{0,2}}[jdt]*{_NOT_THE_REST}",  # schools and police, not families
        rf"P[dm]{{0,3}}[ua][dlL]*#[|,jd-]*X[dm]{{0,3}}[uaT]|{_OPENS}P[:-]d*#",  # professionals use …, families use …
        rf"P{_MAY}[XQ][XjdQ]*[dm]*n{_END}",  # professionals may ring, parents may not
        r"g[dtlx]*[BTI][d]*P+Z?[,-]?[jd]*n[d]*b",  # shared with agencies but no further
    ),
    Wording.INTERNAL: (
        rf"{_NOT_SERVED}{_STAFF}[dua]*{_ONLY}|[SZ]+(?:\(jo[SZ]\)|[dm]*o)[dm]*a(?=[d]*#)|"
        rf"[SZ]d*wo",  # school and college staff only
        rf"{_OPENS}[Kgu]:d*(?:i|{_STAFF}{_END})|{_OPENS}a:i",  # audience: staff
        rf"[SZ]T?[ua]o{_END}",  # for schools to use only
        rf"{_NOT_NEGATED}(?<!Y)o[dua]*[fTB][dBuaym]*[SZ]",  # only for schools, strictly between heads
        r"o[SZ][xdm]{0,2}[gGkua]a?[tlL]",  # only schools have this number
        rf"{_NOT_NEGATED}f[dyj]*(?:[SZ][SZdj,y]*[ua]|y[SZdj,y]*u)(?:o|{_END})",  # for school use, for your own use
        r"f[d]*[ua][dBI]+[dyx]{0,2}[SZ]",  # for the use of heads
        rf"f[d]*y[SZdjy]*{_ONLY}|{_NOT_NEGATED}o[d]*f?[d]*fy{_END}",  # for you and your deputy only
        r"(?:(?<=#[,(-])|(?<=#)|(?<=\())f[d]*Z?S[dSZj]*(?=\)|[|,-]|$)",  # 01632 … (for school staff)
        r"f[d]*Z?S[IB]d*Z",  # for staff in schools
        rf"{_OPENS}[dktyrluo]*[TBI]?[d]*c{_END}",  # confidential
        r"k[dtlx]{0,3}[TBj]?c",  # keep it confidential
        r"l[ds]*c(?!j(?![mndT]))",  # this number is confidential
        rf"{_OPENS}[d]*cB?[tl]*{_END}",
        r"c[d]?l(?!j)|c[d]*T[dyt]*[SZd]*[SZp]|c[SZ]{0,2}[ua]o?",  # private number, confidential to schools
        rf"Dd*[tl]x?{_END}",  # please guard it closely
        rf"[gGkaSZ][dtlLSZTByj]*h|{_OPENS}[dyo]*h{_END}",  # given in confidence
        r"i[Z]?S?(?:u|ao)|i[Z]?S?o|i[dl]?[lL]|ig|i[-,:]?[dZj]*S|iT[d]*[SZ]",  # internal use
        r"(?:(?<=[|#(,-])|^)o?i(?=[)|,:-]|$)",
        r"(?:(?<=[|#(,-])|^)r[ua]?(?=[)|,#:-]|$)|rg|r[dox]{0,2}[fTB][dyu]*[aB]?[dyxB]?[SZ]",  # restricted to schools
        r"[ltL][dom]*s[dom]*f[duaByIj]*[SZ]+(?!x)",  # this number is for schools
        r"e",
        rf"[SZy][dlx]{{0,2}}{_NO_OTHER}|[fT][dt]*[SZy][^|#():]{{0,6}}{_NO_OTHER}",  # for you and nobody else
        rf"E[dm]*a[d]*[tlL]|T?E[d]*{_END}|S{_MAY}E",  # nobody else should have it
        rf"{_OPENS}[dx]?{_STAFF}u{_END}",  # council and school use
        r"o[d]*[SZ](?:[jd]+[SZ])*[xdm]{0,3}[gGa]+[dx]?[tlL]|[SZ]+o[dm]*a[d]*[tlL]",  # only the head and DSL may use it
        rf"f[d]*[SZt][dt]*[BI][d]*t[d]*[xZpl]{{1,2}}o{_END}",  # for those on this list only
        rf"(?:^|(?<=[|#(,)-])|(?<=[tlL]s))[d]*f[d]*yd*S+{_END}|(?<=#\|)f[dy]*Z?S[dSZj]*(?=\||$)",  # for our own staff
        rf"(?<![agGpk])ts[dom]*f[dy]*(?:[SZ]+[jd]*)+{_END}",  # it's for DSLs
        rf"f[d]*yd*xo{_END}",  # for your information only
        r"n[dTGxtlL]{0,5}R[dy]*Z|n[dtlL]*G[dtlL]*GdZ",  # not to be taken out of school, do not let it leave
        rf"n[fT][dt]*b|n[dTtl]*G[dtl]*(?:T[d]*)?A{_END}|n[d]*ba{_END}",  # not for outsiders, do not tell anyone
        rf"[tlL]s[do]*c{_END}|b[dm]*nd*[ga]d*[tlL]|n[dTx]{{0,4}}O[dT]*[Ab]",  # outsiders should not have it
        rf"mk[dtl]*[BI][d]*[ySZ]{_END}",  # should stay with you
        r"n[dGgT]{0,3}b(?=$|[|#(),-]|[dBT]*[SZyt])",  # no further than the school
        rf"[gG][dtlL]*[TB]?n{_END}|n[d]*Gt[d]*G[dx]?{_END}",  # pass it to nobody, don't let it get about
        rf"o[dT]*aI[d]*[SZ]|f[d]*S[dSj]*Ta{_END}|kf[dy]*[SZ]+{_END}|tkBy",  # only to be used in school
        r"n[dTa]{1,4}b[dBT]*[SZyt](?!x)|n[dT]*G[dy]*Z",  # not to be used outside school
        r"o[dj]*g[dtl]*[TBI][dy]*[SZ]|g[dtl]*o[TBI][dy]*[SZ]",  # only share with your deputy
        rf"k[dtlT,#xSP]{{0,6}}I[dyBt]*(?:[SZy]|x{_END})",  # keep this within school
        rf"k[dtlL]*T[d]*[ySZ]{_END}|k[dt]*i",  # keep to yourselves
    ),
    Wording.NOT_FOR_PARENTS: (
        r"n(?:Bd*[tlL]+d*)?[drotls]{0,4}[fT][dgGaTBup]{0,5}(?:Aj)?X(?!l)",  # not suitable for giving to families
        r"n[d]?X[lL]|nfd*o?Xu|n[do]{0,2}Xu(?=[|#(),:-]|$)",  # not a parents' line, not for parent use
        rf"n[d]*X{_END}",  # not parents
        r"X[dxyj,X]{0,3}m?[dms]*n[dmTxs]{0,3}[gGa](?!T[dx]*x|d*x(?!x{0,2}[lL(#]))|"
        r"nmX[dXjm]*[ga]",  # parents must not be given it
        r"n[gGxd]{0,3}X[T]?[dgGm]*[ga][dtlL]*[tlL]|n[gGx]{1,2}X[TdG]*[gGa][dtlL]*[tlL]",  # do not let families have it
        r"[kGg][dtlL]*[dx]{0,2}R[d]*X|n[dtlLp]*R[d]*X",  # keep this from parents, withhold it from parents
        r"[kD][dtl]*R[BI]?[d]*(?:[zw]T?)?X|G[dtl]*RBX|G[dtl]*RX",  # leave it out of letters home
        r"k[dtl]*Rx[BT]d*X|[knG][dtlT]*R?x[^|#():n]{0,3}GH|nf[dt]*GH",  # keep out of anything that goes home
        rf"{_OPENS}[dt]*n[dTmI]{{0,4}}(?:[xua]?[dtlL]*T|"
        rf"[ua]?[dtlL]*f)[dt]*X",  # not accessible to parents, never read to parents
        rf"{_OPENS}(?:[dt]*[tlL][dsm]*)?C[Tf]d*X{_END}",  # closed to parents
        r"[tlLd][dsm]*n[sdT]*q[d]*X|n[dTs]*qd*X",  # not to reach parents
        r"n[dT]*p[^|#():n]{0,4}[fT]d*X|n[dfTGpI]{0,5}Xw",  # not printed on anything for parents
        r"n[dTGkp]{1,5}x{1,2}Xma|n[dTpxG]{1,4}Id*(?:zT)?X|nGXI",  # not where parents can see it
        rf"[jm]d*X[jX]*[Gax]f?t?,?(?:[dy]*n[d]*[gG]t|xn{_END}|[^|#()n]{{1,7}}nt{_END})",  # if they ask, say no
        r"XjG[^|#()n]{0,6},nt|X[TG]{1,2}x[^|#()n]{0,3},n[ta]t?",  # parents go through the school, not this number
        r"X[:,dm]*[dx]*a[^|n]{0,6}[,jd]*nt[lL]?|X[^|#()]{0,14}nad*t[lL]",  # parents: ring the helpline, not this
        r"n[dyx]?[fT]?[dt]*[lL][fT]d*X|nX-x",  # not a number for parents, not parent-facing
        r"n[dT]*p[^|#():]{0,5}H",  # not to be printed in anything that goes home
        r"n[d]*GX[dTtl]{1,4}|ndX[T][dtl]{1,3}|n[d]*IX|n[ds]*q[d]*X|n[dT]*[Gf][d]*H",  # do not direct families to it
        r"(?<=X)[,-]?jn[dxlLZSvt]{1,7}[,:(]*(?=#)|U[d]*X",  # to parents but not her mobile, anyone but parents
        r"X[^|#()n]{0,3}an[xd]?B[tl]|X(?:jd*X)*nT[d]*[gGa]|"
        r"X[^|n]{0,16}jmnd?[gG][dx]{0,3}[lL]?(?=#)",  # parents have no business with it
        rf"n[d]*X[jdX]*{_END}|n[ds]*O[dTf]*X",  # not parents or carers, not open to parents
        rf"X[dms]*GnT?[gGa]|n,d,[fT]d*X|X:n{_END}|npxX",  # parents are asked not to ring
        r"n[dfots]{1,4}[lL]?[tdl]{0,2}[xy]?[ga]?X[dm]*[ga]|nd*l[xy]?[ga]T?d*X|n[d]?f[d]*x?X",  # not one they have
        rf"[SPWZyA]{_MAY}X[XjdQ]*[dm]*n{_END}",  # schools may ring, parents may not
    ),
    Wording.NOT_IN_PUBLIC: (
        rf"[kGx][dtlLy]*R[dyZ]*w|{_OPENS}R[dy]*w",  # keep off the website
        r"(?<!G)n[dfTIgGpryoBR]{0,6}Z?w",  # not for the website
        rf"n[dxfTspgGItl]{{0,6}}Q(?:{_END}|[guaplO]|w)|n[dT]*x[dt]*I[d]*w",  # not made public
        r"n[ds]*f[d]*[bQ][dx]?[gau]",  # not a public number
        rf"n[dT]*[gG]I[d]*p{_END}",  # not to go on display
        rf"n[dfT]{{0,4}}p(?={_END[3:-1]}|[dI]*[aA])",  # not for publication
    ),
    Wording.PUBLIC: (
        r"m[^n|#()]{0,6}[ga][^n|#()]{0,5}[TBf][dZ]*(?:Sj)?[XAQ]",  # may be given to parents
        r"m[^n|#()]{0,4}[fT]Zd*T[dga]{1,3}[^n|#()]{0,3}X",  # happy for schools to pass this to parents
        r"m[^n|#()]{0,5}g[dtl]?b(?=$|[|#(),-])",  # can be shared widely
        rf"{_NOT_NEGATED}[XAQ](?:[j,d]*[XxS])?[d]*m[dx]?[dga]*[ga]",  # parents may ring
        r"F|(?:^|(?<=[|,:;(]))[d]*g[dtlL]*(?:Td*[XAQ]|b)|(?<=m)g[dtlL]*F",  # pass these on as you like
        rf"{_NOT_NEGATED}O[Tf][d]*[XA]",  # open to all
        r"m[fT][dga]*[TB]?[d]*[XAQ]",  # fine for parents
        rf"{_NOT_NEGATED}f[d]*[XAQ](?![uap])",  # for parents
        rf"{_OPENS}A(?=[|#(),:-]|$)|{_NOT_NEGATED}Q[lL]",  # anyone, public number
        r"m[dx]{0,3}[gp][dI]*[dy]?Z?w",  # may go on your website
        r"m[d]*[gp][dx]*Q|mdQ",
    ),
}
_VERB = late(r"n(?P<lead>[dfTBIrotlyxXmSZAbQsR,]{0,10}?)(?P<verb>[gGp])")
_THING = late(r"d*(?:t(?:[dxHX]{0,2}[lL]+)?(?!x)|(?:d*[xH]?[lL]+))?d*")
_TOLD_OF_OUTSIDERS = late(r"X[dxjX,]{0,3}[mds]*$")  # `parents should` not be given
_TO_OUTSIDERS = late(r"(?:[TBI]d*|[dj]*)(?:A?j)?X+")
_OF_OTHERS = late(
    r"n[^|#():n-]{0,8}?[gGp](?:[^|#():-]{0,4}?X[jX,d]*)?[^|#():nt-]{0,3}?"
    r"(?:(?<!t)(?:[WSPXy])[dx]{0,2}l|(?<!t)l+[Bf][dx]*[WSPXZx])"
)
_CLAUSE = late(r"(?:\(?#\)?|[^|#():-])*")
_WRITTEN_OUT = str.maketrans("(#)", "dld")  # a number written out is the thing that is not to be given
_NEW_CLAUSE = late(r"[|#(),:-]")


_NEEDED = {  # letters of which every build of a wording has one
    Wording.PROFESSIONAL_ONLY: frozenset("PWN"),
    Wording.NOT_FOR_PARENTS: frozenset("XH"),
    Wording.NOT_IN_PUBLIC: frozenset("wQpb"),
    Wording.PUBLIC: frozenset("mFgOfAQXR"),
}


@cache
def _pattern(wording: Wording) -> re.Pattern[str]:
    return re.compile("|".join(_BUILDS[wording]))


def wordings(words: Tagged) -> Iterator[tuple[int, int, Wording]]:
    """Every wording, by its first and past its last word."""
    letters = words.letters
    present = frozenset(letters)
    for wording in _BUILDS:
        if wording in _NEEDED and present.isdisjoint(_NEEDED[wording]):
            continue
        for found in _pattern(wording).finditer(letters):
            if found.end() > found.start() and not (wording is Wording.PUBLIC and _is_denied(letters, found.start())):
                yield found.start(), found.end(), wording
    if "n" in present:
        yield from _forbidden(letters)


def _is_denied(letters: str, offset: int) -> bool:
    """Whether a clause has a negation before a place: `None of the numbers here` may be given to parents."""
    return "n" in _NEW_CLAUSE.split(letters[max(0, offset - 16) : offset])[-1]


def _forbidden(letters: str) -> Iterator[tuple[int, int, Wording]]:
    """`Please do not pass this on`, `not to be given to families`, by what must not be given and to whom."""
    for found in _VERB.finditer(letters):
        if found["lead"].count("x") > 2:
            continue
        clause = _CLAUSE.match(letters, found.end())
        rest = clause.group().translate(_WRITTEN_OUT) if clause else ""
        if _TOLD_OF_OUTSIDERS.search(letters[max(0, found.start() - 8) : found.start()]):
            continue  # the parents are not given it: told by its build
        told = _given_to(found["verb"], rest, found["lead"], clause.group() if clause else "")
        if told is not None:
            length, wording = told
            yield found.start(), found.end() + length, wording


def _given_to(verb: str, rest: str, lead: str, written: str) -> tuple[int, Wording] | None:
    outsiders = rest.find("X")
    while outsiders >= 0 and written[outsiders + 1 : outsiders + 2] in ("l", "L"):
        outsiders = rest.find("X", outsiders + 1)  # `her home number`
    thing = _THING.match(rest)
    length = thing.end() if thing else 0
    is_thing = any(letter in rest[:length] for letter in "tlL")
    after = rest[length:]
    if outsiders >= 0:
        if _is_to_outsiders(verb, rest, outsiders):
            return outsiders + 1, Wording.NOT_FOR_PARENTS
        return None
    if "w" in after[:8] and "x" not in after[: after.index("w")]:
        return length + after.index("w") + 1, Wording.NOT_IN_PUBLIC
    if after[:1] == "x" or re.match(r"[TB]d?x", after) or rest[:1] == "y" or (rest[:1] == "d" and rest[1:2] == "y"):
        return None
    if verb == "p" and lead[-1:] in ("Z", "S"):
        return None  # `no school place`
    if verb == "p":
        return (length, Wording.NOT_IN_PUBLIC) if is_thing or not after or after[0] in ",jaI" else None
    if "b" in after[:5]:
        at = length + after.index("b")
        if rest[at - 1 : at] in ("T", "B") and rest[at + 1 : at + 2] == "P":
            return at + 2, Wording.INTERNAL  # to outside agencies
        return at + 1, Wording.PROFESSIONAL_ONLY if "P" in rest[at : at + 4] else Wording.INTERNAL
    if verb == "G":
        place = re.match(r"[dt]*Z", rest)  # `should not leave the building`
        return (place.end(), Wording.INTERNAL) if place else None
    if "S" in lead and not is_thing:
        return None
    return length, Wording.NOT_ON


def _is_to_outsiders(verb: str, rest: str, at: int) -> bool:
    before = rest[:at]
    if before.strip("dj") == "":  # `give parents this number`
        return verb != "p" and any(letter in rest[at + 1 : at + 7] for letter in "tlL")
    if not re.search(r"[TBIj,][dX]*$", before):
        return False
    return "x" not in before or any(letter in before for letter in "tlL")


def is_of_others(words: Tagged) -> bool:
    """Whether a prohibition speaks of the numbers of people at large: `the direct numbers of social workers`."""
    return bool(_OF_OTHERS.search(words.letters))
