"""What may be known of people, organisations and calendars, one module per noun."""

from haven.people.models import on_day
from haven.people.queries.actors import actor_of
from haven.people.queries.calendars import calendar_of, calendars_of, calendars_on
from haven.people.queries.organisations import (
    areas_led_by,
    clusters_of,
    directory,
    organisation_for,
    organisations_of,
    schools_of,
)
from haven.people.queries.posts import Recipient, holders, holding
from haven.people.queries.serving import council_of, councils_of

__all__ = [
    "Recipient",
    "actor_of",
    "areas_led_by",
    "calendar_of",
    "calendars_of",
    "calendars_on",
    "clusters_of",
    "council_of",
    "councils_of",
    "directory",
    "holders",
    "holding",
    "on_day",
    "organisation_for",
    "organisations_of",
    "schools_of",
]
