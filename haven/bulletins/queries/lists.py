"""Lists of bulletins: what reached this actor, filtered and searched."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import and_, or_
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Count, F, Q
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.decision import require
from haven.bulletins.models import Bulletin
from haven.bulletins.policy import may_enter, prepared_by, read_by
from haven.bulletins.queries.pages import audience_in_words
from haven.bulletins.queries.withholding import Secrets, secrets_from
from haven.bulletins.rules.marking import perhaps_named, redacted
from haven.bulletins.rules.publishing import ItemState, Standing
from haven.bulletins.rules.searching import meant

ASKED = Q(items__kind__in=["action", "deadline"], items__state=ItemState.ACCEPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is looked for. `kind` and `year` none mean any."""

    words: str = ""
    kind: str = ""
    year: int | None = None
    has_old: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One bulletin as a line of a list."""

    id: UUID
    title: str
    kind: str
    kind_label: str
    published_at: datetime | None
    for_whom: list[str]
    asked: int
    is_over: bool
    is_withdrawn: bool
    is_public: bool


def bulletins_for(*, by: Actor, on: date, sought: Sought) -> QuerySet[Bulletin]:
    """What she may read and is looking for, the best match or the newest first. Raises `Refused`."""
    require(may_enter(by))
    found = Bulletin.objects.filter(read_by(by, on) | _made_by(by))
    if not sought.has_old:
        found = found.filter(Q(standing=Standing.PUBLISHED), Q(expires_on__isnull=True) | Q(expires_on__gt=on))
    return searched(found, sought)


def searched(found: QuerySet[Bulletin], sought: Sought) -> QuerySet[Bulletin]:
    """Of these, the ones that fit."""
    found = found.prefetch_related("audience__cluster", "audience__organisation")
    if sought.kind:
        found = found.filter(kind=sought.kind)
    if sought.year:
        found = found.filter(published_at__year=sought.year)
    query = _query(meant(sought.words))
    if query is None:
        return found.order_by("-published_at", "id")
    ranked = found.filter(search=query).annotate(rank=SearchRank(F("search"), query))
    return ranked.order_by("-rank", "-published_at", "id")


def lines_of(bulletins: Iterable[Bulletin], *, by: Actor, on: date) -> list[Listed]:
    """These bulletins as lines, each with what this reader may not have withheld."""
    shown = list(bulletins)
    counts = _counts(shown)
    secrets = {area: secrets_from(by=by, area=area, on=on) for area in {each.area_id for each in shown}}
    titles = "\n".join(each.title for each in shown)
    named = {area: perhaps_named(titles, found) for area, found in secrets.items()}
    return [_line(each, counts.get(each.pk, 0), named[each.area_id], on) for each in shown]


def public_lines_of(bulletins: Iterable[Bulletin], secrets: Secrets, on: date) -> list[Listed]:
    """These bulletins as lines for anybody."""
    shown = list(bulletins)
    counts = _counts(shown)
    named = perhaps_named("\n".join(each.title for each in shown), secrets)
    return [_line(each, counts.get(each.pk, 0), named, on) for each in shown]


def newest_for(*, by: Actor, at_most: int, on: date) -> list[Listed]:
    """The newest that reached her, for the home page; none for who reads no bulletins."""
    if not may_enter(by):
        return []
    return lines_of(bulletins_for(by=by, on=on, sought=Sought())[:at_most], by=by, on=on)


def _made_by(by: Actor) -> Q:
    return prepared_by(by) & Q(standing__in=[Standing.PUBLISHED, Standing.WITHDRAWN])


def _counts(bulletins: list[Bulletin]) -> dict[UUID, int]:
    asked = Bulletin.objects.filter(ASKED, pk__in=[each.pk for each in bulletins])
    return dict(asked.annotate(asked=Count("items")).values_list("pk", "asked"))


def _line(bulletin: Bulletin, asked: int, secrets: Secrets, on: date) -> Listed:
    return Listed(
        id=bulletin.pk,
        title=redacted(bulletin.title, secrets),
        kind=bulletin.kind,
        kind_label=bulletin.get_kind_display(),
        published_at=bulletin.published_at,
        for_whom=audience_in_words(bulletin),
        asked=asked,
        is_over=bulletin.expires_on is not None and bulletin.expires_on <= on,
        is_withdrawn=bulletin.standing == Standing.WITHDRAWN,
        is_public=bulletin.is_public,
    )


def _query(parts: list[tuple[str, ...]]) -> SearchQuery | None:
    """All the parts, each in any of its forms."""
    if not parts:
        return None
    each = [
        reduce(or_, [SearchQuery(form, config="english", search_type=_type(form)) for form in forms]) for forms in parts
    ]
    return reduce(and_, each)


def _type(form: str) -> str:
    return "phrase" if " " in form else "plain"
