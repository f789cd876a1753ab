"""Knows the people that a note names, what they do, and the initials and first names that stand for them."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from haven.engines.documents.document import Block, BlockKind, Document
from haven.engines.patterns.late import late

_NAME_WORD = r"(?:(?:Mc|Mac|O[’']|D[’']|Fitz)?[A-ZÀ-Þ][a-zß-ÿ]+(?:[’'][a-z]{3,})?(?:-[A-ZÀ-Þ][a-zß-ÿ]+){0,2})"
_PARTICLE = r"(?:de|de la|del|della|van|van der|von|al|el|bin|binti|ap|ab|ó|ní|du|le|la|ten|ter)"
_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof(?:essor)?|Rev(?:erend|d)?|Fr|Sr|Sister|Father|Canon|PC|PCSO|DC|"
    r"DS|DI|DCI|DSU|DCS|WPC|CI|PS|TDC|Sgt|"
    r"Sergeant|Insp|Inspector|Supt|Superintendent|Constable|Chief Inspector|Ch Insp|"
    r"(?:Detective|Det\.?) (?:Constable|Con|Sergeant|Sgt|Inspector|Insp|Supt)|(?:Chief|Ch) (?:Supt|Superintendent)|"
    r"Cpl|Corporal|Lt|Col|Colonel|Archdeacon|Bishop|Rabbi|Imam|Pastor|Matron|Cllr|"
    r"Councillor|Sir|Dame|Lady|Lord|Judge|Capt|Major)\.?"
)
_SPACE = r"[ \u00a0]{1,2}"
FULL_NAME = late(
    rf"(?<![\w@./’'-])(?:(?P<title>{_TITLE}){_SPACE})?(?P<name>{_NAME_WORD}(?:{_SPACE}[A-Z]\.?)?"
    rf"(?:{_SPACE}(?:{_PARTICLE}{_SPACE})?{_NAME_WORD}){{1,2}})(?![\w@]|-[a-z]|\.\w)"
)
TITLED_SURNAME = late(
    rf"(?<![\w@./’'-])(?P<title>{_TITLE}){_SPACE}(?:[A-Z]\.?{_SPACE})?(?P<name>{_NAME_WORD})(?![\w@])"
)
_INITIAL_NAME = late(rf"(?<![\w@./’'-])(?P<name>[A-Z]\.?{_SPACE}{_NAME_WORD})(?=\s*[,:(–-])")

_NOT_NAMES = frozenset(
    """
    a about above academy admissions charter sharing respect choose
    action actions adviser advisor advice advocacy after agency agenda all allegations also
    always an and any annex anti any anyone april area areas as ask assessment assistant associate association at
    attendance audit august autumn award back bank behaviour best board book booking bookings borough both box
    briefing building bulletin bullying business but by call cambridge campus can care carers case castle catholic
    central centre chair chairs change chat check chief child childline children childrens christmas church city
    civic class clerk close cluster clusters college colleges commissioner committee community complete conference
    confidential consultant consultation contact contacts coordinator co-ordinator coroner council councils county
    course courses court crime crown date dates day days dear december department deputies deputy designated desk
    detective development diary director directors directorate district document domestic dsl dsls duty each early
    east easter education educational email e-mail emergency emails encompass enquiries england english every
    everyone executive exploitation families family february federation feedback finance first floor for forest
    form forum foundation free friday friends from front further general google governance governing governor
    governors grammar great group groups guidance half hall harm head headline heads headteacher headteachers
    health help helpdesk helpline here high hill holiday home hospital hotline hour house how hub human i if in
    inclusion independent infant infants info information initial inset inspector intelligence internet
    introduction is issue it january july june junior just justice keeping key kind lane larch law lead leader
    leaders leads learning leave legal level library licensing line link links linked local london low main
    manager managers march mash matters may medical meeting meetings member members mental microsoft minutes
    missing mobile monday monthly more multi my name named national neglect network new news next night nhs no
    north not note notes notice november now number numbers nurse nursery nursing october of office officer
    officers offices ofsted on online open operation or our out outreach overview parent parents park part partner
    partners partnership partnerships pastoral people personal phone place please point police policy portal
    practice practitioner practitioners presentation prevent preventing primary private probation procedure
    procedures professional professionals programme project protecting protection psychologist psychology public
    pupil pupils quality queen questions raising rd read reception records referral referrals reform refuge
    regards register regional relationships report reporting reports resources return returns review reviews ring
    road room royal rural safe safer safeguarding safety saint saturday school schools scrutineer secondary
    secretary section security self send senco senior september sergeant service services sex sexual sheet
    sincerely single site sixth social society south special specialist speaker speakers speech spring square
    staff st state station strategic strategy street student students summer sunday support survey synod system
    tackling taskforce teacher teachers team teams technology tel telephone term thames thank thanks that the
    their then there these this thursday ticket to town training transport trust trustee trustees tuesday twilight
    unit united university update updates upper urgent vacancy venue vice victim victims view village violence
    virtual visit visits volunteer wales warden website wednesday week weekly welcome welfare west what when where
    which while who why winter with women workforce working workshop world worker workers year years yes you young
    your youth zoom yours use using text write drop drop-in designated speak let tell want need got some several
    many most other another such same ks1 ks2 ks3 ks4 ks5 send sen senco laa pshe rse kcsie dbs lado camhs
