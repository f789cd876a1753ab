"""Writing a digest: it begins from what was judged; every word of it can be changed, and nothing is overwritten."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.changes.queries.comparing import editions_compared
from haven.changes.rules.comparing import Verdict
from haven.changes.services.kept import keep_comparison
from haven.digests.models import Digest, DigestLine
from haven.digests.policy import may_begin, may_write
from haven.digests.queries.writing import JudgedChange, judged_changes
from haven.digests.rules.digests import (
    LONGEST_HEADING,
    LONGEST_PROSE,
    LONGEST_TITLE,
    DigestWords,
    LineWords,
    Standing,
    Step,
    first_introduction,
    first_title,
    moved,
    placed,
)
from haven.ledger.services import record

CHANGED_MEANWHILE = (
    "Somebody has changed this since you opened it. What you typed is still here, and what stands now is shown beside "
    "it. Put both together and save again."
)
NO_TITLE = "Give the page a title."
NO_HEADING = "Give the line a heading."
TOO_LONG = "That is too long. Shorten it."
NOT_OF_A_CHANGE = "No change stands behind this line."


@transaction.atomic
def draft_digest(*, old_id: UUID, new_id: UUID, area_id: UUID, by: Actor, at: datetime) -> Digest:
    """Begin a digest from what the area made of the changes. One that there is already is given back as it stands."""
    old, new = editions_compared(old_id=old_id, new_id=new_id, by=by)
    document = new.document
    require(may_begin(by, document, area_id))
    keep_comparison(old_id=old_id, new_id=new_id, by=by, at=at)
    made = {
        "document": document,
        "title": first_title(next(iter(document.short_names), document.title), new.label),
        "introduction": first_introduction(document.title, document.publisher, old.label, new.label),
        "made_at": at,
        "made_by_id": by.person,
    }
    live = Digest.objects.exclude(standing=Standing.WITHDRAWN)
    digest, is_new = live.get_or_create(area_id=area_id, old=old, new=new, defaults=made)
    if is_new:
        changes = judged_changes(document=document, area=area_id, old=old, new=new) or []
        lines = [_line_of(digest, each, at=place) for place, each in enumerate(changes) if each.is_told]
        _carry_over(lines)
        DigestLine.objects.bulk_create(lines)
        about = {"digest": digest.pk, "document": document.pk, "area": area_id, "lines": len(lines)}
        record("digest.drafted", by=by, at=at, about=about | {"old": old.pk, "new": new.pk})
    return digest


@transaction.atomic
def change_digest(*, digest_id: UUID, words: DigestWords, revision: int, by: Actor, at: datetime) -> Digest:
    """Say something else around the lines. Raises `Refused`, with advice, where somebody else did so meanwhile."""
    digest = _digest_for_update(digest_id, by)
    said = {"title": " ".join(words.title.split()), "introduction": _plain(words.introduction)}
    said |= {"closing": _plain(words.closing)}
    if not said["title"]:
        raise Refused(Reason.NOT_READY, NO_TITLE)
    if len(said["title"]) > LONGEST_TITLE or max(map(len, said.values())) > LONGEST_PROSE:
        raise Refused(Reason.NOT_READY, TOO_LONG)
    if {name: getattr(digest, name) for name in said} == said:
        return digest
    if revision != digest.revision:
        raise Refused(Reason.WRONG_STATE, CHANGED_MEANWHILE)
    _set(digest, said)
    record("digest.changed", by=by, at=at, about={"digest": digest.pk, "how": "words"})
    return digest


@transaction.atomic
def add_line(*, digest_id: UUID, words: LineWords, key: UUID, by: Actor, at: datetime) -> DigestLine:
    """Add a line by hand, behind the last of its part. A second wish with the same key adds nothing."""
    digest = _digest_for_update(digest_id, by)
    if there := digest.lines.filter(pk=key).first():
        return there
    said = _said(words)
    line = DigestLine(pk=key, digest=digest, is_own=True, verdict=_verdict(words), part=words.part, position=0, **said)
    order = placed(_standing(digest), (line.pk, words.part, None))
    line.save(force_insert=True)
    _order(digest, order)
    record("digest.changed", by=by, at=at, about={"digest": digest.pk, "line": line.pk, "how": "added"})
    return line


@transaction.atomic
def edit_line(*, line_id: UUID, words: LineWords, revision: int, by: Actor, at: datetime) -> DigestLine:
    """Let a line say something else. From now on it keeps its own words, whatever is judged.

    Raises `Refused`, with advice, where somebody else edited it meanwhile.
    """
    line = _line_for_update(line_id, by)
    said = _said(words)
    if line.judgement is None:
        said |= {"verdict": _verdict(words), "part": words.part}
    else:
        said |= (_taken(line) if not line.is_own else {}) | _seen(line) | said
    if all(getattr(line, name) == value for name, value in said.items()) and line.is_own:
        return line
    if revision != line.revision:
        raise Refused(Reason.WRONG_STATE, CHANGED_MEANWHILE)
    _set(line, said | {"is_own": True})
    _record_line(line, "edited", by, at)
    return line


@transaction.atomic
def settle_line(*, line_id: UUID, step: Step, by: Actor, at: datetime) -> DigestLine:
    """Move a line up or down within its part, leave it out or put it back, let it say what is judged, or keep it as it
    is though something else is judged now. What is so already stays so."""
    line = _line_for_update(line_id, by)
    match step:
        case Step.UP | Step.DOWN:
            standing = [(name, part) for name, part, _ in _standing(line.digest)]
            _order(line.digest, moved(standing, line.pk, step))
        case Step.OUT | Step.BACK:
            _set(line, {"is_left_out": step is Step.OUT})
        case Step.FOLLOW:
            if line.judgement is None:
                raise Refused(Reason.WRONG_STATE, NOT_OF_A_CHANGE)
            _set(line, _taken(line) | {"is_own": False, "seen_verdict": "", "seen_words": ""})
        case Step.KEEP:
            own = {} if line.is_own else _taken(line)
            _set(line, own | _seen(line) | {"is_own": True})
    _record_line(line, step.value, by, at)
    return line


@transaction.atomic
def take_new_lines(*, digest_id: UUID, refs: Collection[str], by: Actor, at: datetime) -> int:
    """Add lines for changes that were judged since, each at its place in the document; how many. A change that has a
    line already, or is not judged a note or an action, is passed over."""
    digest = _digest_for_update(digest_id, by)
    changes = judged_changes(document=digest.document, area=digest.area_id, old=digest.old, new=digest.new) or []
    known = set(digest.lines.values_list("ref", flat=True))
    wanted = [each for each in changes if each.ref in refs and each.is_told and each.ref not in known]
    for each in wanted:
        line = _line_of(digest, each, at=0)
        order = placed(_standing(digest), (line.pk, line.part, each.change.at))
        line.save(force_insert=True)
        _order(digest, order)
    if wanted:
        about = {"digest": digest.pk, "how": "taken", "lines": len(wanted)}
        record("digest.changed", by=by, at=at, about=about)
    return len(wanted)


def _line_of(digest: Digest, judged: JudgedChange, *, at: int) -> DigestLine:
    assert judged.judgement is not None
    return DigestLine(
        pk=uuid4(),
        digest=digest,
        position=at,
        judgement=judged.judgement,
        ref=judged.ref,
        part=judged.change.part,
        change=asdict(judged.change),
        heading=judged.change.heading,
        meaning=judged.judgement.words,
        verdict=judged.judgement.verdict,
    )


def _carry_over(lines: Sequence[DigestLine]) -> None:
    """Let lines say what the lead wrote of the same judged change before, of other editions of the document."""
    judged = [line.judgement_id for line in lines]
    own = DigestLine.objects.filter(judgement__in=judged, is_own=True).order_by("digest__made_at")
    before = {each.judgement_id: each for each in own}
    for line in lines:
        if there := before.get(line.judgement_id):
            line.is_own, line.meaning, line.verdict = True, there.meaning, there.verdict
            line.seen_verdict, line.seen_words = there.seen_verdict, there.seen_words
            line.heading = line.heading if there.heading == _first_heading(there) else there.heading


def _first_heading(line: DigestLine) -> str:
    return line.told.heading if line.told else ""


def _digest_for_update(digest_id: UUID, by: Actor) -> Digest:
    rows = Digest.objects.select_for_update(of=("self",)).select_related("document", "old", "new")
    digest = rows.get(pk=digest_id)
    require(may_write(by, digest))
    if digest.is_withdrawn:
        raise Refused(Reason.WRONG_STATE)
    return digest


def _line_for_update(line_id: UUID, by: Actor) -> DigestLine:
    """A line, with its digest locked first so that whoever orders its lines waits."""
    digest = _digest_for_update(DigestLine.objects.only("digest").get(pk=line_id).digest_id, by)
    line = DigestLine.objects.select_for_update(of=("self",)).select_related("judgement").get(pk=line_id)
    line.digest = digest
    return line


def _set(row: Digest | DigestLine, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.revision += 1
    row.save(update_fields=[*values, "revision"])


def _said(words: LineWords) -> dict[str, Any]:
    said = {"heading": " ".join(words.heading.split()), "meaning": _plain(words.meaning)}
    if not said["heading"]:
        raise Refused(Reason.NOT_READY, NO_HEADING)
    if len(said["heading"]) > LONGEST_HEADING or len(said["meaning"]) > LONGEST_PROSE:
        raise Refused(Reason.NOT_READY, TOO_LONG)
    return said


def _verdict(words: LineWords) -> str:
    return (Verdict.ACTION if words.asks else Verdict.NOTE).value


def _seen(line: DigestLine) -> dict[str, Any]:
    """What the judgement says now, noted as seen."""
    judgement = line.judgement
    return {"seen_verdict": judgement.verdict, "seen_words": judgement.words} if judgement else {}


def _taken(line: DigestLine) -> dict[str, Any]:
    """The words of the judgement, where it says something to schools."""
    judgement = line.judgement
    if judgement is None or judgement.says is Verdict.NO_EFFECT:
        return {}
    return {"meaning": judgement.words, "verdict": judgement.verdict}


def _plain(words: str) -> str:
    return "\n".join(each.rstrip() for each in words.strip().splitlines())


def _standing(digest: Digest) -> list[tuple[UUID, str, int | None]]:
    """Its lines in order: each by name, part and place among the changes."""
    rows = digest.lines.values_list("pk", "part", "change__at")
    return [(pk, part, at) for pk, part, at in rows]


def _order(digest: Digest, names: Collection[UUID]) -> None:
    """Let its lines stand in this order."""
    places = {name: place for place, name in enumerate(names)}
    rows = [line for line in digest.lines.only("position", "digest") if line.position != places[line.pk]]
    for line in rows:
        line.position = places[line.pk]
    DigestLine.objects.bulk_update(rows, ["position"], batch_size=500)


def _record_line(line: DigestLine, how: str, by: Actor, at: datetime) -> None:
    about = {"digest": line.digest_id, "line": line.pk, "how": how}
    record("digest.changed", by=by, at=at, about=about)
