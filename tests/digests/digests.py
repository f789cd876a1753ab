"""A digest of the two editions that were changed by hand, and the steps by which it is written and published."""

from datetime import date

from haven.actions.models import Action
from haven.actions.queries.audiences import asking_as
from haven.actions.rules import ALL_SCHOOLS, WantedAction
from haven.changes.queries.comparing import comparison_page
from haven.changes.queries.told import Looked
from haven.changes.rules.comparing import Verdict
from haven.changes.services import ask_for_change, judge_change
from haven.digests import services
from haven.digests.models import Digest, DigestLine
from haven.digests.queries.writing import ready_page
from haven.digests.rules.digests import LineWords, Publication
from haven.guidance.models import Edition
from tests.cast import NOW, TODAY, Cast
from tests.changes.compared import compared

Pair = tuple[Edition, Edition]
MEANING = "Read your policy again."
DUE = date(2026, 9, 1)


def refs_of(cast: Cast, pair: Pair) -> list[str]:
    """What the changes are called, in order: strengthened, removed, added."""
    page = comparison_page(old_id=pair[0].pk, new_id=pair[1].pk, by=cast.actor("marcus"), looked=Looked())
    return [line.ref for line in page.lines]


def judged(cast: Cast, pair: Pair, ref: str, verdict: Verdict, words: str = MEANING) -> None:
    """A change is judged by the area's lead."""
    judge_change(
        old_id=pair[0].pk,
        new_id=pair[1].pk,
        ref=ref,
        area_id=cast.area.pk,
        verdict=verdict,
        words=words,
        by=cast.actor("marcus"),
        at=NOW,
    )


def asked(cast: Cast, pair: Pair, ref: str, what: str = "Change your policy") -> Action:
    """Schools are asked for what it means."""
    by = cast.actor("marcus")
    wanted = WantedAction(what=what, asked_by=asking_as(area=cast.area.pk, by=by), audience=(ALL_SCHOOLS,), due_on=DUE)
    return ask_for_change(
        old_id=pair[0].pk, new_id=pair[1].pk, ref=ref, area_id=cast.area.pk, wanted=wanted, by=by, at=NOW
    )


def drafted(cast: Cast, pair: Pair) -> Digest:
    """The lead begins the digest, or goes on with it."""
    return services.draft_digest(
        old_id=pair[0].pk, new_id=pair[1].pk, area_id=cast.area.pk, by=cast.actor("marcus"), at=NOW
    )


def begun(cast: Cast) -> tuple[Pair, list[str], Digest]:
    """A digest of which one change asks for an action, one is a note and one has no effect."""
    pair = compared(cast)
    refs = refs_of(cast, pair)
    for ref, verdict in zip(refs, (Verdict.ACTION, Verdict.NOTE, Verdict.NO_EFFECT), strict=True):
        judged(cast, pair, ref, verdict)
    asked(cast, pair, refs[0])
    return pair, refs, drafted(cast, pair)


def wish(cast: Cast, digest: Digest, **more: object) -> Publication:
    """How it is to be published: to all schools, as it stands now."""
    seen = ready_page(digest_id=digest.pk, by=cast.actor("marcus"), on=TODAY).seen
    return Publication(**({"audience": (ALL_SCHOOLS,), "seen": seen} | more))


def published(cast: Cast, digest: Digest, **more: object) -> Digest:
    """It is published."""
    wanted = wish(cast, digest, **more)
    return services.publish_digest(digest_id=digest.pk, wish=wanted, by=cast.actor("marcus"), at=NOW)


def line_of(digest: Digest, ref: str) -> DigestLine:
    """The line of a change."""
    return digest.lines.select_related("judgement").get(ref=ref)


def edited(cast: Cast, line: DigestLine, meaning: str = "In our own words.", revision: int | None = None) -> DigestLine:
    """The lead lets a line say something else."""
    words = LineWords(heading="What a lead must do", meaning=meaning)
    revision = line.revision if revision is None else revision
    return services.edit_line(line_id=line.pk, words=words, revision=revision, by=cast.actor("marcus"), at=NOW)