""".split()
)
_NEXT_LINE = late(r"[ \t]*\r?\n[ \t]*")
_ROLE_LEAD = late(
    r"[ \u00a0\t]*(?:,|[–—]|-(?=\s)|:|\(|\[|\||is (?:the|our|now (?:the|our))(?: new)?|"
    r"looks after|leads on)[ \u00a0\t]*"
)
_ROLE = late(r"[^\n;:|()\[\]–—@]{2,90}")
_ROLE_STOP = late(
    r"\s+(?:on|at|via|tel|telephone|phone|mobile|email|e-mail|ext)\b.*$|\s*[,:.]\s*$|\s*,?\s*\+?\(?\d[\d ()-]{4,}.*$",
    re.IGNORECASE,
)
_ROLE_WORD = late(
    r"\b(?:lead|manager|officer|adviser|advisor|head|headteacher|principal|director|co-?ordinator|"
    r"navigator|nurse|sergeant|constable|inspector|"
    r"governor|chair|clerk|secretary|treasurer|teacher|worker|consultant|team|service|trust|"
    r"council|police|dsl|ddsl|lado|senco|senior|"
    r"deputy|assistant|specialist|practitioner|psychologist|gp|doctor|scrutineer|partner|"
    r"commissioner|administrator|business|support|"
    r"outreach|link|education|safeguarding|school|academy|inclusion|admissions|bookings|training|"
    r"projects?|participation|desk|office|"
    r"analyst|liaison|counsellor|therapist|trainer|chaplain|executive|chief|registrar|president|"
    r"representative|rep|mentor|tutor|project|"
    r"virtual|early help|attendance|prevent|health|social)s?\b",
    re.IGNORECASE,
)
_AT_A_PLACE = late(r"\b(?:in|at|near|across|around|throughout|outside|of the)\s+$")
_IS_A_BODY = late(
    r"\s*(?:[(,–—-]\s*)?(?:an? |the )?(?:national |local )?(?:charity|helpline|helpdesk|service|"
    r"company|organisation|school|academy|college|team|council|trust"
    r"|borough|county|partnership|network|programme|project\b(?! lead| manager| officer| worker)|"
    r"Ltd|Limited|Centre|Room|Street|Road)\b(?! (?:lead|manager|"
    r"officer|co-?ordinator|adviser|worker|director|head|nurse|leader|administrator|sergeant|liaison|clerk|governor))",
)
_INITIALS = late(r"[A-Z]{2,4}k?")
_AFTER_NAME = late(r"\s*(?:[\[(][^\])\n]{0,60}[\])]\s*)?[\[(](?P<initials>[A-Z]{2,4}k?)(?:[\])]|\s*[,;–-])")
_INITIALS_USED = late(r"(?<![\w.@/-])[A-Z]{2}(?![\w@/-]|\.\w)")
_MINUTES = late(r"\b(?:present|apologies|attending|attended|in attendance|minutes|mins)\b", re.IGNORECASE)
_HEAD = 1500  # how far into a note its list of those present begins
_MOST_PRESENT = 60
_ABBREVIATIONS = frozenset(
    """AM PM AP CP CE DA DV EH EP EY GP HR HT IT LA MP NB NI NQ OK PA PC PD PE PS RE RS SE SW TA TB UK US YJ YR
        ID QA
    CS DI DC DS PO RJ FE HE ON AT IN AS BY TO IF IS IT OF OR NO SO UP""".split()
)
_PRONOUN = late(r"\s*[\[(](?:she|he|they)\s?/[^)\]]{2,14}[)\]]", re.IGNORECASE)

_NAME_COLUMN = late(
    r"^\W*(?:name|names|who|contact|contact name|contact person|person|lead|officer|attendee|"
    r"present|member|full name)\W*$",
    re.IGNORECASE,
)
_ROLE_COLUMN = late(
    r"^\W*(?:role|job|job title|post|position|title|from|organisation|team|service|responsib.*|"
    r"area|designation|agency)\W*$",
    re.IGNORECASE,
)
_INITIALS_COLUMN = late(r"^\W*(?:initials?|init\.?|abbrev.*|ref)\W*$", re.IGNORECASE)

_SHORT = late(rf"(?<![\w@./-])(?:[A-Z]{{2,4}}k?|{_NAME_WORD})(?![\w@]|-\w|\.\w)")
_TITLE_BEFORE = late(rf"{_TITLE}{_SPACE}$")


@dataclass(slots=True)
class Person:
    """Somebody named: the full name without rank or title, what she does, and the rank."""

    name: str
    role: str | None = None
    title: str | None = None

    @property
    def first(self) -> str:
        words = self.name.split()
        return words[1] if self.title and words[0] == self.title else words[0].strip(".")

    @property
    def last(self) -> str:
        return self.name.split()[-1]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where somebody is named, and whether by her full name."""

    start: int
    end: int
    person: Person
    is_full: bool


