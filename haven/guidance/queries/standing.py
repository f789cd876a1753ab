"""Where editions stand on a day, as filters: the same as rules.life says of one edition."""

from datetime import date

from django.db.models import Q

from haven.guidance.rules.life import Ending, Stage


def in_force(on: date, path: str = "") -> Q:
    """The editions in force on this day; `path` leads to them, as in `edition__`."""
    return Q((f"{path}in_force_on__lte", on)) & _unended(on, path)


def at_stage(stage: Stage, on: date) -> Q:
    """The editions that stand there on this day."""
    begun = Q(in_force_on__lte=on)
    issued = Q(issued_on__lte=on) | Q(for_information_on__lte=on)
    closed = Q(closes_on__lt=on)
    opened = Q(opens_on__lte=on) | Q(opens_on__isnull=True, closes_on__isnull=False)
    unissued = _unended(on) & ~begun & ~issued
    match stage:
        case Stage.SUPERSEDED | Stage.WITHDRAWN | Stage.ABSORBED:
            return Q(ended_on__lte=on, ending=Ending(stage.value).value)
        case Stage.IN_FORCE:
            return in_force(on)
        case Stage.FOR_INFORMATION:
            return _unended(on) & ~begun & issued
        case Stage.CONSULTED:
            return unissued & closed
        case Stage.CONSULTATION:
            return unissued & ~closed & opened
        case Stage.PROMISED:
            return unissued & ~closed & ~opened


def _unended(on: date, path: str = "") -> Q:
    return Q((f"{path}ended_on__isnull", True)) | Q((f"{path}ended_on__gt", on))
