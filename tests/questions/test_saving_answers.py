"""Saving: nothing is lost when two write at once, press twice or come back later."""

import pytest

from haven.access.decision import Refused
from haven.audits.services import save_return
from haven.questions.models import Answer, Tally, Wording
from haven.questions.rules.clashing import Saving
from tests.audits.asked import answer, answered, begun, typed
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def test_an_answer_is_saved_and_counted(cast: Cast) -> None:
    of = begun(cast)
    saved = answer(cast, of, lead_named="met")["lead-named"]
    assert (saved.saving, saved.revision) == (Saving.WRITTEN, 1)
    tally = Tally.objects.get(sheet=of.sheet, section="leads")
    assert (tally.asked, tally.answered, tally.in_place) == (3, 1, 1)


def test_pressed_twice_it_is_saved_once(cast: Cast) -> None:
    of = begun(cast)
    answer(cast, of, lead_named="met")
    assert answer(cast, of, lead_named="met")["lead-named"].saving is Saving.SAME
    assert Answer.objects.get(sheet=of.sheet).revision == 1


def test_what_two_write_at_once_is_kept_twice(cast: Cast) -> None:
    of = begun(cast)
    answer(cast, of, words=typed("Priya’s words"))
    saved = answer(cast, of, "tom", words=typed("Tom’s words", seen=0))["words"]
    assert saved.saving is Saving.BESIDE
    assert Answer.objects.get(sheet=of.sheet).value == "Priya’s words"
    assert Wording.objects.get(is_beside=True).value == "Tom’s words"


def test_a_value_that_does_not_fit_is_told_and_its_explanation_kept(cast: Cast) -> None:
    of = begun(cast)
    saved = answer(cast, of, referrals=typed("many", "About ten"))["referrals"]
    assert saved.fault == "Give a number, in digits."
    assert Answer.objects.get(sheet=of.sheet).words == "About ten"


def test_a_governing_answer_shows_what_hangs_on_it(cast: Cast) -> None:
    of = begun(cast)
    answer(cast, of, has_nursery="yes")
    assert Tally.objects.get(sheet=of.sheet, section="leads").asked == 4


def test_everything_answered_is_counted_by_worth(cast: Cast) -> None:
    of = answered(cast, begun(cast))
    tally = Tally.objects.get(sheet=of.sheet, section="policies")
    assert (tally.asked, tally.answered, tally.partly, tally.not_in_place, tally.said) == (4, 3, 1, 1, 1)


def test_another_school_may_not_write(cast: Cast) -> None:
    of = begun(cast)
    with pytest.raises(Refused):
        save_return(return_id=of.pk, typed={"lead-named": typed("met")}, by=cast.actor("grace"), at=NOW)


def test_an_answer_carried_over_and_changed_is_the_schools_own(cast: Cast) -> None:
    of = begun(cast)
    answer(cast, of, lead_named="met", policy_read="green")
    Answer.objects.filter(sheet=of.sheet_id).update(origin="carried", is_confirmed=False)
    answer(cast, of, lead_named="partly", policy_read="green")
    origins = dict(Answer.objects.filter(sheet=of.sheet_id).values_list("question", "origin"))
    assert origins == {"lead-named": "given", "policy-read": "carried"}
