"""Every address of signing in. The library knows some by its own names; those of ours are in the space `signin`."""

from django.urls import include, path

from haven.signin.views import account, entering, factors, helping, single_sign_on

ours = [
    path("", account.account, name="account"),
    path("address/", account.new_address, name="new_address"),
    path("address/code/", account.confirm_address, name="confirm_address"),
    path("sign-out-everywhere/", account.sign_out_everywhere, name="sign_out_everywhere"),
    path("second-factor/", factors.second_factor, name="second_factor"),
    path("second-factor/app/", factors.add_app, name="add_app"),
    path("second-factor/passkey/", factors.add_passkey, name="add_passkey"),
    path("second-factor/<str:factor_id>/remove/", factors.remove_factor, name="remove_factor"),
    path("people/<uuid:person_id>/second-factor/", helping.reset_factors, name="reset_factors"),
    path("recovery-codes/", factors.recovery_codes, name="recovery_codes"),
    path("recovery-codes/new/", factors.make_recovery_codes, name="make_recovery_codes"),
    path("sso/<slug:provider_id>/link/", single_sign_on.link, name="link"),
    path("sso/<slug:provider_id>/unlink/", single_sign_on.unlink, name="unlink"),
]

urlpatterns = [
    path("", include((ours, "signin"))),
    path("sign-in/", entering.sign_in, name="account_login"),
    path("sign-in/passkey/", entering.sign_in_by_passkey, name="mfa_login_webauthn"),
    path("sign-in/second-step/", entering.second_step, name="mfa_authenticate"),
    path("sign-in/address/", entering.confirm_sign_in, name="sign_in_address"),
    path("sign-out/", entering.sign_out, name="account_logout"),
    path("confirm/password/", entering.confirm_by_password, name="account_reauthenticate"),
    path("confirm/code/", entering.confirm_by_code, name="mfa_reauthenticate"),
    path("confirm/passkey/", entering.confirm_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("password/", entering.change_password, name="account_change_password"),
    path("password/first/", account.set_password, name="account_set_password"),
    path("password/reset/", entering.ask_for_reset, name="account_reset_password"),
    path("password/reset/code/", entering.confirm_reset, name="account_confirm_password_reset_code"),
    path("password/reset/new/", entering.complete_reset, name="account_complete_password_reset"),
    path("password/reset/done/", entering.reset_done, name="account_password_reset_completed"),
    path("sso/<slug:provider_id>/", single_sign_on.go, name="openid_connect_login"),
    path("sso/<slug:provider_id>/back/", single_sign_on.back, name="openid_connect_callback"),
]
