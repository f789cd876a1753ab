"""The second lock: the database itself shows confidential rows only to whom they concern, whatever a query forgot."""

from haven.people.seeing.context import SeeingNeedsTransaction, seeing, seeing_as, working_as
from haven.people.seeing.locking import LockRows
from haven.people.seeing.plans import plans_kept
from haven.people.seeing.ways import Granted, OfArea, OfOrganisation, OfPerson, Related, Under, Way

__all__ = [
    "Granted",
    "LockRows",
    "OfArea",
    "OfOrganisation",
    "OfPerson",
    "Related",
    "SeeingNeedsTransaction",
    "Under",
    "Way",
    "plans_kept",
    "seeing",
    "seeing_as",
    "working_as",
]
