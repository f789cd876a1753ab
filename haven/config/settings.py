"""Settings, from the environment. Every HAVEN_ variable stands in docs/reference/settings.md."""

import os
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from haven.config.secrets import kept_secret
from haven.config.single_sign_on import providers

ROOT = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("HAVEN_HOME", ROOT / "var" / "haven")).resolve()
IS_DEMO = os.environ.get("HAVEN_DEMO") == "1"
ORIGIN = os.environ.get("HAVEN_ORIGIN", "http://127.0.0.1:8000")
IS_SECURE = ORIGIN.startswith("https://")
DEBUG = False

SECRET_KEY = os.environ.get("HAVEN_SECRET") or kept_secret(HOME / "secret")
FILE_KEY = os.environ.get("HAVEN_FILE_KEY") or kept_secret(HOME / "file-key")
ROOT_KEY = os.environ.get("HAVEN_ROOT_KEY", "")  # opens what is confidential; where given, no file holds it
ROOT_KEY_FILE = Path(os.environ.get("HAVEN_ROOT_KEY_FILE", HOME / "root-key"))
LEDGER_KEY = Path(os.environ.get("HAVEN_LEDGER_KEY", HOME / "ledger-key")).resolve()  # its sequencer's alone
LEDGER_WITNESSES = Path(os.environ.get("HAVEN_LEDGER_WITNESSES", HOME / "ledger-witnesses")).resolve()
LEDGER_ORIGIN = os.environ.get("HAVEN_LEDGER_ORIGIN") or f"{urlsplit(ORIGIN).netloc}/ledger"
LEDGER_SECONDS = min(60, max(1, int(os.environ.get("HAVEN_LEDGER_SECONDS", "30"))))  # between one sealing and the next
SCANNER_SOCKET = os.environ.get("HAVEN_SCANNER", "")  # of ClamAV's daemon; without one, files are only inspected
ALLOWED_HOSTS = os.environ.get("HAVEN_HOSTS", "127.0.0.1 localhost [::1]").split()
CSRF_TRUSTED_ORIGINS = [ORIGIN]

INSTALLED_APPS = [
    "haven.desk",
    "haven.api",
    "haven.kit",
    "haven.portal",
    "haven.notifications",
    "haven.intelligence",
    "haven.checks",
    "haven.subjects",
    "haven.reports",
    "haven.spreadsheets",
    "haven.moderation",
    "haven.audits",
    "haven.bulletins",
    "haven.readings",
    "haven.policies",
    "haven.consultations",
    "haven.digests",
    "haven.changes",
    "haven.guidance",
    "haven.surveys",
    "haven.questions",
    "haven.actions",
    "haven.signin",
    "haven.people",
    "haven.files",
    "haven.keys",
    "haven.ledger",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "procrastinate.contrib.django",
]

CONFIDENTIAL_APPS = [
    "subjects",
    "notifications",
    "intelligence",
    "checks",
]  # whose tables the database locks by row: docs/decisions/0025

if IS_DEMO:
    INSTALLED_APPS.append("haven.config.demo")

MIDDLEWARE = [
    "haven.config.middleware.security_headers",
    "haven.config.middleware.body_limit",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "haven.people.middleware.actor_on_request",
    "haven.signin.middleware.SessionLimits",
    "haven.signin.middleware.SecondFactorFirst",
]

