"""Sorts the words of a note by what they do in a marking: who, what is done, with what, and whether it is forbidden.

Each word becomes one letter, so that a wording is told by its build and not by its very words:

    n not, never, avoid        o only, strictly, just     P professionals         W police, social workers
    S staff, heads, members    Z school, office, team     X parents, families     Q the public
    A anybody, all             g give, share, sharing     G tell, send, show      a ring, use, have, ask
    p publish, print           L line, desk
    w website, poster          k keep, stay, treat        c confidential          h in confidence
    i internal                 r restricted, reserved     O open, available       s is, are
    q reach                    H home                     z letters               f for
    T to
    B by, with, of, between    I in, within, among        R from, off, out of     b beyond, further, anyone else
    u use, purposes            l number, line, address    t this, it, them        y you, your
    m may, can, happy to       j and, or, so, because     d the, please, be       e eyes only, under your hat
    E nobody else              F freely, as you like      J only if
    v advice, duty             K audience, status         V schools of one phase  N non-professionals
    C closed, barred           D guard                    U anyone but              Y works, serves
    x any other word           , - ( ) : | punctuation  # a number or address
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from haven.engines.patterns.late import late

_LISTED = {
    "n": """not never nor neither none nobody nothing no don't dont isn't isnt aren't arent mustn't mustnt shouldn't
        shouldnt
        cannot can't cant won't doesn't doesnt didn't avoid refrain withhold without
        on·no·account under·no·circumstances
        no·one no-one rather·than instead·of hasn't haven't wasn't weren't unsuitable needn't
        inappropriate resist no·longer no·good no·use off·limits off-limits out·of·bounds""",
    "N": """non-professionals non-professional nonprofessionals lay·people laypeople""",
    "C": "closed barred",
    "D": "guard",
    "K": "audience status handling marking visibility classification readership",
    "V": """primary·schools primary·school secondary·schools secondary·school infant·schools infant·school
        junior·schools junior·school special·schools special·school middle·schools first·schools upper·schools
        all-through·schools early·years·settings early·years·providers primaries secondaries infants juniors
        post-16·settings""",
    "o": """only alone exclusively solely strictly just purely nobody·but nobody·except no·one·but
        no·one·except no-one·but no-one·except none·but nobody·other·than no·one·other·than""",
    "U": """anyone·but anybody·but anyone·except anybody·except anyone·other·than everyone·but everyone·except
        everybody·but everybody·except all·but all·except""",
    "Y": "works work worked working supports serves covers advises visits trains helps teaches",
    "E": """nobody·else no·one·else no-one·else none·else no·others not·others not·anyone·else not·anybody·else
        no·other·people no·other·person""",
    "P": """professional professionals professional's professionals' practitioner practitioners practitioner's
        practitioners' prof profs pros agency agencies agencies' multi-agency multiagency inter-agency
        professional-to-professional
        partner·agencies statutory·partners safeguarding·partners children's·workforce
        people·who·work·with·children people·working·with·children those·who·work·with·children
        those·working·with·children anyone·who·works·with·children anyone·working·with·children
        adults·who·work·with·children adults·working·with·children""",
    "W": """police police's nhs health social·care social·worker social·workers social·workers' gp gps gps' doctor
        doctors midwife midwives health·visitor health·visitors clinician clinicians officers officers' lawyers
        solicitors advocates caseworkers therapists probation referrers workers workers' courts
        doctors' partners camhs mash""",
    "S": """staff staff's head heads heads' headteacher headteachers headteachers' head·teacher head·teachers principal
        principals dsl dsls dsls' dsl's ddsl ddsls lead leads leads' deputy deputies governor governors governors'
        chair chairs clerk clerks member members members' manager managers managers' warden wardens clergy slt leader
        leaders leaders' colleague colleagues colleagues' employee employees senco sencos teacher teachers teachers'
        headteacher's trustees bursars administrators admins receptionists caretakers secretaries counsellors
        first·aiders aiders nurses nurse coordinators co-ordinators tutors mentors technicians chaplains matrons
        supervisors
        registrars council·officers
        heads-of-year insiders recipients addressees subscribers delegates attendees cleaners
        offices officers·of·the·council""",
    "Z": """school schools schools' school's college colleges colleges' setting settings settings' academy academies
        nursery nurseries trust trusts council council's office team teams group network building room house premises
        site department hub cluster panel partnership authority federation school-based childminders
        staffroom staff·room strand circle forum""",
    "X": """parent parents parents' parent's parents/carers parent/carer parent/carers carer carers carers' family
        families families' pupil pupils pupils' child children children's young·people student students guardian
        guardians mum mums mums·and·dads dads relatives relative letters·home letter·home
        members·of·the·public members·of·public general·public the·general·public mum·and·dad households parental
        parent·or·carer clients client service·users service·user patients patient mother mothers father fathers
        grandparents grandparent next·of·kin birth·parents foster·carers household""",
    "Q": """public publicly public·domain public·knowledge public·gaze the·press the·media journalists reporters
        newspapers""",
    "A": "anyone anybody everyone everybody all·callers all·comers any·caller a·soul",
    "g": """give gives given giving gave pass passes passed passing share shares shared sharing hand handed handing
        handing·out circulate circulated circulating circulation distribute distributed distributing distribution
        disclose disclosed disclosing disclosure divulge divulged release released releasing forward forwarded
        forwarding spread transmission dissemination disseminate broadcast sharing·on lend lent issue issued quote
        quoted reveal revealed let·out pass·on passed·on passing·on give·out
        given·out giving·out hand·out handed·out copying handed·round handed·over bandied
        bandy copied photocopy photocopied communicate communicated read·out""",
    "G": """send sent sending show shown offer offered tell told go goes going leave leaves supply supplied
        let copy direct directed refer referred point pointed signpost signposted mention mentioned transfer provide
        provided get·to repeat repeated ask asked get gets want wants wish find·its·way find·their·way fall
        end·up taken""",
    "a": """ring rings rung call calls called contact·directly use used uses using have has had see seen know known
        receive phone phoned dial dialled e-mail emailed e-mailed text texted contacted approach approached""",
    "p": """publish published publishing publication print printed display displayed displaying advertise advertised
        publicise publicised publicity tweet tweeted post posted pin pinned put placed place appear appears listed list
        show·on upload uploaded write·up""",
    "w": """website websites web·site web·page webpage noticeboard noticeboards notice·board notice·boards poster
        posters newsletter newsletters social·media internet online answerphone answerphones voicemail wall walls
        facebook directory directories phone·book handbook prospectus app intranet·page public·page webpages leaflet
        leaflets lanyard lanyards website's the·web home·page answering·machine""",
    "k": """keep keeps kept keeping stay stays staying remain remains treat treated hold held hide hides hidden
        withheld shield shielded""",
    "c": """confidential confidentially private ex-directory exdirectory unlisted unpublished secret hush-hush sensitive
        official-sensitive discreet unadvertised private·line private·lines private·number
        private·mobile private·address""",
    "h": "in·confidence in·strict·confidence in·strictest·confidence",
    "i": "internal internally in-house inhouse in·house in-school",
    "r": """restricted restrict reserved intended meant limited limit confined confine suitable appropriate
        designed set·aside kept·back earmarked accessible""",
    "O": "available open",
    "F": """freely as·you·like as·you·wish as·you·please no·restriction no·restrictions unrestricted does·not·apply
        do·not·apply doesn't·apply don't·apply does·not·hold do·not·hold doesn't·hold without·restriction""",
    "s": "is are was were",
    "q": "reach reaches reached",
    "H": "home homes book·bags book·bag",
    "z": "letter letters",
    "f": "for",
    "T": "to 2 unto on·to into into·the·hands·of in·the·hands·of",
    "B": "by with of between",
    "I": "in within inside on at among amongst",
    "R": "from off out·of away·from",
    "b": """beyond outside further farther wider more·widely widely elsewhere onward onwards any·further any·wider
        anyone·else anybody·else third·parties third·party others outsiders non-staff general external further·afield
        strangers""",
    "u": "purpose purposes usage access eyes ears facing consumption",
    "L": "line lines desk desks hotline helpline service",
    "l": """number numbers number's no·s nos contact contacts address addresses mobile mobiles details
        e-mail·address e-mail·addresses email·address email·addresses emails e-mails phone·number mailbox inbox
        enquiry enquiries caller callers query queries extension extensions landline landlines telephone phones
        cell whatsapp""",
    "t": """this these that those it its them one ones her his she he my hers mine both either everything
        which something two three four""",
    "y": "you your yours yourself yourselves ourselves us our we ur",
    "m": "may can could should happy free fine ok okay welcome glad will feel content",
    "j": "and or but so because as since unless except who when if & / though although nor·to whereas while",
    "d": """the a an all any some other fellow please pls plse kindly thanks thank also ever be been being own anywhere
        partner very
        designated safeguarding senior named must should·be out along around round over back then than
        such up direct strict ever again yet either·of each every too quite really absolutely simply do does
        at·all however therefore current new following above below there here always""",
    "e": """eyes·only between·ourselves between·you·and·me between·us off·the·record mum's·the·word under·your·hat
        under·your·hats to·yourself to·yourselves between·these·four·walls within·these·four·walls these·four·walls
        under·wraps close·to·your·chest""",
    "J": "only·if only·when only·where only·once only·after only·on·request",
    "x": """the·post by·post in·the·post no·place no·places no·post parents'·evening parents'·evenings parents·evening
        children's·home children's·homes children's·services children's·social·care children's·centre family·support
        family·hub family·hubs family·centre family·court family·help parent·support parent·governor parent·governors
        pupil·premium student·support pupil·support general·enquiries general·enquiry general·queries
        parent·carer·forum parents'·forum parent·forum""",
    "v": "advice consultation consult duty enquiry·line referral referrals support",
}


