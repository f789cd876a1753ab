"""The addresses of actions."""

from django.urls import path, register_converter

from haven.actions import feeds
from haven.actions.views import asked, kept, own, setting
from haven.signin.rules import confidential


class SheetKind:
    """A kind of table to take away."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        """The kind as it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """The kind as it stands in the address."""
        return value


register_converter(SheetKind, "sheet")

app_name = "actions"
urlpatterns = [
    path("actions/", own.own, name="own"),
    path("actions/seen/", own.seen, name="seen"),
    path("actions/drafts/", kept.keep_draft, name="keep-draft"),
    path("actions/calendar/", kept.calendar_address, name="calendar"),
    path("actions/set/", setting.set_own, name="set"),
    path("actions/overview/", asked.overview, name="overview"),
    path("actions/overview.<sheet:kind>", asked.export, name="export"),
    path("actions/asked/new/", asked.ask, name="ask"),
    path("actions/asked/<uuid:action_id>/", asked.asked, name="asked"),
    path("actions/asked/<uuid:action_id>/table.<sheet:kind>", asked.export_action, name="export-action"),
    path("actions/asked/<uuid:action_id>/remind/", asked.remind, name="remind"),
    path("actions/asked/<uuid:action_id>/amend/", asked.amend, name="amend"),
    path("actions/asked/<uuid:action_id>/withdraw/", asked.withdraw, name="withdraw"),
    path("actions/<uuid:assignment_id>/", own.show, name="show"),
    path("actions/<uuid:assignment_id>/change/", setting.change_own, name="change-own"),
    path("actions/<uuid:assignment_id>/no-longer/", setting.withdraw_own, name="withdraw-own"),
    path("actions/<uuid:assignment_id>/close/", own.close, name="close"),
    path("actions/<uuid:assignment_id>/does-not-apply/", own.set_aside, name="set-aside"),
    path("actions/<uuid:assignment_id>/hand-on/", own.hand_on, name="hand-on"),
    path("actions/<uuid:assignment_id>/send-back/", own.send_back, name="send-back"),
    path("actions/<uuid:assignment_id>/reopen/", own.reopen, name="reopen"),
    path("actions/<uuid:assignment_id>/evidence/<uuid:evidence_id>/", confidential(own.evidence), name="evidence"),
    path("calendar/<str:secret>.ics", feeds.calendar, name="feed"),
]
