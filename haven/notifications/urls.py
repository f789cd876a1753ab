"""The addresses of notifications."""

from django.urls import path

from haven.notifications.views import breaches, counting, files, receiving, sending, sent, settings, watching

app_name = "notifications"
urlpatterns = [
    path("", receiving.index, name="index"),
    path("duty/", watching.duty, name="duty"),
    path("duty/telephone/", watching.telephone, name="telephone"),
    path("<uuid:delivery_id>/", receiving.show, name="delivery"),
    path("<uuid:delivery_id>/name/", receiving.name, name="name"),
    path("<uuid:delivery_id>/answer/", receiving.answer, name="answer"),
    path("<uuid:delivery_id>/open/", receiving.whole, name="open"),
    path("<uuid:delivery_id>/support/", receiving.support, name="support"),
    path("<uuid:delivery_id>/close/", receiving.close, name="close"),
    path("<uuid:delivery_id>/hand-on/", receiving.hand_on, name="hand-on"),
    path("sent/", sent.index, name="sent"),
    path("sent/<uuid:notification_id>/", sent.receipt, name="receipt"),
    path("sent/<uuid:notification_id>/recall/", sent.recall, name="recall"),
    path("sent/deliveries/<uuid:delivery_id>/send-on/", sent.send_on, name="send-on"),
    path("sent/deliveries/<uuid:delivery_id>/child/", sent.whose, name="whose"),
    path("sent/deliveries/<uuid:delivery_id>/settle/", sent.settle, name="settle"),
    path("sent/deliveries/<uuid:delivery_id>/seen/", breaches.seen, name="seen-by"),
    path("recalled/<uuid:breach_id>/", breaches.copies, name="copies"),
    path("send/", sending.send, name="send"),
    path("send/file/", files.upload, name="upload"),
    path("profile/", settings.profile, name="profile"),
    path("rules/<uuid:area_id>/", settings.rule, name="rule"),
    path("picture/", counting.picture, name="picture"),
    path("picture/export/<str:kind>/", counting.export_picture, name="export-picture"),
    path("figures/", counting.figures, name="statistics"),
    path("figures/export/<str:kind>/", counting.export_figures, name="export-statistics"),
    path("schools/", counting.key_adults, name="adults"),
    path("schools/<uuid:school_id>/", counting.school, name="school"),
    path("schools/<uuid:school_id>/sign-up/", counting.sign_up, name="sign-up"),
    path("schools/<uuid:school_id>/sign-up/end/", counting.end_sign_up, name="end-sign-up"),
    path("schools/<uuid:school_id>/briefing/", counting.brief, name="brief"),
    path("returns/", counting.returns_of_area, name="returns"),
    path("returns/<uuid:return_id>/", counting.monthly_return, name="return"),
    path("returns/<uuid:return_id>/confirm/", counting.confirm, name="confirm-return"),
]
