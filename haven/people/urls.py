"""The addresses of people."""

from django.urls import path

from haven.people.views import areas, joining, organisations, posts

app_name = "people"
urlpatterns = [
    path("", organisations.found, name="found"),
    path("invited/", joining.invited, name="invited"),
    path("organisations/<uuid:organisation_id>/", organisations.organisation, name="organisation"),
    path("organisations/<uuid:organisation_id>/invite/", organisations.invite_to, name="invite"),
    path("organisations/<uuid:organisation_id>/days/", organisations.days, name="days"),
    path("organisations/<uuid:organisation_id>/days/clear/", organisations.clear, name="clear"),
    path("invitations/<uuid:invitation_id>/withdraw/", organisations.withdraw, name="withdraw"),
    path("posts/<uuid:post_id>/end/", posts.end, name="end"),
    path("posts/<uuid:post_id>/cover/", posts.cover, name="cover"),
    path("covers/<uuid:cover_id>/end/", posts.back, name="back"),
    path("areas/<uuid:area_id>/", areas.area, name="area"),
    path("areas/<uuid:area_id>/terms/<int:school_year>/", areas.terms, name="terms"),
    path("clusters/<uuid:cluster_id>/", areas.cluster, name="cluster"),
    path("clusters/<uuid:cluster_id>/<uuid:organisation_id>/leave/", areas.leave, name="leave"),
]
