"""What was made of what was told, and who takes part: counted by Haven, told without pointing at anybody.

Nothing is counted before its month is over, so that nobody sees a school's number rise on the day on which something
comes in. What is about somebody from whom she who looks is kept is not counted for her.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, require
from haven.engines.days.moments import local_day, moment
from haven.intelligence.disclosure.opening import source_of
from haven.intelligence.models import Receipt, Source, Submission
from haven.intelligence.policy import kept_from, may_see_month, may_see_schools
from haven.intelligence.rules.counting import Standing, Table, is_over, month_after, safe_table, standing
from haven.intelligence.rules.outcomes import ANSWERS, OUTCOME_IN_WORDS
from haven.intelligence.rules.telling import THEME_IN_WORDS
from haven.people.models import TermDates
from haven.people.queries import schools_of
from haven.people.seeing import working_as

NOT_OVER = "A month is told of when it is over"


@dataclass(frozen=True, slots=True)
class Month:
    """What was told in one month, by what it was about; and what was answered in it. `schools` stands as of its end."""

    first: date
    told: Table
    answered: Table
    schools: Standing


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """How much one school has sent."""

    school: UUID
    name: str
    phase: str
    in_term: int
    in_year: int
    ever: int


@dataclass(frozen=True, slots=True)
class TakingPart:
    """Who takes part, school by school: for those who lead, and never with what was sent."""

    term: str
    starts_on: date
    until: date
    """The last day that is counted."""
    schools: Sequence[SchoolLine]
    standing: Standing

    @property
    def never(self) -> int:
        """How many schools have never sent anything."""
        return sum(not each.ever for each in self.schools)

    @property
    def sent_in_term(self) -> int:
        """How many have this term."""
        return sum(bool(each.in_term) for each in self.schools)


def month_told(*, area: UUID, first: date, by: Actor, at: datetime) -> Month:
    """One month that is over. Raises `Refused`."""
    require(may_see_month(by, area))
    if not is_over(first, local_day(at)):
        raise Refused(Reason.NOT_READY, NOT_OVER)
    starts, ends = moment(first, time()), moment(month_after(first), time())
    kept = kept_from(by)
    but = _receipts_of(kept)
    rows = Submission.objects.filter(area=area).exclude(pk__in=kept)
    with transaction.atomic(), working_as(HAVEN, "intelligence.counting"):
        told = Counter(rows.filter(received_at__gte=starts, received_at__lt=ends).values_list("theme", flat=True))
        made = Counter(rows.filter(answered_at__gte=starts, answered_at__lt=ends).values_list("outcome", flat=True))
        sent = _sent_by_school(area, Q(sent_on__gte=first, sent_on__lt=month_after(first)), but=but)
    schools = schools_of(area=area, on=local_day(at)).values_list("pk", flat=True)
    return Month(
        first=first,
        told=safe_table({words: told[theme] for theme, words in THEME_IN_WORDS.items()}),
        answered=safe_table({OUTCOME_IN_WORDS[each]: made[each] for each in ANSWERS}),
        schools=standing([sent[school] for school in schools]),
    )


def taking_part(*, area: UUID, by: Actor, at: datetime) -> TakingPart:
    """Who has sent how much this term, this school year and ever, as of the end of the last month; those who sent least
    come first. Raises `Refused`.
    """
    require(may_see_schools(by, area))
    today = local_day(at)
    until = today.replace(day=1) - timedelta(days=1)
    term, starts_on = _term(area, until)
    but = _receipts_of(kept_from(by))
    with transaction.atomic(), working_as(HAVEN, "intelligence.counting"):
        in_term, in_year, ever = (
            _sent_by_school(area, Q(sent_on__gte=since, sent_on__lte=until), but=but)
            for since in (starts_on, _year_of(until), date.min)
        )
    lines = [
        SchoolLine(each.pk, each.name, each.get_phase_display(), in_term[each.pk], in_year[each.pk], ever[each.pk])
        for each in schools_of(area=area, on=today)
    ]
    lines.sort(key=lambda each: (each.ever > 0, each.in_year, each.in_term, each.name))
    return TakingPart(term, starts_on, until, lines, standing([each.in_term for each in lines]))


def _sent_by_school(area: UUID, when: Q, *, but: Collection[UUID]) -> Counter[UUID]:
    rows = Receipt.objects.filter(when, area=area).exclude(pk__in=but).values_list("organisation").annotate(Count("pk"))
    return Counter(dict(rows.order_by()))


def _receipts_of(submissions: Collection[UUID]) -> frozenset[UUID]:
    """The receipts of these. Which they are stands in the sealed sources alone: Haven opens them and tells nobody."""
    if not submissions:
        return frozenset()
    with transaction.atomic(), working_as(HAVEN, "intelligence.answering"):
        found = [source_of(each) for each in Source.objects.filter(submission__in=submissions)]
    return frozenset(each.receipt for each in found if each is not None)


def _year_of(day: date) -> date:
    """When the school year of a day began."""
    return date(day.year if day.month >= 9 else day.year - 1, 9, 1)


def _term(area: UUID, day: date) -> tuple[str, date]:
    """The term that is under way or the last before: its halves are one. Without dates, the school year."""
    last = TermDates.objects.filter(area=area, starts_on__lte=day).order_by("-starts_on").first()
    if last is None:
        return "school year", _year_of(day)
    name = last.name.rstrip(" 12")
    halves = TermDates.objects.filter(area=area, school_year=last.school_year, name__startswith=name)
    return f"{name} term", min(halves.values_list("starts_on", flat=True))
