"""The rows of people, one module per noun."""

from haven.people.models.areas import Area, Cluster, ClusterPlace, ServedArea
from haven.people.models.calendars import DayOverride, TermDates
from haven.people.models.dated import on_day
from haven.people.models.organisations import Organisation, Phase, Status, Succession
from haven.people.models.persons import Cover, Invitation, Person, Post

__all__ = [
    "Area",
    "Cluster",
    "ClusterPlace",
    "Cover",
    "DayOverride",
    "Invitation",
    "Organisation",
    "Person",
    "Phase",
    "Post",
    "ServedArea",
    "Status",
    "Succession",
    "TermDates",
    "on_day",
]