@dataclass(slots=True)
class People:
    """Everybody a note names, and the short forms that stand for exactly one of them."""

    by_name: dict[str, Person] = field(default_factory=dict)
    by_initials: dict[str, Person] = field(default_factory=dict)
    by_first: dict[str, Person | None] = field(default_factory=dict)
    by_last: dict[str, Person | None] = field(default_factory=dict)
    by_local: dict[str, Person | None] = field(default_factory=dict)
    names_within: dict[tuple[int, int], list[re.Match[str]]] = field(default_factory=dict)  # the names of each block

    def add(self, name: str, role: str | None = None, title: str | None = None) -> Person:
        """The person of that name, made if new; a role once known stays."""
        name = " ".join(name.replace("\u00a0", " ").split())
        person = self.by_name.setdefault(name.casefold(), Person(name))
        person.role = person.role or role
        person.title = person.title or title
        return person

    def settle(self) -> None:
        """Work out first names, last names and the local parts of addresses that point to one person only."""
        for person in self.by_name.values():
            _only(self.by_first, person.first.casefold(), person)
            _only(self.by_last, person.last.casefold(), person)
            for local in _locals(person):
                _only(self.by_local, local, person)

    def of_address(self, address: str) -> Person | None:
        """Whose address it is, judged by what stands before the @."""
        local = re.sub(r"[^a-z]", "", address.split("@")[0].casefold())
        return self.by_local.get(local) or self.by_first.get(local)


def _only(table: dict[str, Person | None], key: str, person: Person) -> None:
    table[key] = person if table.get(key, person) is person else None


