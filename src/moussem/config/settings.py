"""The settings of an installation; every one of ours is read from `MOUSSEM_*` (see docs/reference/settings.md)."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from moussem.config import environment

PACKAGE = Path(__file__).resolve().parent.parent
VAR = Path(environment.text("VAR", "var")).absolute()
VAR.mkdir(parents=True, exist_ok=True)

DEBUG = environment.flag("DEBUG")
DEMONSTRATION = environment.flag("DEMONSTRATION")
SITE_URL = environment.text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
SECRET_KEY = environment.kept_secret("SECRET_KEY", VAR)
SEAL_KEY = environment.kept_secret("SEAL_KEY", VAR)
LINK_KEY = environment.kept_secret("LINK_KEY", VAR)
FILES = VAR / "files"
FILE_LIMIT = environment.number("FILE_LIMIT", 25_000_000)
IMPORT_ROWS = environment.number("IMPORT_ROWS", 50_000)
LEDGER = VAR / "ledger"
JOB_LEASE_S = environment.number("JOB_LEASE", 60)
MAIL_URL = environment.text("MAIL_URL")
MAIL_FROM = environment.text("MAIL_FROM", f"moussem@{urlsplit(SITE_URL).hostname or 'localhost'}")
PROXIES = environment.number("PROXIES", 0)
REGISTRATIONS_AN_HOUR = environment.number("REGISTRATIONS_AN_HOUR", 60)

FRONT_PLACE = environment.text("FRONT_PLACE", "Oujda")

_secure = urlsplit(SITE_URL).scheme == "https"
SITE_HOST = urlsplit(SITE_URL).hostname or "localhost"
ALLOWED_HOSTS = [
    SITE_HOST,
    *filter(None, environment.text("HOSTS").split(",")),
]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# Nothing is told to other sites, so that a guest's link never leaks; "no-referrer" would make browsers send
# "Origin: null" with our own forms, and each of them would be refused.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "moussem.core",
    "moussem.audit",
    "moussem.accounts",
    "moussem.mail",
    "moussem.evidence",
    "moussem.directory",
    "moussem.actions",
    "moussem.events",
    "moussem.guests",
    "moussem.meetings",
    "moussem.agreements",
    "moussem.projects",
    "moussem.programmes",
    "moussem.observatory",
    "moussem.desk",
    "moussem.api",
    "moussem.demo",
    "moussem.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "moussem.events.middleware.KeptPageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "moussem.accounts.middleware.GuestAddressMiddleware",
    "moussem.accounts.middleware.ActorMiddleware",
    "moussem.accounts.middleware.SecondFactorMiddleware",
    "moussem.accounts.middleware.LinkMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "moussem.config.urls"
WSGI_APPLICATION = "moussem.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "moussem.core.context.page",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        environment.text("DATABASE_URL", f"sqlite:///{VAR / 'moussem.sqlite3'}"), conn_max_age=600
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
REPRESENTATION_RESOLVER = "moussem.directory.domain.queries.represented"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "moussem.accounts.adapters.UserBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
LOGOUT_REDIRECT_URL = "/"

# Staff are invited; they log in with their e-mail, and change nothing of their access without showing who they are.
ACCOUNT_ADAPTER = "moussem.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[moussem] "
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(SITE_URL).scheme or "http"
MFA_ADAPTER = "moussem.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {"add_webauthn": "moussem.accounts.interfaces.keys.AddKeyForm"}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "moussem"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _secure
SECOND_FACTOR_FORCED = not DEMONSTRATION

# Failed log-ins, counted in the database: by account and by address.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "moussem.accounts.adapters.client_of"
AXES_USERNAME_CALLABLE = "moussem.accounts.adapters.account_of"
AXES_LOCKOUT_CALLABLE = "moussem.accounts.adapters.locked_out"

# What other packages send goes to the outbox; the worker alone speaks to the mail server.
EMAIL_BACKEND = "moussem.mail.adapters.OutboxBackend"
DEFAULT_FROM_EMAIL = MAIL_FROM

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
# What guests read is said in one language more: their pages, and the mails to them.
GUEST_LANGUAGES = [*LANGUAGES, ("ar", _("Arabic"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Africa/Casablanca"
FORMAT_MODULE_PATH = ["moussem.config.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"moussem": {"level": "INFO"}},
}

# Views of other packages: (audience, permission) by URL name or namespace, as `moussem routes` prints them.
_SHUT = ("account", "allauth.nobody")
_OPEN = ("account", "allauth.anyone")
_OWN = ("account", "allauth.signed_in")
_SURE = ("account", "allauth.signed_in_again")
THIRD_PARTY_DOORS: dict[str, tuple[str, str]] = {
    "set_language": ("public", "django.anyone"),
    "account_signup": _SHUT,
    **dict.fromkeys(
        (
            "account_login",
            "account_logout",
            "account_inactive",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key",
            "account_reset_password_from_key_done",
            "account_confirm_email",
            "account_email_verification_sent",
            "account_confirm_login_code",
            "mfa_authenticate",
            "mfa_login_webauthn",
        ),
        _OPEN,
    ),
    **dict.fromkeys(
        (
            "account_reauthenticate",
            "account_set_password",
            "mfa_index",
            "mfa_list_webauthn",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "usersessions_list",
        ),
        _OWN,
    ),
    **dict.fromkeys(
        (
            "account_change_password",
            "account_email",
            "mfa_activate_totp",
            "mfa_add_webauthn",
            "mfa_deactivate_totp",
            "mfa_download_recovery_codes",
            "mfa_edit_webauthn",
            "mfa_generate_recovery_codes",
            "mfa_remove_webauthn",
            "mfa_view_recovery_codes",
        ),
        _SURE,
    ),
}
