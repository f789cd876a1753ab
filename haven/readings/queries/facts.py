"""What signatures tell of what a school has read, by which questions answer themselves. `FACTS` names these queries."""

from datetime import date

from django.urls import reverse

from haven.engines.days.moments import day_in_words
from haven.people.models import Organisation
from haven.questions.queries.facts import Known, share
from haven.readings.models import Round
from haven.readings.queries.standing import Standing, standings
from haven.readings.rules.parts import part_key
from haven.readings.rules.signing import DONE, WAITING
from haven.readings.rules.usual import KCSIE

PART_ONE = part_key("Part one")


def part_one_signed(school: Organisation, on: date) -> Known | None:
    """How many of those who must read Part one of the guidance that holds have signed for it."""
    rounds = _rounds(school, on)
    done, all_, found = 0, 0, []
    for each in rounds:
        if each.round.document.key != KCSIE:
            continue
        places = [place for place, part in enumerate(each.parts) if part.key == PART_ONE]
        states = [row.cells[place].state for row in each.rows for place in places]
        done += sum(state in DONE for state in states)
        all_ += sum(state in DONE or state in WAITING for state in states)
        found.append(each)
    return _known(done, all_, "have signed for Part one", found)


def staff_signed_guidance(school: Organisation, on: date) -> Known | None:
    """How many of all signatures that the school's rounds ask for have been given."""
    rounds = _rounds(school, on)
    done, all_ = sum(each.counts.done for each in rounds), sum(each.counts.all for each in rounds)
    return _known(done, all_, "signatures were given", rounds)


def _rounds(school: Organisation, on: date) -> list[Standing]:
    rows = Round.objects.filter(organisation=school, ended_at__isnull=True)
    related = rows.select_related("organisation", "document", "matrix__edition__document")
    return standings(rounds=list(related.order_by("due_on", "pk")), on=on)


def _known(done: int, all_: int, said: str, rounds: list[Standing]) -> Known | None:
    if not all_:
        return None
    about = "; ".join(
        f"{each.round.document.title}, {each.round.matrix.edition.label}, by {day_in_words(each.round.due_on)}"
        for each in rounds
    )
    records = tuple(
        (f"Who has signed: {each.round.document.title}", reverse("readings:round", args=[each.round.pk]))
        for each in rounds
    )
    return Known(share(done, all_), f"{done} of {all_} {said} ({about}).", records)