def _locals(person: Person) -> set[str]:
    first = re.sub(r"[^a-z]", "", person.first.casefold())
    last = re.sub(r"[^a-z]", "", person.last.casefold())
    pieces = [re.sub(r"[^a-z]", "", p) for p in re.split(r"[-’']", person.last.casefold())]
    lasts = {last, *(p for p in pieces if len(p) > 3)}
    return {
        form for s in lasts if first and s for form in (first + s, first[0] + s, s + first, s + first[0], first + s[0])
    }


def find_people(document: Document) -> People:
    """Every person the note names in full, with her role where one stands beside the name, and her initials."""
    people = People()
    surnames: list[tuple[str, str]] = []  # `PC Bell`, where no full name says who that is
    for table in _tables(document):
        _read_table(document, table, people)
    text = document.text
    for block in document.blocks:
        if block.kind is not BlockKind.NOISE:
            names = list(names_in(text, block.start, block.end))
            people.names_within[block.start, block.end] = names
            for found in names:
                if _AT_A_PLACE.search(text, max(block.start, found.start() - 12), found.start()) or _IS_A_BODY.match(
                    text, found.end(), min(block.end, found.end() + 60)
                ):
                    continue
                person = people.add(
                    found["name"], _role_after(text, found.end(), block.end), found.groupdict().get("title")
                )
                initials = _AFTER_NAME.match(text, found.end(), min(block.end, found.end() + 80))
                if initials:
                    people.by_initials.setdefault(initials["initials"], person)
            surnames.extend(
                (found["title"], found["name"])
                for found in TITLED_SURNAME.finditer(text, block.start, block.end)
                if not is_ordinary(found["name"]) and not FULL_NAME.match(text, found.start(), block.end)
            )
    known = {person.last.casefold() for person in people.by_name.values()}
    for title, surname in surnames:
        if surname.casefold() not in known:
            people.add(f"{title} {surname}", None, title)
    people.settle()
    _read_initials(text, people)
    return people


def _read_initials(text: str, people: People) -> None:
    """Initials that nobody explains, as minutes use them: where two or more people of the note are called by theirs."""
    if len(people.by_name) > _MOST_PRESENT or not _MINUTES.search(text, 0, _HEAD):
        return
    used = set(_INITIALS_USED.findall(text)) - _ABBREVIATIONS
    meant: dict[str, Person | None] = {}
    for person in people.by_name.values():
        _only(meant, person.first[:1].upper() + person.last[:1].upper(), person)
    told = {short: person for short, person in meant.items() if person and short in used}
    if len(told) > 1:
        for short, person in told.items():
            people.by_initials.setdefault(short, person)