def _letters() -> dict[str, str]:
    return {word.replace("·", " "): letter for letter, words in _LISTED.items() for word in words.split()}


_PLAIN = {ord(c): ord(c.lower()) for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"} | {ord("’"): "'", ord("‘"): "'", 0xA0: " "}
_MARKS = {"(": "(", "[": "(", ")": ")", "]": ")", ",": ",", "–": "-", "—": "-", "-": "-", ":": ":", "/": "j", "&": "j"}
_ENDED = late(r"^(?=[^\n]{1,45}$)([^\n]*)\n(?=[ \t]*[A-Z0-9*•(\[-])", re.MULTILINE)  # a short line, and a new one
_HYPHENED = late(r"(?<=[a-z])-(?=(?:only|facing)\b)")  # `staff-only` is two words
_IT_IS = frozenset("it's that's they're these're he's she's".split())


@dataclass(frozen=True, slots=True)
class Tagged:
    """Words as letters, with where each begins and ends."""

    letters: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def after(self, offset: int) -> int:
        """The first word that begins at or after a place."""
        return bisect_left(self.starts, offset)


@cache
def _token() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:prof|nos?|tel)\.|[\w.+'-]+@[\w.-]+\w|(?<!\w)[+(]{0,2}\d[\d ()\u00a0-]{5,16}\d|"
        r"[^\W_]+(?:['/-][^\W_]+)*'?|[()\[\],–—:&/|\t]|"
        r"(?<!\S)-(?!\S)|[.;!?`](?=\W|$)|\n\s*\n"
    )