SOURCES = {"/bulletins/": "haven.bulletins.queries.words.words_of"}  # who knows the words that an action comes from
CALENDARS = [  # what else stands in a private calendar
    "haven.consultations.queries.calendars.days_for",
    "haven.audits.queries.calendars.days_for",
]
STRANDS = [  # what hangs on a clause: the query of each capability, in the order shown
    "haven.changes.queries.strands.actions_on",
    "haven.changes.queries.strands.judgements_on",
    "haven.readings.queries.strands.strands",
    "haven.policies.queries.strands.policies_on",
    "haven.consultations.queries.strands.strands",
    "haven.audits.queries.strands.questions_on",
]
FACTS = {  # what Haven knows of a school, by which questions answer themselves: the query of each capability
    "dsl-in-post": "haven.audits.queries.facts.dsl_in_post",
    "deputies-in-post": "haven.audits.queries.facts.deputies_in_post",
    "safeguarding-governor-in-post": "haven.audits.queries.facts.safeguarding_governor_in_post",
    "policies-in-date": "haven.policies.queries.facts.policies_in_date",
    "child-protection-policy-in-date": "haven.policies.queries.facts.child_protection_policy_in_date",
    "staff-signed-guidance": "haven.readings.queries.facts.staff_signed_guidance",
    "part-one-signed": "haven.readings.queries.facts.part_one_signed",
    "actions-closed": "haven.audits.queries.facts.actions_closed",
    "guidance-answered": "haven.audits.queries.facts.guidance_answered",
    "last-plan-on-time": "haven.audits.queries.facts.last_plan_on_time",
}
AUDIT_READERS = "haven.moderation.queries.reading.readers_of"  # who of the council read a copy of an audit
AUDIT_FEEDBACK = "haven.moderation.queries.feedback.last_answers"  # what the council wrote to audits last
AUDIT_SENT_BACK = "haven.moderation.queries.feedback.why_sent_back"  # why it sent an audit back
BESIDE_CHANGES = "haven.digests.queries.digests.digest_beside"  # what an area tells schools of two editions
CONSULTATION_REMINDERS = tuple(  # so many days before a consultation closes
    int(each) for each in os.environ.get("HAVEN_CONSULTATION_REMINDERS", "14 3").split()
)
AUDIT_REMINDERS = tuple(  # so many days before each deadline of an audit, unless its lead says otherwise
    int(each) for each in os.environ.get("HAVEN_AUDIT_REMINDERS", "14 3").split()
)
READER_YEARS = int(os.environ.get("HAVEN_READER_YEARS", "6"))  # after leaving, a reader without an account is forgotten
VISITORS_COMPARE = IS_DEMO  # whether somebody who has not signed in may compare two files
REVIEW_WEEKS = int(os.environ.get("HAVEN_REVIEW_WEEKS", "6"))  # ahead of its date a policy's review is started
POLICY_YEARS = int(os.environ.get("HAVEN_POLICY_YEARS", "0"))  # a replaced version's file is kept; 0 for ever
AUDIT_FEWEST = max(5, int(os.environ.get("HAVEN_AUDIT_FEWEST", "5")))  # schools or areas behind any figure of others
RECOGNISED_FROM = date.fromisoformat(os.environ.get("HAVEN_RECOGNISED_FROM", "2026-03-01"))  # as a lawful basis
PROGRAM_RATE = int(os.environ.get("HAVEN_PROGRAM_RATE", "200"))  # requests a second from one address, in each process
PROGRAM_AUDIENCE = urlsplit(ORIGIN).netloc  # for whom a program says that it signed
LEAST_FREE = int(os.environ.get("HAVEN_LEAST_FREE", "0" if IS_DEMO else "15")) / 100  # of the disk, or nothing is taken
PROMPTS_KEPT_DAYS = int(os.environ.get("HAVEN_PROMPT_DAYS", "90"))  # after a letter went out, who got it is forgotten
DRAFT_DAYS = int(os.environ.get("HAVEN_DRAFT_DAYS", "90"))  # after which an untouched draft is put aside

ROOT_URLCONF = "haven.config.urls"
WSGI_APPLICATION = "haven.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "haven.config.context.page",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"