def names_in(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Full names (two words or more, none of them an ordinary word of the field), and titles with a surname."""
    position = start
    while found := FULL_NAME.search(text, position, end):
        words = found["name"].split()
        bad = next((i for i, w in enumerate(words) if is_ordinary(w)), None)
        if bad is None:
            yield found
            position = found.end()
        else:
            position = _after_word(text, found, bad)


def _after_word(text: str, found: re.Match[str], index: int) -> int:
    position = found.start("name")
    for word in found["name"].split()[: index + 1]:
        position = text.index(word, position) + len(word)
    return position


def is_ordinary(word: str) -> bool:
    """Whether a capitalised word is an ordinary one of the field, and so no name."""
    lowered = word.casefold().replace("’", "'")
    plain = lowered.removesuffix("'s")
    return plain in _NOT_NAMES or ("-" in plain and plain.split("-")[0] in _NOT_NAMES)


def _role_after(text: str, offset: int, end: int) -> str | None:
    """What stands after a name as her role: `, Role`, `(Role)`, `– Role`."""
    pronoun = _PRONOUN.match(text, offset, end)
    offset = pronoun.end() if pronoun else offset
    lead = _ROLE_LEAD.match(text, offset, end)
    if not lead:
        lines = _NEXT_LINE.match(text, offset, end)
        if not lines or "\n" in text[offset:end].strip("\n")[:1]:
            return None
        lead = lines
    found = _ROLE.match(text, lead.end(), end)
    written = found.group() if found else ""
    if found and text[found.end() : found.end() + 1] == "@":
        written = written[: max(written.rfind(" "), written.rfind(","))]  # an address follows, and has begun
    role = clean_role(written) if written else None
    if not role or not _ROLE_WORD.search(role) or len(role.split()) > 12:
        return None
    return role


def clean_role(role: str) -> str | None:
    """A role without what follows it on the line, and without loose punctuation."""
    cut = _ROLE_STOP.sub("", re.split(r"\.\s", role)[0]).strip(" \t\u00a0,.:;–—-*_|·•")
    cut = cut.strip("()[]") if cut.count("(") != cut.count(")") else cut
    return cut or None


def _tables(document: Document) -> list[list[Block]]:
    tables: dict[int, list[Block]] = {}
    for block in document.blocks:
        if block.kind is BlockKind.CELL and block.table is not None:
            tables.setdefault(block.table, []).append(block)
    return list(tables.values())


def _read_table(document: Document, cells: list[Block], people: People) -> None:
    text = document.text
    header = {c.column: text[c.start : c.end].strip() for c in cells if c.row == 0}
    name_at = next((c for c, h in header.items() if _NAME_COLUMN.match(h)), None)
    role_at = next((c for c, h in header.items() if _ROLE_COLUMN.match(h)), None)
    initials_at = next((c for c, h in header.items() if _INITIALS_COLUMN.match(h)), None)
    rows: dict[int, dict[int, str]] = {}
    for cell in cells:
        if cell.row and cell.column is not None:
            rows.setdefault(cell.row, {}).setdefault(cell.column, text[cell.start : cell.end].strip())
    for row in rows.values():
        written = row.get(name_at, "") if name_at is not None else ""
        found = next(names_in(written, 0, len(written)), None)
        if not found:
            continue
        role = row.get(role_at, "") if role_at is not None else ""
        title = found.groupdict().get("title")
        person = people.add(
            found["name"], clean_role(role) if role else _role_after(written, found.end(), len(written)), title
        )
        initials = row.get(initials_at, "").strip("* ") if initials_at is not None else ""
        if _INITIALS.fullmatch(initials):
            people.by_initials[initials] = person


def mentions_in(text: str, start: int, end: int, people: People) -> list[Mention]:
    """Where people are named between two places: in full, by initials, by title and surname, or by a first name that is
    written before a colon, an apostrophe or a verb of asking."""
    found: list[Mention] = []
    names = people.names_within.get((start, end))
    for match in names_in(text, start, end) if names is None else names:
        person = people.by_name.get(" ".join(match["name"].replace("\u00a0", " ").split()).casefold())
        if person:
            found.append(Mention(match.start(), match.end(), person, is_full=True))
    for match in TITLED_SURNAME.finditer(text, start, end):
        person = people.by_name.get(f"{match['title']} {match['name']}".casefold())
        if person:
            found.append(Mention(match.start(), match.end(), person, is_full=True))
    found.sort(key=lambda m: m.start)
    starts, ends = [m.start for m in found], [m.end for m in found]
    for match in _SHORT.finditer(text, start, end):
        at = bisect_right(starts, match.start()) - 1
        if at >= 0 and match.start() < ends[at]:
            continue
        word = match.group()
        short = people.by_initials.get(word) or _titled(people, text, match) or people.by_first.get(word.casefold())
        if short and not is_ordinary(word):
            found.append(Mention(match.start(), match.end(), short, is_full=False))
    found.sort(key=lambda m: m.start)
    return found


def _titled(people: People, text: str, match: re.Match[str]) -> Person | None:
    if match.group().casefold() in people.by_last and _TITLE_BEFORE.search(
        text, max(0, match.start() - 24), match.start()
    ):
        return people.by_last.get(match.group().casefold())
    return None