@cache
def _table() -> tuple[dict[str, str], dict[str, int]]:
    """The letters of each word, phrase or sign (of `it's`, which is two words, two), and by first word how many words
    the longest phrase has."""
    letters = _letters()
    longest: dict[str, int] = {}
    for phrase in letters:
        first, *rest = phrase.split(" ")
        if rest:
            longest[first] = max(longest.get(first, 1), 1 + len(rest))
    return letters | _MARKS | dict.fromkeys(_IT_IS, "ts"), longest


def tagged(text: str, start: int, end: int) -> Tagged:
    """The words between two places as letters."""
    table, longest = _table()
    plain = _HYPHENED.sub(" ", _ENDED.sub(r"\1|", text[start:end]).translate(_PLAIN))
    tokens = [(m.group(), m.start(), m.end()) for m in _token().finditer(plain)]
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    while at < len(tokens):
        word, begin, stop = tokens[at]
        length = min(longest[word], len(tokens) - at) if word in longest else 1
        while length > 1 and " ".join(t[0] for t in tokens[at : at + length]) not in table:
            length -= 1
        if length > 1:
            word, stop = " ".join(t[0] for t in tokens[at : at + length]), tokens[at + length - 1][2]
        found = table.get(word) or _letter(word, table)
        if word == "use" and letters and (letters[-1] in "PSWZXQyi" or tokens[at - 1][0] == "own"):
            found = "u"  # `school use`, where the noun stands
        for letter in found:
            letters.append(letter)
            starts.append(start + begin)
            ends.append(start + stop)
        at += length
    return Tagged("".join(letters), tuple(starts), tuple(ends))


def _letter(word: str, table: dict[str, str]) -> str:
    """The letter of a word that is not listed as it stands."""
    if word[0] in ".;!?|\t\n":
        return "|"
    if "@" in word or (word[0] in "+(0123456789" and len(word) > 7):
        return "#"
    if word == "no.":
        return "l"
    known = table.get(word.rstrip(".")) or table.get(word.removesuffix("'s")) or table.get(word.removesuffix("'"))
    return known or "x"
