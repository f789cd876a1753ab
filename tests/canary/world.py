"""A Fairhaven in which the word stands in every confidential field, and those who may see none of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from haven.access.actor import HAVEN
from haven.access.roles import Kind
from haven.checks.rules.bands import Band
from haven.checks.services import ask, ask_update, change_band, load_prompts
from haven.intelligence.rules.grading import Handling
from haven.intelligence.rules.linking import Kind as Thing
from haven.notifications.models import Delivery
from haven.notifications.rules.sending import NewChild
from haven.notifications.rules.support import Kind as Did
from haven.notifications.services import record_support
from haven.notifications.services.receiving import NewSupport
from haven.people.models import Area, Cover, Organisation, Person, Post, ServedArea
from haven.subjects.models import Told
from haven.subjects.rules.breaking import Verdict, Why
from haven.subjects.rules.naming import Identity
from haven.subjects.services import break_glass, give_safe_address, let_guest_read, link_siblings, review_glass
from tests.canary.marks import NAME, TELLER, WORDS
from tests.cast import BEGAN, NOW, TODAY, Cast, assemble
from tests.checks import asked as checks
from tests.intelligence import told as matters
from tests.notifications import sent as notified
from tests.people.seen import enrol
from tests.subjects.known import STAFF, child, joined, kept_from, looked_for, sent

HER = Identity(NAME, "Quayle", date(2016, 5, 4), NAME)
BROTHER = Identity("Jonah", NAME, date(2017, 5, 4))
AWAY = {  # who work elsewhere, in another area
    "kaye": ("Kaye Dunmore", "safeguarding-lead", Kind.COUNCIL),
    "noor": ("Noor Jellicoe", "mash-coordinator", Kind.COUNCIL),
    "glen": ("Glen Inchbald", "police-officer", Kind.POLICE),
    "rhea": ("Rhea Lovelock", "intelligence-lead", Kind.POLICE),
    "finn": ("Finn Netherby", "health-practitioner", Kind.HEALTH),
}
HERE = {
    "liam": ("Liam Merriman", "police-officer", "police"),
    "kezia": ("Kezia Marlow", "school-staff", "oakfield"),
    "umar": ("Umar Ravenhill", "governor", "oakfield"),
    "head": ("Orla Osgood", "head", "ashdown"),
    "tara": ("Tara Cottle", "trainer", "trainer"),
    "ada": ("Amara Fairweather", "administrator", "council"),
    "gone": ("Quentin Merriman", "dsl", "oakfield"),  # until yesterday
    "over": ("Samir Aldous", "governor", "ashdown"),  # who covered for Priya until yesterday
    "cyra": ("Celia Everdene", "governor", "ashdown"),  # who covers for her now
}
INSIDE = ("cyra", "finn")  # who stands in, and a guest
EXCLUDED = ("dee", "dara", "liam", "marcus")
BLIND = [
    *EXCLUDED,
    *(key for key in (*AWAY, *HERE) if key not in (*EXCLUDED, *INSIDE)),
    *("tom", "grace", "peter", "hugo", "nadia", "sam", "nobody"),
]
"""Who may see nothing of it: excluded, elsewhere, in a role that opens nothing, or not there any more."""


@dataclass(frozen=True)
class Canary:
    """What was made, and what stands in addresses of it."""

    cast: Cast
    values: dict[str, UUID]


def furnish() -> Canary:
    """Everything once, taken as far as it goes."""
    cast = assemble()
    joined(cast, STAFF | matters.STAFF | HERE)
    _elsewhere(cast)
    _come_and_gone(cast)
    enrol(*(person for key, person in cast.people.items() if key != "sam"))
    load_prompts(content=checks.PROMPTS, by=HAVEN, at=NOW)
    values = _subjects(cast)
    return Canary(cast, values | _notifications(cast) | _checks(cast, values["subject_id"]) | _intelligence(cast))


def _elsewhere(cast: Cast) -> None:
    """Another area with a council, a force and health of its own."""
    area = Area.objects.create(name="Eastmere", code="998")
    for kind in (Kind.COUNCIL, Kind.POLICE, Kind.HEALTH):
        made = Organisation.objects.create(kind=kind.value, name=f"Eastmere {kind.value}")
        ServedArea.objects.create(organisation=made, area=area, starts_on=BEGAN)
        for key, (name, role, place) in AWAY.items():
            if place is kind:
                cast.people[key] = Person.objects.create(email=f"{key}@example.org", name=name)
                Post.objects.create(person=cast.people[key], organisation=made, role=role, starts_on=BEGAN)


def _come_and_gone(cast: Cast) -> None:
    """One has left, the cover of one is over, and another’s has begun."""
    Post.objects.filter(person=cast.gone).update(ends_on=TODAY)
    post = Post.objects.get(person=cast.priya)
    Cover.objects.create(post=post, covered_by=cast.over, starts_on=BEGAN, ends_on=TODAY)
    Cover.objects.create(post=post, covered_by=cast.cyra, starts_on=TODAY, ends_on=TODAY + timedelta(days=7))


def _subjects(cast: Cast) -> dict[str, UUID]:
    bell, mina, peter = (cast.actor(who) for who in ("bell", "mina", "peter"))
    her, brother = child(cast, HER, cast.oakfield), child(cast, BROTHER, cast.oakfield)
    exclusions = [kept_from(cast, each, who) for each in (her, brother) for who in EXCLUDED]
    sent(cast, her, cast.oakfield)
    link_siblings(one_id=her.pk, other_id=brother.pk, by=bell, at=NOW)
    give_safe_address(subject_id=her.pk, address=WORDS, by=bell, at=NOW)
    words = {"why": Why.DANGER, "words": WORDS, "wished": None, "is_fresh": True}
    glass = break_glass(record_id=her.record_id, by=mina, at=NOW, **words)
    review_glass(glass_id=glass.pk, verdict=Verdict.RIGHT, remarks=WORDS, by=peter, at=NOW)
    let_guest_read(record_id=her.record_id, person_id=cast.finn.pk, until=TODAY, by=bell, at=NOW)
    found = {"subject_id": her.pk, "record_id": her.record_id, "glass_id": glass.pk}
    return found | {"exclusion_id": exclusions[0].pk}


def _notifications(cast: Cast) -> dict[str, UUID]:
    said = {"said": WORDS, "where-child": WORDS, "present": "present"}
    items = notified.TOLD | {"circumstances": WORDS, "helpful": WORDS, "place": WORDS}
    of = NewChild(HER, (cast.oakfield.pk,), items=said, override=WORDS)
    row: Delivery = notified.read(cast, notified.one(cast, of, items=items))
    record_support(delivery_id=row.pk, new=NewSupport(Did.OVERT, WORDS), by=cast.actor("priya"), at=NOW)
    return {"delivery_id": row.pk, "notification_id": row.notification_id}


def _checks(cast: Cast, her: UUID) -> dict[str, UUID]:
    for identity in (HER, BROTHER):
        looked_for(cast, "mina", identity)
    mina = cast.actor("mina")
    said = {"concern": WORDS, "told": Told.NO_RISK, "untold": WORDS, "own_question": WORDS}
    new = checks.new(cast, {cast.oakfield.pk: {her}, cast.health.pk: {her}}, **said, is_other=True, other=WORDS)
    check = ask(new=new, by=mina, at=NOW)
    row = checks.ask_of(check, cast.oakfield)
    checks.answered(cast, row, "priya", WORDS, at=NOW)
    ask_update(update_id=uuid4(), ask_id=row.pk, words=WORDS, by=mina, at=NOW)
    checks.written(cast, row, "priya", WORDS, key="own", at=NOW)
    change_band(check_id=check.pk, band=Band.BLUE, why=WORDS, by=mina, at=NOW)
    return {"check_id": check.pk, "ask_id": row.pk}


def _intelligence(cast: Cast) -> dict[str, UUID]:
    said = dict.fromkeys(("matter", "handling", "agencies"), WORDS)
    row = matters.submitted(cast, **said, told_by=TELLER)
    link = matters.mentioned(cast, row, Thing.NAME, NAME, at=NOW)
    matters.graded(cast, row, at=NOW)
    report = matters.sanitised(cast, row, WORDS, has_looked=True, at=NOW)
    there = matters.sent(cast, report, cast.health, WORDS, at=NOW)
    assert there.handling == Handling.CONDITIONS
    return {"submission_id": row.pk, "link_id": link.pk, "dissemination_id": there.pk}
