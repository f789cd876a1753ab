"""What is typed to sign in and to look after an account. A password may be pasted, and is taken as it is."""

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    ConfirmPasswordResetCodeForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest

from haven.signin import letters

ADDRESS = "E-mail address"
CODE_HELP = "Six figures from your authenticator app, or one of your recovery codes."
PASSWORD_HELP = "At least 12 characters. Three words that do not belong together make a good one."
PASSWORD_LIMIT = 200
WRONG_CODE = "That code is not right, or it is used up."


def _name(form: forms.BaseForm, field: str, label: str, hint: str = "") -> None:
    form.fields[field].label = label
    form.fields[field].help_text = hint
    form.fields[field].widget.attrs.pop("placeholder", None)


def _one_new_password(form: forms.BaseForm) -> None:
    """Ask for a new password once: she can have it shown, and paste it."""
    form.fields.pop("password2", None)
    _name(form, "password1", "New password", PASSWORD_HELP)
    limit = MaxLengthValidator(PASSWORD_LIMIT, f"A password may have {PASSWORD_LIMIT} characters at most.")
    form.fields["password1"].validators.append(limit)  # not `max_length`: the browser would cut off what is pasted


def _code(form: forms.BaseForm, label: str, hint: str) -> None:
    _name(form, "code", label, hint)
    form.fields["code"].widget.attrs.update({"inputmode": "text", "class": "govuk-input--width-10"})


class SignInForm(LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, "login", ADDRESS)
        _name(self, "password", "Password")


class SecondFactorForm(AuthenticateForm):
    """The code of the second step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, "Code", CODE_HELP)


class ConfirmByPasswordForm(ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, "password", "Password")


class ConfirmByCodeForm(ReauthenticateByCodeForm):
    """A code once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, "Code", CODE_HELP)


class AskForResetForm(ResetPasswordForm):
    """For whom a new password is wanted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, "email", ADDRESS)

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Send a code; where there is nobody to send it to, a letter that says so goes out in the same time."""
        email = str(super().save(request, **kwargs))
        if not self.users:
            letters.no_such_account(email)
        return email


class ResetCodeForm(ConfirmPasswordResetCodeForm):
    """The code from the e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, "Code", "It is in the e-mail we sent, such as BCDF-GHJK.")


class ResetPassword(ResetPasswordKeyForm):
    """The new password after a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _one_new_password(self)


class NewPasswordForm(ChangePasswordForm):
    """The present password and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, "oldpassword", "Present password")
        _one_new_password(self)


class FirstPasswordForm(SetPasswordForm):
    """A password for one who came by single sign-on alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _one_new_password(self)


class AppForm(ActivateTOTPForm):
    """The first code of an authenticator app, which shows that it has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, "Code from the app", "Six figures. They change every half minute.")


class PasskeyForm(AddWebAuthnForm):
    """A new passkey: what the browser made, and a name to tell it by."""

    name = forms.CharField(required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        _name(self, "name", "A name for it", "So that you can tell it from another: the device it is on, for instance.")


class NewAddressForm(forms.Form):
    """The address to sign in with from now on."""

    email = forms.EmailField(
        label="New e-mail address", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def clean_email(self) -> str:
        """Small letters, as addresses are kept."""
        return str(self.cleaned_data["email"]).lower()


class ResetFactorForm(forms.Form):
    """How somebody made sure that it is she who lost her second factor."""

    why = forms.CharField(
        label="How did you make sure who asks?",
        help_text="Recorded for good. For instance: I rang the school on the number I know, and spoke to her.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say how you made sure who asks"},
    )


class AddressCodeForm(forms.Form):
    """The code that was sent to an address."""

    code = forms.CharField(
        label="Code",
        help_text="It is in the e-mail we sent, such as BCDF-GHJK.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "class": "govuk-input--width-10"}),
    )

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_code(self) -> str:
        """The very code, whatever its case and hyphens."""
        if not compare_user_code(actual=self.cleaned_data["code"], expected=self.expected):
            raise forms.ValidationError(WRONG_CODE)
        return str(self.cleaned_data["code"])
