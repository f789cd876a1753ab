"""What an area made of a clause: the actions asked for it, and what its leads said of its changes.

`STRANDS` of the settings names both queries.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, time

from django.db.models import Q

from haven.access.actor import Actor
from haven.actions.models import Action
from haven.actions.queries.threads import told_of
from haven.changes.models import Judgement
from haven.changes.policy import judgements_of
from haven.changes.rules.comparing import VERDICTS, Verdict, address_of
from haven.engines.compare.telling import shortened
from haven.engines.days.moments import day_in_words, local_day, moment
from haven.guidance.models import Document
from haven.guidance.queries.strands import Strand

LONGEST_TITLE = 100


def actions_on(document: Document, words: Collection[str], by: Actor, on: date) -> Mapping[str, Sequence[Strand]]:
    """The actions asked for these words, or for a change of them."""
    asking = Q(asked_for_clause__document=document, asked_for_clause__words__in=words)
    judged = Q(judged_change__document=document, judged_change__touches__overlap=list(words))
    rows = Action.objects.filter(asking | judged).select_related("asked_for_clause", "judged_change")
    actions = list(rows.order_by("due_on", "published_at"))
    told = told_of(actions=actions, by=by, at=moment(on, time())) if actions else {}
    found: dict[str, list[Strand]] = {}
    for action in actions:
        strands = [
            Strand(kind="Action", title=each.what, address=each.address, beside=each.beside)
            for each in told.get(action.pk, ())
        ]
        for digest in _words_of(action) & set(words):
            found.setdefault(digest, []).extend(strands)
    return found


def judgements_on(
    document: Document,
    words: Collection[str],
    by: Actor,
    on: date,  # noqa: ARG001 - every query of strands is told it
) -> Mapping[str, Sequence[Strand]]:
    """What the leads of her areas said of changes of these words, where no action came of it."""
    rows = Judgement.objects.filter(
        judgements_of(by), document=document, touches__overlap=list(words), action__isnull=True
    )
    found: dict[str, list[Strand]] = {}
    for each in rows.select_related("area").exclude(verdict=Verdict.NO_EFFECT):
        title = shortened(each.words.partition("\n")[0], LONGEST_TITLE) or VERDICTS[each.says]
        address = address_of(each.old_id, each.new_id, each.ref)
        judged_on = day_in_words(local_day(each.judged_at))
        strand = Strand(kind="Judgement", title=title, address=address, beside=f"Judged {judged_on}")
        for digest in set(each.touches) & set(words):
            found.setdefault(digest, []).append(strand)
    return found


def _words_of(action: Action) -> set[str]:
    asked = getattr(action, "asked_for_clause", None)
    judged = getattr(action, "judged_change", None)
    return ({asked.words} if asked else set()) | set(judged.touches if judged else ())
