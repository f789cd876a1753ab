"""The words that pairs of editions are made of: made-up guidance in three voices, or sentences of a text that is given.

A sentence is put together from the parts of a voice. Parts are many, so that clauses differ as clauses of one document
do: they share their subjects and turns of phrase, and say different things.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from random import Random

SENTENCE_END = re.compile(r"(?<=[.;?])\s+(?=[A-Z(“\"])")
MODALS = ("must", "should", "may", "must", "should", "will", "can", "is expected to", "must not", "should not")


@dataclass(frozen=True, slots=True)
class Voice:
    """What one kind of guidance speaks of: who, does what (as one does it, and as it is done), to what, when, why."""

    title: str
    parts: tuple[str, ...]
    who: tuple[str, ...]
    does: tuple[tuple[str, str], ...]
    what: tuple[str, ...]
    when: tuple[str, ...]
    why: tuple[str, ...]
    where: tuple[str, ...]


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.strip().split("|"))


def _verbs(text: str) -> tuple[tuple[str, str], ...]:
    pairs = (part.split(">") for part in _parts(text))
    return tuple((plain.strip(), done.strip()) for plain, done in pairs)


_DOES = _verbs(
    """keep > kept | look over > looked over | put in writing > put in writing | hand on > handed on |
    agree > agreed | weigh up > weighed up | bring up to date > brought up to date | test > tested |
    explain > explained | lock away > locked away | return > returned | sign > signed | count > counted |
    compare with last year's > compared with last year's | publish > published | withdraw > withdrawn |
    ask questions about > asked about | put before the committee > put before the committee |
    describe in plain words > described in plain words | tell a second person of > told to a second person |
    send to the office > sent to the office | photograph > photographed | date and initial > dated and initialled |
    seek a second opinion on > given a second opinion | time > timed | translate > translated |
    hold back > held back | display > displayed | replace > replaced | rehearse > rehearsed"""
)
_WHEN = _parts(
    """before the first day of each term | at the end of every month | within three working days |
    within ten working days of being asked | on the morning of the visit | no later than half past four |
    whenever the person responsible changes | after any incident, however slight | twice in each year |
    as soon as the weather allows | while the building is open | once the older record has been checked |
    at the start of the shift | between one inspection and the next | on the last Friday in October |
    in the week before a holiday | as often as the risk assessment says | when a newcomer joins |
    from the age of eleven | until the enquiry is closed | during the first six weeks | out of hours"""
)
_WHY = _parts(
    """so that nobody has to rely on memory | because small signs are lost where nobody writes them down |
    and the reasons are to be given with the decision | as this is what visitors ask about first |
    so that a stranger could take over tomorrow | even where the matter looks settled |
    bearing in mind that some people cannot read the notice | which saves time later |
    without naming anybody who need not be named | in the order in which things happened |
    and a copy goes to the person concerned | unless that would make matters worse |
    since two short accounts are worth more than one long one | with a note of who was present |
    having first asked those who were there | in words that a child of ten would understand |
    and not merely by electronic message | at no cost to the family | however busy the day has been |
    so far as the lease permits | taking care that the older pages stay legible"""
)

_SCHOOL = Voice(
    title="Looking after pupils on visits and at home",
    parts=_parts(
        """Before the visit | On the road | Staying overnight | Guests and host families | When something goes wrong |
        Telling parents | Paper and screens | Those who help | Coming home | Learning from it"""
    ),
    who=_parts(
        """The visit leader | The head of year | Each accompanying adult | The host family | The school's first aider |
        A trainee teacher | The governor for visits | The coach company | The centre's duty manager |
        The pastoral team | Whoever holds the register | The deputy on call | The educational psychologist |
        Every volunteer helper | The receiving school | The child's own doctor | The exchange partner |
        The kitchen staff | The lunchtime supervisor | The trust's estates officer | The parent who drives |
        The lodging's owner"""
    ),
    does=_DOES,
    what=_parts(
        """the list of emergency numbers | the plan for a missing pupil | the allergy sheet |
        the sleeping arrangements | the swimming certificate | the weather forecast | the insurance letter |
        the seating plan of the coach |
        the consent slip for photographs | the bag of inhalers | the log of night checks | the room keys |
        the agreed meeting point | the pocket money envelope | the rules for telephones | the code of conduct |
        the ratio of adults to pupils | the account of a fall | the note from a carer | the spare set of clothes |
        a pupil's wish to sleep elsewhere | the list of those who cannot swim | the check on the driver |
        a worry voiced by another guest | the bill for damage | the museum's own instructions |
        the permission to leave the group | the medicine that needs a refrigerator | the report to the governors |
        a quarrel between two dormitories | the choice of restaurant | the interpreter's telephone number"""
    ),
    when=_WHEN,
    why=_WHY,
    where=_parts(
        """a pupil is homesick | the group is split in two | an adult falls ill | the ferry is cancelled |
        the host moves house | two siblings travel together | the activity is an adventurous one |
        no member of staff speaks the language | a child is looked after by the council | the coach breaks down |
        a parent withdraws consent | the centre takes other schools too |
        snow is expected | a pupil has turned sixteen"""
    ),
)

