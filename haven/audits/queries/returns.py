"""Returns: one with all its pages need; many with what is counted of each, and when it was first sent."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.audits.models import Copy, Notice, Return, Signature
from haven.audits.policy import may_read
from haven.audits.rules.life import OWING
from haven.audits.rules.standing import step_waited
from haven.people.models import Status
from haven.questions.models import Tally

NOT_SENT = "It has not been sent yet."
REMINDING = (Notice.Kind.CHASED, Notice.Kind.SOON)


def return_with_all(*, return_id: UUID) -> Return:
    """A return with its cycle, area, school, window and sheet. Who may, the caller asks. Raises `DoesNotExist`."""
    rows = Return.objects.select_related(
        "cycle__area", "cycle__version", "organisation", "window", "sheet__version", "sheet__organisation"
    )
    return rows.defer("cycle__version__content", "sheet__version__content").get(pk=return_id)


def return_read(*, return_id: UUID, by: Actor) -> Return:
    """The same, for its school, and for leads of the area once it was sent. Raises `Refused`, or `DoesNotExist`."""
    of = return_with_all(return_id=return_id)
    require(may_read(by, of))
    return of


def sent_copy(of: Return) -> Copy:
    """The copy that was sent last, whether or not it still stands. Raises `Refused` where none was."""
    copy = of.copies.filter(sent_at__isnull=False).order_by("-number").first()
    if copy is None:
        raise Refused(Reason.WRONG_STATE, NOT_SENT)
    return copy


def with_signed(rows: QuerySet[Return]) -> QuerySet[Return]:
    """Each with `signed`: how many signatures the copy that stands has."""
    standing = Signature.objects.filter(copy__of=OuterRef("pk"), copy__lapsed_at__isnull=True)
    return rows.annotate(signed=_summed(standing, "copy__of", Count("pk")))


def with_progress(rows: QuerySet[Return]) -> QuerySet[Return]:
    """Each with `asked` and `answered`, over all its sections, and `first_sent_at`: the first of its copies."""
    tallies = Tally.objects.filter(sheet=OuterRef("sheet"))
    sent = Copy.objects.filter(of=OuterRef("pk"), sent_at__isnull=False).order_by().values("of")
    return rows.annotate(
        asked=_summed(tallies, "sheet", Sum("asked")),
        answered=_summed(tallies, "sheet", Sum("answered")),
        first_sent_at=Coalesce(Subquery(sent.annotate(first=Min("sent_at")).values("first")), "submitted_at"),
    )


def step_of(row: Any) -> int:
    """Which signature a return of `with_signed` waits for; nought where none."""
    return step_waited(row.state, row.signed)


def owing(rows: QuerySet[Return]) -> QuerySet[Return]:
    """Those that have still to be sent, of schools that are still there."""
    return rows.filter(state__in=OWING).exclude(organisation__status=Status.CLOSED)


def last_reminded(returns: Iterable[UUID]) -> Mapping[tuple[UUID, int], datetime]:
    """When those whose turn it is were last reminded: by return and the signature that was waited for."""
    rows = Notice.objects.filter(of__in=list(returns), kind__in=REMINDING).order_by().values("of", "step")
    return {(row["of"], row["step"]): row["last"] for row in rows.annotate(last=Max("made_at"))}


def returns_by_id(returns: Collection[UUID]) -> Mapping[UUID, Any]:
    """Returns with what decides whether there is still something to tell of them."""
    rows = Return.objects.filter(pk__in=returns).select_related("cycle", "organisation", "window")
    return with_signed(rows.defer("cycle__sample")).in_bulk()


def _summed(rows: QuerySet[Any], by: str, what: Any) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values(by).annotate(sum=what).values("sum")), 0)
