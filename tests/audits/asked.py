"""A cycle that is open for Oakfield and Ashdown, and the steps through it that tests share."""

from datetime import timedelta
from typing import Any

from haven.actions.rules import ALL_SCHOOLS
from haven.audits import services
from haven.audits.models import Cycle, Return
from haven.audits.rules.life import Window
from haven.audits.services.cycles import WantedCycle
from haven.questions.models import Version
from haven.questions.rules.answering import Entry
from haven.questions.services.answering import Saved, Typed
from tests.cast import NOW, TODAY, Cast
from tests.questions.template import released

WINDOW = Window(TODAY - timedelta(days=20), TODAY + timedelta(days=20), TODAY + timedelta(days=40))


def wish(version: Version | None = None, **changed: Any) -> WantedCycle:
    """A cycle of all schools, half-way through its first window."""
    wanted: dict[str, Any] = {
        "title": "Safeguarding audit 2025–26",
        "school_year": 2025,
        "version": (version or released()).pk,
        "window": WINDOW,
        "audience": (ALL_SCHOOLS,),
    }
    return WantedCycle(**(wanted | changed))


def prepared(cast: Cast, version: Version | None = None, **changed: Any) -> Cycle:
    """A cycle of which no school knows yet."""
    return services.prepare_cycle(area=cast.area, wanted=wish(version, **changed), by=cast.actor("marcus"), at=NOW)


def opened(cast: Cast, version: Version | None = None, **changed: Any) -> Cycle:
    """A cycle that its schools have been asked to answer."""
    cycle = prepared(cast, version, **changed)
    return services.open_cycle(cycle_id=cycle.pk, by=cast.actor("marcus"), at=NOW)


def return_of(cast: Cast, cycle: Cycle, school: str = "oakfield") -> Return:
    """A school's return, as it stands."""
    return Return.objects.select_related("cycle", "sheet", "organisation").get(
        cycle=cycle, organisation=cast.organisations[school]
    )


def begun(cast: Cast, cycle: Cycle | None = None, who: str = "priya") -> Return:
    """Oakfield's return, begun by its lead; Ashdown's where Grace begins."""
    school = "ashdown" if who == "grace" else "oakfield"
    of = return_of(cast, cycle or opened(cast), school)
    return services.begin_return(return_id=of.pk, by=cast.actor(who), at=NOW)


def typed(value: Any = None, words: str = "", *, seen: int = 0, **more: Any) -> Typed:
    """What somebody types for one question."""
    return Typed(Entry(value=value, words=words, **more), seen)


def answer(cast: Cast, of: Return, who: str = "priya", **values: Any) -> dict[str, Saved]:
    """Answer questions, by their keys with underscores, with these values."""
    entries = {key.replace("_", "-"): each if isinstance(each, Typed) else typed(each) for key, each in values.items()}
    return dict(services.save_return(return_id=of.pk, typed=entries, by=cast.actor(who), at=NOW))


def answered(cast: Cast, of: Return, who: str = "priya") -> Return:
    """The return with every compulsory question answered; one is partly and one not in place."""
    by_on = TODAY + timedelta(days=60)
    answer(
        cast,
        of,
        who,
        lead_named="met",
        lead_trained_on="2025-09-01",
        has_nursery="no",
        policy_read=typed("amber", "Two have not."),
        policy_lived=typed("3", "We begin in June.", by_on=by_on),
        referrals=4,
        sixth_form="met",
    )
    return Return.objects.get(pk=of.pk)
