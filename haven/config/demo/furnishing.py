"""Furnishes the demonstration, once."""

from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from haven.config.commands.load import load_packs, packs_in
from haven.config.demo.audits import furnish_audits
from haven.config.demo.checks import furnish_checks
from haven.config.demo.consultations import furnish_consultations
from haven.config.demo.history import answer_year, leading, write_year
from haven.config.demo.intelligence import furnish_intelligence
from haven.config.demo.keeping import furnish_keeping
from haven.config.demo.notifications import furnish_notifications
from haven.config.demo.places import furnish_places
from haven.config.demo.policies import furnish_policies
from haven.config.demo.procedures import JUDGED_ON, furnish_procedures
from haven.config.demo.readings import furnish_readings
from haven.people.models import Area

KEY = 960_000  # of the lock that keeps two starts from furnishing at once


def furnish(say: Callable[[str], None]) -> None:
    """Write Fairhaven where it is not there yet. All or nothing: a start that is cut short leaves no half of it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [KEY])
        if Area.objects.exists():
            return
        say("furnishing Fairhaven: 96 schools and the people in them")
        today = timezone.localdate()
        area = furnish_places(today)
        load_packs(packs_in(settings.ROOT / "packs"), at=timezone.now())
        say("its own procedures in two editions, compared and judged")
        furnish_procedures(area, leading(JUDGED_ON))
        furnish_readings(today)
        say("a year of notes, what they asked, and what the schools answered")
        write_year(area, today)
        answer_year(today)
        furnish_policies(area, today)
        furnish_consultations(area, today)
        say("last year’s safeguarding audit, and this year’s in full swing")
        furnish_audits(area, today)
        say("a term of notifications, and what became of each")
        furnish_notifications(area, today)
        furnish_keeping(today)
        say("what schools told the intelligence unit")
        furnish_intelligence(area, today)
        say("MASH checks, from the first question to the last answer")
        furnish_checks(area, today)
