"""How the words of a clause came to be: the change by which they are told from another edition's."""

from uuid import UUID

from haven.access.actor import Actor
from haven.changes.queries.comparing import changes_named, editions_compared
from haven.changes.rules.comparing import touched_by
from haven.guidance.models import digest_of
from haven.guidance.queries.clauses import clause_to_read


def name_of_change(*, old_id: UUID, new_id: UUID, edition_id: UUID, place: int, by: Actor) -> str | None:
    """By what name the change of a clause of either edition goes; none where its words did not change.

    Raises `Refused`, and `Edition.DoesNotExist` for an edition that is neither.
    """
    old, new = editions_compared(old_id=old_id, new_id=new_id, by=by)
    if edition_id not in (old.pk, new.pk):
        raise type(old).DoesNotExist
    words = digest_of(clause_to_read(edition_id=edition_id, place=place, by=by))
    named = changes_named(old=old, new=new)
    return next((ref for ref, change in named.items() if words in touched_by(change)), None)