_HALL = Voice(
    title="Running a village hall safely",
    parts=_parts(
        """The trustees | Fire | Kitchens and food | Hirers | Stairs, floors and lifts | Electricity and gas |
        Children's parties | Noise and neighbours | Accounts and keys | Repairs"""
    ),
    who=_parts(
        """The hall's trustees | The booking secretary | The caretaker | Each hirer | The treasurer |
        The fire officer's delegate | A contractor on the premises | The playgroup's leader | The bar steward |
        Whoever locks up | The electrician engaged | The parish clerk | The chair of the committee |
        The insurance broker | The cleaner | The band's sound engineer | The caterer | The youth club leader |
        The owner of the adjoining land | The lettings sub-committee | The lift engineer | The duty key holder"""
    ),
    does=_DOES,
    what=_parts(
        """the evacuation drill | the fire door in the west passage | the hiring agreement |
        the stock of folding chairs |
        the gas certificate | the temperature of the refrigerator | the emergency lighting | the book of accidents |
        the inflatable castle | the noise limiter | the stage curtain | the drains behind the kitchen |
        the deposit for breakages | the ramp at the side entrance | the asbestos survey | the water heater |
        the number of people in the main room | the licence for music | the loose handrail | the winter gritting |
        the tea urn's flex | the alarm code | the list of regular bookings | the defibrillator's battery |
        the loft ladder | the crockery hired out | the overflow car park | the projector's bracket |
        the complaint about parking | the tenancy of the flat upstairs | the glass in the lobby door |
        the bouncy surface under the swings"""
    ),
    when=_WHEN,
    why=_WHY,
    where=_parts(
        """alcohol is sold | the hall is let to strangers | more than sixty people are expected |
        a lift is out of order |
        food is brought from home | the caretaker is away | the booking runs past midnight | naked flames are used |
        part of the floor is wet | the event is for children under eight | the power fails |
        a wall has to be opened up |
        the hirer has paid nothing | animals are brought in"""
    ),
)

_PAPERS = Voice(
    title="Keeping and giving out records",
    parts=_parts(
        """Making a record | Naming and filing | Who may look | Giving copies | Correcting mistakes | Moving house |
        Old paper | Machines | Losses | Destroying"""
    ),
    who=_parts(
        """The records officer | Every author | The person the record is about | The archivist | A temporary worker |
        The head of service | The post room | The system's supplier | The auditor | A representative with authority |
        The reading room | The courier | The information adviser | A neighbouring council | The scanning bureau |
        Each line manager | The appeals panel | The help desk | The owner of the folder | A retired colleague |
        The complaints team | The duty solicitor"""
    ),
    does=_DOES,
    what=_parts(
        """the file's cover sheet | the index of closed cases | a request from a relative | the retention label |
        the shared drive | a letter that came by hand | the second volume of a file | the log of searches |
        the blacked-out copy | the recording of a meeting | the visitor's pass | a note made at home |
        the microfilm cabinet | the certificate of destruction | the disputed paragraph | the access key |
        a message sent to the wrong person | the photograph in the file | the proof of identity | the fee, if any |
        the old reference number | the sealed envelope | the backup tape | the chronology at the front |
        an anonymous letter | the minutes of a closed session | the medical part of the record | the box list |
        the public catalogue | the translation of a foreign document | the handwritten margin |
        the schedule of what is kept"""
    ),
    when=_WHEN,
    why=_WHY,
    where=_parts(
        """two people share a name | the author has died | the record is wanted in court | the writing cannot be read |
        a third party is mentioned | the file came from elsewhere | the paper is damp | no label is found |
        the request comes from abroad | the person lacks capacity | a password is forgotten |
        the same letter is in two files | the file is thicker than a hand | the machine is to be sold"""
    ),
)

VOICES = {"visits": _SCHOOL, "hall": _HALL, "records": _PAPERS}


def sentence(voice: Voice, random: Random) -> str:
    """One sentence, of one of seven builds."""
    who, what, when, why = (random.choice(part) for part in (voice.who, voice.what, voice.when, voice.why))
    does, done = random.choice(voice.does)
    modal, where = random.choice(MODALS), random.choice(voice.where)
    low = who[0].lower() + who[1:]
    builds = (
        f"{who} {modal} {does} {what} {when}.",
        f"{who} {modal} {does} {what} {when}, {why}.",
        f"{when[0].upper()}{when[1:]}, {low} {modal} {does} {what}.",
        f"Where {where}, {low} {modal} {does} {what}, {why}.",
        f"{what[0].upper()}{what[1:]} {_passive(modal)} {done} by {low} {when}.",
        f"It is for {low} to say whether {where}, and if so {what} {_passive(modal)} {done} {when}.",
        f"{who} {modal} {does} {what} and {random.choice(voice.what)}; this holds even where {where}.",
    )
    return random.choice(builds)


def remark(voice: Voice, random: Random) -> str:
    """A sentence that asks for nothing."""
    what, where, when = (random.choice(part) for part in (voice.what, voice.where, voice.when))
    return random.choice(
        (
            f"Often it is {what} that first shows that {where}.",
            f"Experience with {what} differs from place to place, above all where {where}.",
            f"Some places deal with {what} {when}, others leave it to chance.",
        )
    )


def _passive(modal: str) -> str:
    return f"{modal} be"


def title(voice: Voice, random: Random) -> str:
    """What a section or a table's row may be called."""
    ways = ("{}", "Dealing with {}", "{} and those who look after it", "Questions about {}", "Who sees to {}")
    named = random.choice(ways).format(random.choice(voice.what))
    return named[0].upper() + named[1:]


def sentences_of(path: Path) -> list[str]:
    """The sentences of a text whose paragraphs are parted by blank lines, marks of markdown and tables left out."""
    text = path.read_text(encoding="utf-8", errors="replace").replace("\xa0", " ").replace("\f", "\n\n")
    found: dict[str, None] = {}
    for block in re.split(r"\n\s*\n", text):
        words = " ".join(re.sub(r"[*_`#|<>]+|\]\([^)]*\)|\[", " ", block).split())
        for part in SENTENCE_END.split(words):
            if 6 <= len(part.split()) <= 90 and part[0].isalpha() and "☐" not in part:
                found.setdefault(part)
    return list(found)
