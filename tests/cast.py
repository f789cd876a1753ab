"""The cast: who they are, where they work, and what each may be asked to try."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.test import Client

from haven.access.actor import NOBODY, Actor
from haven.access.roles import Kind, Role
from haven.people.models import Area, Organisation, Person, Post, ServedArea
from haven.people.queries import actor_of
from tests.behind import stop_the_clock

BEGAN = date(2020, 9, 1)
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)  # a Monday in term
TODAY = NOW.date()

ORGANISATIONS = {
    "oakfield": (Kind.SCHOOL, "Oakfield Primary School", 900001, "primary"),
    "ashdown": (Kind.SCHOOL, "Ashdown Academy", 900002, "secondary"),
    "council": (Kind.COUNCIL, "Fairhaven Council", None, ""),
    "police": (Kind.POLICE, "Fairhaven Police", None, ""),
    "health": (Kind.HEALTH, "Fairhaven Community Health", None, ""),
    "trainer": (Kind.TRAINER, "Fairhaven Learning", None, ""),
    "partnership": (Kind.PARTNERSHIP, "Fairhaven Safeguarding Partnership", None, ""),
}

PEOPLE = {
    "priya": ("Priya Nair", Role.DSL, "oakfield"),
    "tom": ("Tom Whitlock", Role.HEAD, "oakfield"),
    "grace": ("Grace Adeyemi", Role.DSL, "ashdown"),
    "marcus": ("Marcus Hale", Role.SAFEGUARDING_LEAD, "council"),
    "bell": ("PC Bell", Role.POLICE_OFFICER, "police"),
    "osei": ("Dr Osei", Role.HEALTH_PRACTITIONER, "health"),
    "lena": ("Lena Fisk", Role.SOCIAL_WORKER, "council"),
    "nadia": ("Nadia Rahman", Role.SCRUTINEER, "partnership"),
    "sam": ("Sam Loveday", None, None),
}


@dataclass
class Cast:
    """Fairhaven in small: its organisations and its people, by name."""

    area: Area
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Organisation | Person:
        for shelf in ("people", "organisations"):
            if name in self.__dict__.get(shelf, {}):
                return self.__dict__[shelf][name]
        raise AttributeError(name)

    def actor(self, name: str, *, on: date = TODAY) -> Actor:
        """The actor this person is, with her second factor."""
        if name == "nobody":
            return NOBODY
        return actor_of(person=self.people[name], has_second_factor=True, on=on)

    def client(self, name: str) -> Client:
        """A browser in which this person has signed in with a second factor; for "nobody", one in which nobody has."""
        client = Client()
        if name != "nobody":
            client.force_login(self.people[name])
            session = client.session
            session["account_authentication_methods_user"] = str(self.people[name].pk)
            at = session.now().timestamp()
            session["account_authentication_methods"] = [
                {"method": "password", "at": at},
                {"method": "mfa", "at": at, "type": "totp"},
            ]
            session.save()
        return client


def assemble() -> Cast:
    """Write the cast to the database, in few statements: most tests begin with it. In its transaction, the locks of
    rows judge by the cast's hour."""
    stop_the_clock(NOW)
    cast = Cast(Area.objects.create(name="Fairhaven", code="999"))
    for key, (kind, name, urn, phase) in ORGANISATIONS.items():
        cast.organisations[key] = Organisation(kind=kind.value, name=name, urn=urn, phase=phase)
    for key, (name, _, _) in PEOPLE.items():
        cast.people[key] = Person(email=f"{key}@example.org", name=name)
        cast.people[key].set_password(f"{key} walks her dog")
    Organisation.objects.bulk_create(cast.organisations.values())
    ServedArea.objects.bulk_create(
        ServedArea(organisation=made, area=cast.area, starts_on=BEGAN) for made in cast.organisations.values()
    )
    Person.objects.bulk_create(cast.people.values())
    Post.objects.bulk_create(
        Post(person=cast.people[key], organisation=cast.organisations[place], role=role.value, starts_on=BEGAN)
        for key, (_, role, place) in PEOPLE.items()
        if role and place
    )
    return cast