def _database() -> dict[str, object]:
    """The database of DATABASE_URL, or the embedded one, as the role of HAVEN_DB_ROLE (the app's unless set)."""
    pool = {"min_size": 1, "max_size": int(os.environ.get("HAVEN_DB_POOL", "4")), "timeout": 10}
    shape = {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 0, "OPTIONS": {"pool": pool}}
    role = os.environ.get("HAVEN_DB_ROLE", "haven_app")
    if url := os.environ.get("DATABASE_URL"):
        parts = urlsplit(url)
        place = {"HOST": unquote(parts.hostname or ""), "PORT": parts.port or 5432, "NAME": parts.path.lstrip("/")}
        place["OPTIONS"] = {"pool": pool, **dict(parse_qsl(parts.query))}  # such as sslmode=verify-full
        return shape | place | {"USER": unquote(parts.username or role), "PASSWORD": unquote(parts.password or "")}
    return shape | {"HOST": str(HOME / "db" / "s"), "NAME": os.environ.get("HAVEN_DB_NAME", "haven"), "USER": role}


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- signing in: docs/decisions/0004-signing-in-is-a-capability.md ---

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["name", "email"]}},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ALLAUTH_TRUSTED_PROXY_COUNT = 1 if os.environ.get("HAVEN_BEHIND_PROXY") == "1" else 0
ACCOUNT_ADAPTER = "haven.signin.adapters.account.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # there is no sign-up; the library asks which fields a person has
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation is answered from the address it went to
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True  # by code: no e-mail of ours carries a link
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # our own form tells them
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {  # a school or a council comes from one address; one account is tried by nobody but its holder
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/15m/key",
    "reset_password": "20/m/ip,3/15m/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "manage_email": "5/15m/user",
    "address_code": "3/15m/key",
    "single_sign_on": "120/m/ip",
    "two_files": "12/m/ip,120/h/ip",  # given by somebody who has not signed in
    "survey_code": "60/m/ip",  # a whole meeting answers from one address
}
ACCOUNT_FORMS = {
    "login": "haven.signin.forms.SignInForm",
    "reauthenticate": "haven.signin.forms.ConfirmByPasswordForm",
    "reset_password": "haven.signin.forms.AskForResetForm",
    "confirm_password_reset_code": "haven.signin.forms.ResetCodeForm",
    "reset_password_from_key": "haven.signin.forms.ResetPassword",
    "change_password": "haven.signin.forms.NewPasswordForm",
    "set_password": "haven.signin.forms.FirstPasswordForm",
}
MFA_ADAPTER = "haven.signin.adapters.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Haven"
MFA_TOTP_TOLERANCE = 0  # a code is good for its own half minute, and once
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
MFA_FORMS = {
    "authenticate": "haven.signin.forms.SecondFactorForm",
    "reauthenticate": "haven.signin.forms.ConfirmByCodeForm",
}
DORMANT_DAYS = int(os.environ.get("HAVEN_DORMANT_DAYS", "90"))  # away so long, a code goes to her address too
SOCIALACCOUNT_ADAPTER = "haven.signin.adapters.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": providers(os.environ.get("HAVEN_SSO_FILE"))}}

CACHES = {"default": {"BACKEND": "haven.signin.adapters.cache.TableCache", "LOCATION": "signin_cacheentry"}}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_ENGINE = "haven.signin.adapters.sessions"  # sealed: a form may wait in one
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_NAME = "__Host-haven" if IS_SECURE else "haven"
CSRF_COOKIE_NAME = "__Host-haven-csrf" if IS_SECURE else "haven-csrf"
SECURE_HSTS_SECONDS = 31_536_000 if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_SECURE
SECURE_SSL_REDIRECT = IS_SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("HAVEN_BEHIND_PROXY") == "1" else None
SECURE_REFERRER_POLICY = "same-origin"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
DATE_FORMAT = "j F Y"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [path for path in [ROOT / "static"] if path.exists()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

EMAIL_BACKEND = os.environ.get("HAVEN_MAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = HOME / "mail"
EMAIL_HOST = os.environ.get("HAVEN_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("HAVEN_MAIL_PORT", "25"))
EMAIL_USE_TLS = os.environ.get("HAVEN_MAIL_TLS") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("HAVEN_MAIL_FROM", "haven@example.org")

DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("HAVEN_LOG_LEVEL", "WARNING")},
}
