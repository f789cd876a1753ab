"""Who works elsewhere and has a child of the same name and birth date: another council, and programs that sign."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from haven.access.roles import Kind
from haven.api.models import ProgramKey
from haven.checks.models import Check
from haven.checks.services import ask
from haven.people.models import Area, Organisation, Person, Post, ServedArea
from haven.subjects.disclosure.finding import find
from haven.subjects.disclosure.recording import Purpose
from haven.subjects.rules.bases import Flow
from haven.subjects.rules.naming import Sort
from haven.subjects.services import add_subject, enrol
from tests.api.programs import YEAR, Program, let_in, of_another_force
from tests.cast import BEGAN, NOW, Cast
from tests.checks.asked import new
from tests.subjects.known import JONAH

PLACES = {
    "eastmere": (Kind.COUNCIL, "Eastmere Council", None, ""),
    "force": (Kind.POLICE, "Eastmere Police", None, ""),
    "sandgate": (Kind.SCHOOL, "Sandgate Primary School", 900201, "primary"),
}
PEOPLE = {
    "noor": ("Noor Jellicoe", "mash-coordinator", "eastmere"),
    "glen": ("Glen Inchbald", "police-officer", "force"),
    "kaye": ("Kaye Dunmore", "safeguarding-lead", "eastmere"),
}
HERE, THERE = ("999", 900001), ("998", 900201)  # the area and the school to which a program sends


def settle(cast: Cast) -> None:
    """Another area with a council, a force and a school of its own."""
    area = Area.objects.create(name="Eastmere", code=THERE[0])
    for key, (kind, name, urn, phase) in PLACES.items():
        made = Organisation.objects.create(kind=kind.value, name=name, urn=urn, phase=phase)
        ServedArea.objects.create(organisation=made, area=area, starts_on=BEGAN)
        cast.organisations[key] = made
    for key, (name, role, place) in PEOPLE.items():
        cast.people[key] = Person.objects.create(email=f"{key}@example.org", name=name)
        Post.objects.create(person=cast.people[key], organisation=cast.organisations[place], role=role, starts_on=BEGAN)


def check_there(cast: Cast) -> Check:
    """What that council asks about a child of its own who has the hidden child’s name and birth date."""
    area = Area.objects.get(code=THERE[0]).pk
    glen, noor = cast.actor("glen"), cast.actor("noor")
    theirs = add_subject(area=area, sort=Sort.CHILD, identity=JONAH, by=glen, at=NOW)
    enrol(subject_id=theirs.pk, school_id=cast.sandgate.pk, starts_on=BEGAN, by=glen, at=NOW)
    find(area=area, identity=JONAH, purpose=Purpose(Flow.LOOKED_UP, "case 2026/17"), by=noor, at=NOW)
    return ask(new=new(cast, {cast.sandgate.pk: {theirs.pk}}, area=area), by=noor, at=NOW)


def programs(cast: Cast) -> dict[str, tuple[Program, tuple[str, int]]]:
    """Each with the area and the school to which it sends: of another force that works in the same area, of one that
    does not, of another council; and that of the force which sends what is hidden.

    Haven lets in no program of a council. One whose key somebody wrote into the database must still learn nothing.
    """
    own, away, council = (Program(Ed25519PrivateKey.from_private_bytes(bytes([each]) * 32)) for each in (21, 22, 23))
    let_in(cast, own)
    for program, place in ((away, cast.force), (council, cast.eastmere)):
        ProgramKey.objects.create(
            organisation=place,
            program="Case system",
            name=program.name,
            public=program.key.public_key().public_bytes_raw(),
            starts_at=NOW,
            ends_at=NOW + YEAR,
            registered_at=NOW,
            registered_by=cast.glen,
            approved_at=NOW,
            approved_by=cast.kaye,
        )
    made = {"own": (own, HERE), "northmoor": (of_another_force(cast), HERE)}
    return made | {"away": (away, THERE), "council": (council, THERE)}
