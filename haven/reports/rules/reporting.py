"""What a report says in sentences, each made from its figures; and the two editions in which it is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from haven.engines.compare.telling import counted
from haven.engines.days.moments import day_in_words
from haven.reports.rules.shares import Share, percent
from haven.reports.rules.withholding import roughly

SHORTEST, LONGEST_WORDS = 64, 20_000
NOTHING = Share()
PRINT_REPORT = "reports.print_report"
SLOW_AFTER = timedelta(minutes=2)  # since when making it takes longer than it should


class Edition(StrEnum):
    """For whom a report is made."""

    NAMED = "named"
    UNNAMED = "unnamed"


EDITIONS: Mapping[Edition, str] = {
    Edition.NAMED: "With the names of schools, for the council",
    Edition.UNNAMED: "Without names, for the partnership and the public",
}


@dataclass(frozen=True, slots=True)
class InTime:
    """How many schools had sent it by a deadline. Each school's own deadline counts."""

    due_on: date  # the cycle's
    number: int
    has_passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """How many schools sent a cycle, and how many in time."""

    asked: int = 0
    sent: int = 0
    first: InTime | None = None
    final: InTime | None = None

    def share(self, number: int) -> int:
        """Of a hundred that were asked, rounded as everywhere: what was sent and what was not make a hundred."""
        return percent(number, self.asked) or 0


@dataclass(frozen=True, slots=True)
class Best:
    """What has most or least in place: a section, or a question by its number and words."""

    name: str
    share: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """Then and now, of the schools and the questions that were judged both times."""

    schools: int
    then: Share
    now: Share
    better: int
    worse: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """The figures of which the summary is made."""

    area: str
    edition: Edition
    arrived: Arrived
    before: Arrived | None = None
    share: Share = NOTHING
    most: Best | None = None
    least: Best | None = None
    lacking: Best | None = None  # the question with least in place
    since: Since | None = None
    claims: int = 0
    backed: int = 0
    same: int = 0
    compared: int = 0
    promises: int = 0


def summary(gist: Gist) -> list[str]:
    """The summary, a sentence or two for each thing there is to say."""
    told = (_sent(gist), _in_time(gist), _in_place(gist), _sections(gist), _lacking(gist), _since(gist))
    return [words for words in (*told, _backed(gist), _agreed(gist), _promised(gist)) if words]


def share_told(share: Share, edition: Edition) -> str:
    """How much is in place: exactly, or to the nearest five of a hundred."""
    if share.percent is None:
        return "–"
    return f"{share.percent}%" if edition is Edition.NAMED else f"{roughly(share.percent)}%"


def shortened(words: str, longest: int = SHORTEST) -> str:
    """Words as they stand beside a bar: cut between two words where they are long."""
    if len(words) <= longest:
        return words
    return f"{words[:longest].rsplit(' ', 1)[0].rstrip(' ,;:.')}…"


def _sent(gist: Gist) -> str:
    asked, sent = gist.arrived.asked, gist.arrived.sent
    schools = f"{gist.area} asked {counted(asked, 'school')}"
    if not asked:
        return f"{gist.area} has not asked any school yet."
    if not sent:
        return f"{schools}. None has sent its audit yet."
    if sent == asked:
        return f"{schools}. {'It has' if asked == 1 else 'All of them have'} sent the audit."
    has_not = f"{asked - sent:,} {_have(asked - sent)} not"
    return f"{schools}. {sent:,} {_have(sent)} sent the audit: {gist.arrived.share(sent)}%. {has_not}."


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def _in_time(gist: Gist) -> str:
    parts = [
        f"{each.number:,} had sent it by the {name} deadline, {day_in_words(each.due_on)}: "
        f"{gist.arrived.share(each.number)}%"
        for name, each in (("first", gist.arrived.first), ("final", gist.arrived.final))
        if each and each.has_passed
    ]
    if not parts:
        return ""
    return f"{'; '.join(parts)}.{_last_time(gist.before)}"


def _last_time(before: Arrived | None) -> str:
    known = [(name, each) for name, each in _deadlines(before) if each.has_passed]
    if before is None or not known:
        return ""
    told = " and ".join(f"{before.share(each.number)}% by the {name}" for name, each in known)
    return f" Last time it was {told} deadline."


def _deadlines(arrived: Arrived | None) -> Sequence[tuple[str, InTime]]:
    if arrived is None:
        return ()
    both = (("first", arrived.first), ("final", arrived.final))
    return [(name, each) for name, each in both if each]


def _in_place(gist: Gist) -> str:
    share = gist.share
    if not share.judged:
        return ""
    if gist.edition is Edition.NAMED:
        figures = f"{share.percent}% are in place, {share.partly_percent}% partly and {share.not_percent}% not."
        return f"Of {counted(share.judged, 'answer')} that can be judged, {figures}"
    parts = (roughly(each) for each in (share.percent, share.partly_percent, share.not_percent))
    return "Of all answers that can be judged, about {}% are in place, {}% partly and {}% not.".format(*parts)


def _sections(gist: Gist) -> str:
    if gist.most is None or gist.least is None or gist.most == gist.least:
        return ""
    most, least = (share_told(each.share, gist.edition) for each in (gist.most, gist.least))
    if most == least:
        return f"Every section is about as far: {most} is in place."
    return f"Most is in place in “{gist.most.name}” ({most}), least in “{gist.least.name}” ({least})."


def _lacking(gist: Gist) -> str:
    if gist.lacking is None:
        return "Every question is wholly in place." if gist.share.judged else ""
    share = share_told(gist.lacking.share, gist.edition)
    return f"The question with least in place is {gist.lacking.name}: {share}."


def _since(gist: Gist) -> str:
    since = gist.since
    if since is None or not since.then.judged:
        return ""
    then, now = (share_told(each, gist.edition) for each in (since.then, since.now))
    moved = f"{counted(since.better, 'question has', 'questions have')} more in place, {since.worse:,} less."
    schools = counted(since.schools, "school")
    both = f"On what was asked both times, {now} is in place; last time {then}."
    return f"{schools} sent this audit and the one before. {both} {moved}"


def _backed(gist: Gist) -> str:
    if not gist.claims:
        return ""
    share = share_told(Share(gist.backed, 0, gist.claims - gist.backed), gist.edition)
    return f"Something stands behind {share} of what schools say is in place: a file, a web page or a record."


def _agreed(gist: Gist) -> str:
    if not gist.compared:
        return ""
    held = f"{gist.same:,} of {counted(gist.compared, 'grade')} that schools gave themselves held"
    return f"On moderation visits {held}: {round(100 * gist.same / gist.compared)}%."


def _promised(gist: Gist) -> str:
    if not gist.promises:
        return ""
    return f"Because of what schools sent, {gist.area} has promised {counted(gist.promises, 'thing')} of its own."
