"""By which kind of organisation contributions are told apart."""

from collections.abc import Mapping

from haven.access.roles import Kind

PHASES: Mapping[str, tuple[str, str]] = {
    "nursery": ("Nursery schools", "a nursery school"),
    "primary": ("Primary schools", "a primary school"),
    "middle": ("Middle schools", "a middle school"),
    "secondary": ("Secondary schools", "a secondary school"),
    "16-plus": ("Sixth forms", "a sixth form"),
    "all-through": ("All-through schools", "an all-through school"),
    "": ("Other schools", "a school"),
}
"""Schools by phase: how they are called, and how one of them is."""

AGENCIES: Mapping[Kind, tuple[str, str]] = {
    Kind.COUNCIL: ("The council", "the council"),
    Kind.POLICE: ("Police", "the police"),
    Kind.HEALTH: ("Health", "a health service"),
    Kind.TRAINER: ("Training providers", "a training provider"),
    Kind.CHARITY: ("Charities", "a charity"),
}
"""Agencies by kind. The partnership scrutinises and a trust has nobody to speak for it here: neither contributes."""

CONTRIBUTING = frozenset({Kind.SCHOOL, *AGENCIES})
"""The kinds of organisation that contribute."""

ORDER = [*(name for name, _ in PHASES.values()), *(name for name, _ in AGENCIES.values())]


def group_of(kind: Kind, phase: str) -> tuple[str, str]:
    """How its kind is called, and how one of the kind is."""
    return PHASES.get(phase, PHASES[""]) if kind is Kind.SCHOOL else AGENCIES[kind]
