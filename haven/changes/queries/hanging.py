"""What hangs on the words that a change touches: the policies, readings and earlier actions that rest on them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from haven.access.actor import Actor
from haven.changes.queries.told import ChangeLine
from haven.guidance.models import Document
from haven.guidance.queries.clauses import by_kind
from haven.guidance.queries.strands import Strand, strands_on

JUDGED = "Judgement"  # what was made of the change stands beside it already


def with_what_hangs(lines: Sequence[ChangeLine], *, document: Document, by: Actor, on: date) -> tuple[ChangeLine, ...]:
    """These changes, each with what hangs on its words beside what was made of the change itself."""
    words = {digest for line in lines for digest in line.touches}
    hanging = strands_on(document=document, words=words, by=by, on=on) if words else {}
    return tuple(replace(line, hangs=by_kind(_besides(line, hanging))) for line in lines)


def _besides(line: ChangeLine, hanging: Mapping[str, Sequence[Strand]]) -> list[Strand]:
    own = line.judgement.action_id if line.judgement else None
    known = dict.fromkeys(strand for digest in line.touches for strand in hanging.get(digest, ()))
    others = (each for each in known if each.kind != JUDGED and not (own and str(own) in each.address))
    return sorted(others, key=lambda each: each.kind)
