"""Where editions stand on a day, as filters: the same as rules.life says of one edition."""

from datetime import date

from django.db.models import Q

from haven.guidance.rules.life import Ending, Stage


def in_force(on: date) -> Q:
    """The editions in force on this day."""
    return Q(in_force_on__lte=on) & ~_ended(on)


def at_stage(stage: Stage, on: date) -> Q:
    """The editions that stand there on this day."""
    begun = Q(in_force_on__lte=on)
    issued = Q(issued_on__lte=on) | Q(for_information_on__lte=on)
    closed = Q(closes_on__lt=on)
    opened = Q(opens_on__lte=on) | Q(opens_on__isnull=True, closes_on__isnull=False)
    unissued = ~_ended(on) & _not(begun) & _not(issued)
    match stage:
        case Stage.SUPERSEDED | Stage.WITHDRAWN | Stage.ABSORBED:
            return Q(ended_on__lte=on, ending=Ending(stage.value).value)
        case Stage.IN_FORCE:
            return in_force(on)
        case Stage.FOR_INFORMATION:
            return ~_ended(on) & _not(begun) & issued
        case Stage.CONSULTED:
            return unissued & closed
        case Stage.CONSULTATION:
            return unissued & _not(closed) & opened
        case Stage.PROMISED:
            return unissued & _not(closed) & _not(opened)


def _ended(on: date) -> Q:
    return Q(ended_on__isnull=False, ended_on__lte=on)


def _not(each: Q) -> Q:
    return ~each
