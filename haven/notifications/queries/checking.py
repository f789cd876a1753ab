"""What is wrong with a sending, in words for whoever sends it and without a name of any child."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from haven.access.roles import Kind
from haven.engines.days.moments import local_day
from haven.notifications.models import ForceProfile
from haven.notifications.queries.settings import items_of, profile_of
from haven.notifications.rules.items import faults
from haven.notifications.rules.phases import teaches
from haven.notifications.rules.sending import NewChild, NewNotification, age_on, content_of
from haven.people.models import Organisation
from haven.people.queries.organisations import THERE
from haven.people.queries.serving import organisations_at
from haven.subjects.rules import naming
from haven.subjects.rules.finding import spelling

MOST_CHILDREN = 20
NO_CHILD = "Give at least one child."
TOO_MANY = f"Send at most {MOST_CHILDREN} children at once."
NO_PLACE = "Choose a school, or say that the child is taught at home."
NO_SCHOOL = "Choose a school that is open."
SAME_SCHOOL = "The same school is chosen twice."
SAME_CHILD = "This child is here twice."
TOO_YOUNG_OR_OLD = "This force notifies of children from {first} to {last}. This child is {age}."
WRONG_PHASE = "{school} does not usually teach at the age of {age}. Choose another, or say why it is right."


def faults_of(new: NewNotification, *, at: datetime) -> list[str]:
    """Every fault, the child named by her place in the sending; none where it can be sent."""
    return faults_of_all([new], at=at)[0]


def faults_of_all(new: Sequence[NewNotification], *, at: datetime) -> list[list[str]]:
    """The same for many."""
    profiles = {sender: profile_of(organisation=sender) for sender in {each.sender for each in new}}
    wanted = {school for each in new for child in each.children for school in child.schools}
    rows = organisations_at(organisations=wanted)
    schools = {pk: row for pk, row in rows.items() if row.kind == Kind.SCHOOL and row.status in THERE}
    return [_faults(each, schools, profiles[each.sender], at) for each in new]


def _faults(
    new: NewNotification, schools: Mapping[UUID, Organisation], profile: ForceProfile, at: datetime
) -> list[str]:
    if not 1 <= len(new.children) <= MOST_CHILDREN:
        return [TOO_MANY if new.children else NO_CHILD]
    said = []
    for place, child in enumerate(new.children, start=1):
        wrong = _wrong(new, child, schools, profile, at)
        if any(_is_same(child.identity, other.identity) for other in new.children[: place - 1]):
            wrong.append(SAME_CHILD)
        said += [f"Child {place}: {each}" for each in wrong] if len(new.children) > 1 else wrong
    return said


def _is_same(one: naming.Identity, other: naming.Identity) -> bool:
    return one.born_on == other.born_on and spelling(one) == spelling(other)


def _wrong(
    new: NewNotification, child: NewChild, schools: Mapping[UUID, Organisation], profile: ForceProfile, at: datetime
) -> list[str]:
    on = local_day(at)
    said = naming.faults(child.identity.tidy(), naming.Sort.CHILD, on)
    if not child.schools and child.home_area is None:
        said.append(NO_PLACE)
    if len(set(child.schools)) < len(child.schools):
        said.append(SAME_SCHOOL)
    if set(child.schools) - set(schools):
        said.append(NO_SCHOOL)
    try:
        said += faults(content_of(new, child), items_of(profile), at).values()
    except ValueError as strange:
        said.append(f"There is no such item: {strange}.")
    if child.identity.born_on and not said:
        said += _of_age(child, [schools[each] for each in child.schools], profile, on)
    return said


def _of_age(child: NewChild, schools: list[Organisation], profile: ForceProfile, on: date) -> list[str]:
    assert child.identity.born_on is not None
    age = age_on(child.identity.born_on, on)
    if not profile.ages_from <= age <= profile.ages_to:
        return [TOO_YOUNG_OR_OLD.format(first=profile.ages_from, last=profile.ages_to, age=age)]
    if child.override.strip():
        return []
    return [WRONG_PHASE.format(school=each.name, age=age) for each in schools if not teaches(each.phase, age)]
