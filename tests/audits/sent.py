"""Returns that were sent: their copies frozen and counted, without the signatures that lead there."""

from django.db import transaction

from haven.audits.models import Copy, Cycle, Return
from haven.audits.rules.life import State
from haven.audits.services import count_copy
from haven.questions.models import Sheet
from haven.questions.queries.frozen import frozen
from tests.audits.asked import answered, begun
from tests.cast import NOW, Cast


def send(of: Return) -> Copy:
    """Send a return as it stands."""
    with transaction.atomic():
        sheet = Sheet.objects.select_related("version", "organisation").get(pk=of.sheet_id)
        kept = frozen(sheet)
        copy = Copy.objects.create(
            of=of,
            number=of.copies.count() + 1,
            content=kept.content,
            digest=kept.digest,
            made_at=NOW,
            sent_at=NOW,
        )
        of.state, of.reference, of.submitted_at = State.SUBMITTED, f"2025-{of.pk}"[:40], NOW
        of.save()
        Sheet.objects.filter(pk=sheet.pk).update(locked_at=NOW)
        count_copy(of, copy)
    return copy


def lapse(copy: Copy) -> Return:
    """Reopen what was sent."""
    with transaction.atomic():
        Copy.objects.filter(pk=copy.pk).update(lapsed_at=NOW)
        count_copy(copy.of, copy, sign=-1)
        Return.objects.filter(pk=copy.of_id).update(state=State.STARTED)
        Sheet.objects.filter(pk=copy.of.sheet_id).update(locked_at=None)
    return Return.objects.get(pk=copy.of_id)


def sent(cast: Cast, cycle: Cycle, who: str = "priya") -> Copy:
    """Oakfield’s return answered and sent; Ashdown’s where Grace is."""
    return send(answered(cast, begun(cast, cycle, who), who))
