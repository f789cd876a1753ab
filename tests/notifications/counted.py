"""What is counted, as the tests of pages need it: Oakfield takes part, and its return is there."""

from datetime import date, timedelta

from haven.access.actor import HAVEN
from haven.notifications import services
from haven.notifications.models import MonthlyReturn, SignUp
from haven.people.seeing import working_as
from tests.cast import NOW, Cast


def returned(cast: Cast) -> MonthlyReturn:
    """February's return of Oakfield, made and waiting."""
    SignUp.objects.create(school=cast.oakfield, agreed_on=date(2026, 1, 1))
    services.make_returns(by=HAVEN, at=NOW - timedelta(hours=2))
    with working_as(HAVEN, "notifications.count"):
        return MonthlyReturn.objects.get(school=cast.oakfield)
