"""Children of Fairhaven, all invented, and those who work with what is known of them."""

from collections.abc import Mapping
from datetime import date, timedelta

from haven.people.models import Organisation, Person, Post
from haven.subjects.disclosure.finding import find
from haven.subjects.disclosure.recording import Purpose
from haven.subjects.models import BrokenGlass, Erasure, Exclusion, Ground, Hold, Subject, TieRow
from haven.subjects.rules.bases import Flow
from haven.subjects.rules.naming import Identity, Sort
from haven.subjects.rules.ties import Asker
from haven.subjects.services import add_subject, enrol, exclude, send_record
from tests.behind import behind
from tests.cast import BEGAN, NOW, TODAY, Cast

JONAH = Identity("Jonah", "Quayle", date(2016, 5, 4))
ISLA = Identity("Isla", "Quayle", date(2012, 2, 29))
LATER = NOW + timedelta(minutes=5)

STAFF = {  # who joins the cast for this
    "dara": ("Dara Everdene", "duty-officer", "council"),
    "mina": ("Mina Hartshorn", "mash-coordinator", "council"),
    "peter": ("Pavel Kestrel", "privacy-officer", "council"),
    "hugo": ("Hamid Cottle", "home-education-officer", "council"),
    "dee": ("Divya Aldous", "deputy-dsl", "oakfield"),
    "ruth": ("Ruth Okafor", "chair-of-governors", "oakfield"),
}


def joined(cast: Cast, staff: Mapping[str, tuple[str, str, str]] = STAFF) -> None:
    """Let them join."""
    for key, (name, role, place) in staff.items():
        cast.people[key] = Person.objects.create(email=f"{key}@example.org", name=name)
        Post.objects.create(person=cast.people[key], organisation=cast.organisations[place], role=role, starts_on=BEGAN)


def child(cast: Cast, identity: Identity = JONAH, *schools: Organisation, who: str = "bell") -> Subject:
    """A child whom the police have named, at these schools."""
    made = add_subject(area=cast.area.pk, sort=Sort.CHILD, identity=identity, by=cast.actor(who), at=NOW)
    for school in schools:
        enrol(subject_id=made.pk, school_id=school.pk, starts_on=BEGAN, by=cast.actor(who), at=NOW)
    return made


def sent(cast: Cast, subject: Subject, *to: Organisation) -> Subject:
    """The same, her record sent to these."""
    for each in to:
        send_record(record_id=subject.record_id, to=each.pk, by=cast.actor("bell"), at=NOW)
    return subject


def kept_from(cast: Cast, subject: Subject, who: str, by: str = "bell"):
    """This person excluded."""
    return exclude(
        subject_id=subject.pk, person_id=cast.people[who].pk, ground=Ground.RELATIVE, by=cast.actor(by), at=NOW
    )


def looked_after(cast: Cast) -> tuple[Subject, Exclusion, BrokenGlass]:
    """A child of whom Oakfield was told, from whom one person is kept, and whose record was opened in an emergency."""
    subject = sent(cast, child(cast, JONAH, cast.oakfield), cast.oakfield)
    with behind():
        exclusion = Exclusion.objects.create(
            subject=subject,
            person=cast.osei,
            ground=Ground.KNOWN,
            set_as="sender",
            set_at=NOW,
            set_by=cast.bell,
            organisation=cast.police,
        )
        glass = BrokenGlass.objects.create(
            record=subject.record,
            person=cast.marcus,
            organisation=cast.council,
            role="Council safeguarding lead",
            why="danger",
            words=b"sealed",
            broken_at=NOW,
            ends_at=LATER,
            review_by=TODAY,
        )
    return subject, exclusion, glass


def held(cast: Cast, subject: Subject) -> tuple[Hold, Erasure, TieRow]:
    """A legal hold on a child, an erasure that somebody asked for in spite of it, and her record lent to a guest who
    has no business in any of this."""
    person = Person.objects.create(email="locum@example.org", name="Rosa Lovelock")
    Post.objects.create(person=person, organisation=cast.health, role="health-practitioner", starts_on=BEGAN)
    with behind():
        hold = Hold.objects.create(subject=subject, held_at=NOW, held_by=cast.marcus, why="Inquiry 2026/1")
        erasure = Erasure.objects.create(subject=subject, kept_as="child", asked_at=NOW, asked_by=cast.lena)
        until = NOW + timedelta(days=7)
        guest = TieRow.objects.create(record=subject.record, tie="guest", person=person, starts_at=NOW, ends_at=until)
    return hold, erasure, guest


def looked_for(cast: Cast, who: str, identity: Identity = JONAH, at=NOW):
    """What somebody finds who looks for this child."""
    purpose = Purpose(Flow.LOOKED_UP, "case 2026/17")
    return find(area=cast.area.pk, identity=identity, purpose=purpose, by=cast.actor(who), at=at)


def asker(cast: Cast, who: str, at=LATER, *, is_fresh: bool = False) -> Asker:
    """Somebody who asks."""
    return Asker(cast.actor(who, on=TODAY), at, is_fresh)


PURPOSE = Purpose(Flow.WITHIN, "what was sent to us")
