"""Every address of Haven."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", include("haven.desk.urls")),
    path("", include("haven.actions.urls")),
    path("", include("haven.api.urls")),
    path("audits/", include("haven.audits.urls")),
    path("audits/", include("haven.moderation.urls")),
    path("audits/", include("haven.reports.urls")),
    path("audits/", include("haven.spreadsheets.urls")),
    path("questionnaires/", include("haven.questions.urls")),
    path("questionnaires/", include("haven.surveys.urls")),
    path("survey/", login_not_required(RedirectView.as_view(pattern_name="surveys:answer")), name="survey"),
    path("bulletins/", include("haven.bulletins.urls")),
    path("children/", include("haven.subjects.urls")),
    path("changes/", include("haven.changes.urls")),
    path("digests/", include("haven.digests.urls")),
    path("guidance/", include("haven.guidance.urls")),
    path("consultations/", include("haven.consultations.urls")),
    path("notifications/", include("haven.notifications.urls")),
    path("checks/", include("haven.checks.urls")),
    path("reading/", include("haven.readings.urls")),
    path("policies/", include("haven.policies.urls")),
    path("intelligence/", include("haven.intelligence.urls")),
    path("public/", include("haven.portal.urls")),
    path("account/", include("haven.signin.urls")),
    path("people/", include("haven.people.urls")),
    path("kit/", include("haven.kit.urls")),
]

if settings.IS_DEMO:
    urlpatterns += [path("demo/", include("haven.config.demo.urls"))]
