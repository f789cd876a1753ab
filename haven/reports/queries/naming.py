"""Whether words name a school of a cycle, or somebody who works for it or reads it."""

from collections.abc import Sequence
from dataclasses import dataclass

from haven.access.roles import COUNCIL_LEADS, SCHOOL_ROLES
from haven.audits.models import Cycle
from haven.moderation.models import Feedback
from haven.people.models import Organisation, Person
from haven.reports.rules.withholding import names_found, short_name


@dataclass(frozen=True, slots=True)
class Naming:
    """The names that words without names must not hold."""

    full: Sequence[str]  # of schools and people, and the numbers of schools
    short: Sequence[str]  # as people call the schools

    def certain(self, words: str) -> list[str]:
        """Those that stand there in full."""
        return names_found(words, self.full) if words else []

    def likely(self, words: str) -> list[str]:
        """Those that may be meant."""
        return names_found(words, self.short) if words else []


def naming(cycle: Cycle) -> Naming:
    """The names around a cycle, for a check of words alone."""
    schools = list(Organisation.objects.filter(audit_returns__cycle=cycle).values_list("pk", "name", "urn"))
    held = Person.objects.filter(
        posts__organisation__in=[pk for pk, _, _ in schools], posts__role__in=[role.value for role in SCHOOL_ROLES]
    )
    leads = Person.objects.filter(
        posts__organisation__served_areas__area=cycle.area_id, posts__role__in=[role.value for role in COUNCIL_LEADS]
    )
    signed = Feedback.objects.filter(copy__of__cycle=cycle).values_list("name", flat=True)
    people = {*held.values_list("name", flat=True), *leads.values_list("name", flat=True), *signed}
    numbers = [str(urn) for _, _, urn in schools if urn]
    names = [name for _, name, _ in schools]
    short = {short_name(name, but=(cycle.area.name,)) for name in names}
    return Naming(full=(*names, *numbers, *sorted(people)), short=sorted(each for each in short if each))
