"""What is kept of children in Fairhaven: one is held for an inquiry, the time of two is over, one record is lent.

All of them were named in the term of notifications. Be Pavel to decide the erasure that Marcus asked for.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from haven.access.actor import HAVEN
from haven.config.demo.history import leading
from haven.people.models import Person
from haven.people.queries import actor_of
from haven.people.seeing import working_as
from haven.subjects import services
from haven.subjects.models import Record, Subject

HELD, ASKED, DUE, LENT = range(4)


def furnish_keeping(today: date) -> None:
    """Hold one, ask for one to be erased, let the time of another be over, lend one that has a safe address."""
    at, lead = timezone.now(), leading(today)
    bell, osei = (Person.objects.get(email=f"{name}@example.org") for name in ("bell", "osei"))
    officer = actor_of(person=bell, has_second_factor=True, on=today)
    with transaction.atomic(), working_as(HAVEN, "subjects.erasing"):
        rows = list(Subject.objects.filter(record__owner__kind="police").order_by("added_at", "pk")[:4])
        over = date(today.year - 1, 9, 1)  # made up: nobody is kept so shortly
        Record.objects.filter(about__subject__in=[rows[ASKED], rows[DUE]]).update(review_on=over)
    services.hold(subject_id=rows[HELD].pk, why="Inquiry 2026/4, letter of the coroner", by=lead, at=at)
    services.ask_erasure(subject_id=rows[ASKED].pk, by=lead, at=at)
    services.give_safe_address(
        subject_id=rows[LENT].pk, address="c/o Safe Tides, 020 7946 0123 first", by=officer, at=at
    )
    until = today + timedelta(days=14)
    services.let_guest_read(record_id=rows[LENT].record_id, person_id=osei.pk, until=until, by=officer, at=at)
