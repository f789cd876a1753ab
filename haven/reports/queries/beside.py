"""Where a school stands among others: averages of what five others or more have sent, and nobody's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.audits.models import Return
from haven.audits.queries.heads import Head, head_of
from haven.audits.rules.life import IN_HAND
from haven.questions.models import Tally
from haven.questions.rules.outline import Section
from haven.reports.policy import may_see
from haven.reports.rules.comparing import Among, among, beside
from haven.reports.rules.shares import percent


@dataclass(frozen=True, slots=True)
class Line:
    """One section: the school's own share, and the averages of others as far as they may be shown."""

    section: Section | None  # none for all sections together
    own: int
    others: Among

    @property
    def word(self) -> str:
        """Where it stands, beside similar schools or else beside the area."""
        beside_whom = self.others.similar or self.others.area
        return beside(self.own, beside_whom) if beside_whom else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A school's return beside others."""

    head: Head
    fewest: int
    is_sent: bool
    phase: str
    whole: Line | None
    lines: tuple[Line, ...]

    @property
    def is_shown(self) -> bool:
        """Whether anything may be shown of others."""
        return any(line.others.area for line in (self.whole, *self.lines) if line)


def beside_others(*, return_id: UUID, by: Actor, on: date) -> Beside:
    """Where a school stands, once it has sent. Raises `Refused` where she does not work there."""
    rows = Return.objects.select_related("cycle__area", "cycle__version", "organisation", "window", "sheet")
    of = rows.defer("cycle__version__content").filter(pk=return_id).first()
    if of is None:
        raise Refused(Reason.NOT_THE_ORGANISATION)
    require(may_see(by, of))
    is_sent = of.state in IN_HAND
    lines = _lines(of) if is_sent else []
    return Beside(
        head=head_of(of, by=by, on=on),
        fewest=settings.AUDIT_FEWEST,
        is_sent=is_sent,
        phase=of.organisation.get_phase_display() if of.organisation.phase else "",
        whole=next((line for line in lines if line.section is None), None),
        lines=tuple(line for line in lines if line.section is not None),
    )


def _lines(of: Return) -> list[Line]:
    """One for all sections, and one for each in which the school was judged."""
    phase = of.organisation.phase
    rows = Tally.objects.filter(sheet__audit_return__cycle=of.cycle_id, sheet__audit_return__state__in=IN_HAND)
    fields = ("sheet", "sheet__organisation__phase", "section", "in_place", "partly", "not_in_place")
    counted: dict[str, dict[tuple[UUID, bool], tuple[int, int]]] = {}
    for sheet, its_phase, section, in_place, partly, not_in_place in rows.order_by().values_list(*fields):
        who = (sheet, bool(phase) and its_phase == phase)
        for key in (section, ""):
            met, judged = counted.setdefault(key, {}).get(who, (0, 0))
            counted[key][who] = met + in_place, judged + in_place + partly + not_in_place
    sections: Sequence[Section | None] = (None, *of.cycle.version.outline.sections)
    lines = []
    for each in sections:
        shares = {who: percent(*figures) for who, figures in counted.get(each.key if each else "", {}).items()}
        own = next((share for (sheet, _), share in shares.items() if sheet == of.sheet_id), None)
        others = [
            (similar, share) for (sheet, similar), share in shares.items() if sheet != of.sheet_id and share is not None
        ]
        if own is not None:
            lines.append(Line(each, own, among(others, settings.AUDIT_FEWEST)))
    return lines
