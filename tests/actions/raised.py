"""Actions for the tests to work on."""

from dataclasses import replace
from datetime import date

from haven.actions.models import Action, Assignment
from haven.actions.rules import ALL_SCHOOLS, WantedAction
from haven.actions.services import raise_action, set_own_action
from tests.cast import NOW, Cast

DUE = date(2026, 3, 20)


def wish(cast: Cast, **changes: object) -> WantedAction:
    """The audit, asked of all schools by 20 March; with what is changed."""
    plain = WantedAction(
        what="Return the audit",
        asked_by=cast.council.pk,
        audience=(ALL_SCHOOLS,),
        due_on=DUE,
        quote="Please return the audit by 20 March.",
        source_label="January cluster meetings",
        source_address="/bulletins/",
    )
    return replace(plain, **changes)


def raised(cast: Cast, **changes: object) -> Action:
    """The wish, granted to Marcus."""
    return raise_action(area=cast.area, wanted=wish(cast, **changes), by=cast.actor("marcus"), at=NOW)


def own(cast: Cast, who: str = "priya", school: str = "oakfield", **changes: object) -> Action:
    """What one school sets for itself; with what is changed of the wish."""
    plain = wish(cast, what="Check the visitor book", quote="", source_label="", source_address="")
    return set_own_action(
        organisation_id=cast.organisations[school].pk, wanted=replace(plain, **changes), by=cast.actor(who), at=NOW
    )


def assigned(cast: Cast, school: str = "oakfield", **changes: object) -> Assignment:
    """One school's assignment of an action raised for it."""
    return raised(cast, **changes).assignments.get(organisation=cast.organisations[school])
