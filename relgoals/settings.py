"""One settings module. Every deployment difference is an environment variable read here, nowhere else.

LOCAL=1 is what `make run` and `make test` set: keys are made in var/, mail goes to a folder, http is enough.
Without it this is production, and relgoals/checks.py says what is missing.
"""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from relgoals import broker
from relgoals.checks import complaints
from relgoals.local import local_environment
from relgoals.logs import configuration

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
LOCAL = env.bool("LOCAL", default=False)
VAR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))
try:
    VAR.mkdir(parents=True, exist_ok=True)
    kept_here = local_environment(VAR) if LOCAL else {}
except OSError as error:
    sys.exit(f"RelGoals cannot write into {VAR} ({error.strerror}). Name a folder that it may write: VAR_DIR=/path")
for name, value in kept_here.items():
    os.environ.setdefault(name, value)
if not LOCAL and (unsafe := complaints(os.environ)):
    sys.exit("RelGoals does not start:\n" + "\n".join(f"- {sentence}" for sentence in unsafe))

DEBUG = False  # errors are read in the log; no page of ours depends on it
SECRET_KEY = env("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
TEXT_KEYS = env.list("TEXT_KEY")  # newest first: the first writes, all of them read (people/sealed.py)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"] if LOCAL else [])
SITE_URL = env(
    "SITE_URL", default="http://localhost:8000" if LOCAL else f"https://{(ALLOWED_HOSTS or ['localhost'])[0]}"
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "relgoals",
    "web",
    "people",
    "journal",
    "outbox",
    "jobs",
    "goals",
    "conversations",
    "appraisals",
    "partnering",
    "reminders",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "csp",
    "django_prometheus",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "relgoals.machine.MachineConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]
MIDDLEWARE = [
    "relgoals.middleware.ForwardedMiddleware",
    "relgoals.middleware.RequestIdMiddleware",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "relgoals.middleware.SignInMiddleware",
    "relgoals.middleware.ReaderMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]
ROOT_URLCONF = "relgoals.urls"
WSGI_APPLICATION = "relgoals.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.navigation.navigation",
                "relgoals.beside.beside",
                *(["relgoals.demo_door.offered"] if LOCAL else []),
            ]
        },
    },
    {  # plain text of mails: an apostrophe stays an apostrophe. HTML is never rendered with it
        "NAME": "text",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"autoescape": False},
    },
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR}/relgoals.sqlite3")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # without it 40 % of concurrent writes fail as "locked"
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}  # a file, so that threads meet a real lock
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = env.bool("DISABLE_SERVER_SIDE_CURSORS", default=False)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # at the default of 300 a flood of addresses would wash counters out
    }
}  # throttles: works without Redis
SESSION_ENGINE = "django.contrib.sessions.backends.db"

AUTH_USER_MODEL = "people.Employee"
AUTHENTICATION_BACKENDS = [
    "relgoals.reader.ReaderBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "preferred_name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "people.accounts.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "people.accounts.SingleSignOnAdapter"
MFA_ADAPTER = "people.accounts.SecondFactorAdapter"
ACCOUNT_FORMS = {
    "login": "people.forms.account.SignInForm",
    "reset_password": "people.forms.account.AskForLinkForm",
    "change_password": "people.forms.account.ChangePasswordForm",
    "set_password": "people.forms.account.SetPasswordForm",
    "reauthenticate": "people.forms.account.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "people.forms.account.CodeForm",
    "reauthenticate": "people.forms.account.ReauthenticateCodeForm",
    "activate_totp": "people.forms.account.ActivateForm",
    "add_webauthn": "people.forms.account.AddKeyForm",
    "edit_webauthn": "people.forms.account.RenameKeyForm",
}
ACCOUNT_RATE_LIMITS = {  # counted in the database, so over all processes; a whole campus may come from one address
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "reset_password": "20/m/ip,3/5m/key",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_SESSION_REMEMBER = True
SESSION_COOKIE_AGE = 7 * 24 * 3600
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "relgoals"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL

# Single sign-on: the three of OIDC_SERVER_URL, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET switch it on.
OIDC_SERVER_URL = env("OIDC_SERVER_URL", default="")
SINGLE_SIGN_ON = {
    "provider_id": "sso",
    "name": env("OIDC_NAME", default="Single sign-on"),
    "client_id": env("OIDC_CLIENT_ID", default=""),
    "secret": env("OIDC_CLIENT_SECRET", default=""),
    "settings": {"server_url": OIDC_SERVER_URL},
}
OIDC_ORIGINS = env.list(
    "OIDC_ORIGINS", default=["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_SERVER_URL))] if OIDC_SERVER_URL else []
)
SOCIALACCOUNT_PROVIDERS = (
    {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [SINGLE_SIGN_ON]}} if OIDC_SERVER_URL else {}
)

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("de", _("German"))]
TIME_ZONE = env("TIME_ZONE", default="UTC")
USE_TZ = True
FORMAT_MODULE_PATH = "relgoals.formats"
LOCALE_PATHS = [BASE_DIR / app / "locale" for app in INSTALLED_APPS if (BASE_DIR / app).is_dir()]

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
NODE = BASE_DIR / "node_modules"
VENDORED = {
    "vendor/bootstrap": NODE / "bootstrap/dist",
    "vendor/icons": NODE / "bootstrap-icons/font",
    "vendor/source-sans-3": NODE / "@fontsource-variable/source-sans-3",
    "vendor/source-serif-4": NODE / "@fontsource-variable/source-serif-4",
    "vendor/echarts": NODE / "echarts/dist",
}
STATICFILES_DIRS = [BASE_DIR / "static", *((prefix, path) for prefix, path in VENDORED.items() if path.is_dir())]
STORAGES = {
    "default": {"BACKEND": "web.room.Storage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = Path(env("MEDIA_DIR", default=str(VAR / "files")))  # never served as such: views check who asks
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler", "web.room.SpilledFiles"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FORM_RENDERER = "web.rendering.Renderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# Headers. Nothing from a third party, nothing inline, on any page.
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)  # one that sets X-Forwarded-For and X-Forwarded-Proto itself
SECURE_SSL_REDIRECT = not LOCAL
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]  # a balancer asks from inside, without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 0 if LOCAL else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not LOCAL
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_NAME = "sessionid" if LOCAL else "__Host-sessionid"
CSRF_COOKIE_NAME = "csrftoken" if LOCAL else "__Host-csrftoken"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *OIDC_ORIGINS],  # a form that starts single sign-on is sent on to where one signs in
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# Mail: EMAIL_URL=smtp+tls://user:password@host:587. Local mail is written to a folder and read at /dev/mail/.
if LOCAL and "EMAIL_URL" not in os.environ:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "mail"
else:
    vars().update(env.email("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_TIMEOUT = 10
OUTBOX_LEDGER = VAR / "outbox"  # what this host's workers have sent and not marked yet (outbox/ledger.py)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="relgoals@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

LOGGING = configuration(as_json=not LOCAL, level=env("LOG_LEVEL", default="WARNING" if LOCAL else "INFO"))
METRICS_TOKEN = env("METRICS_TOKEN", default="")  # empty: /metrics is not there
METRICS_FOLDER = Path(os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(VAR / "metrics")))  # web counts together
METRICS_FOLDER.mkdir(parents=True, exist_ok=True)
PROMETHEUS_EXPORT_MIGRATIONS = False

CLOCK_FILE = env("CLOCK_FILE", default=None)  # tests and demo only: seconds to add to the real time (journal/clock.py)

# Redis where there are several hosts; one file a message in VAR where there is one (relgoals/broker.py).
CELERY_BROKER_URL = env("REDIS_URL", default="relgoalsfiles://localhost")
CELERY_BROKER_TRANSPORT_OPTIONS = (
    broker.options(VAR / "broker") if CELERY_BROKER_URL.startswith(broker.SCHEME) else {"visibility_timeout": 3600}
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False  # nobody asks workers anything; its fanout would fill the folder
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "roll up appraisals": {"task": "appraisals.tasks.roll", "schedule": 20, "options": {"expires": 19}},
    "turn stages of appraisals": {"task": "appraisals.tasks.turn_stages", "schedule": 60, "options": {"expires": 55}},
    "raise reminders": {"task": "reminders.tasks.raise_reminders", "schedule": 60, "options": {"expires": 55}},
    "send notices": {"task": "reminders.tasks.send_notices", "schedule": 10, "options": {"expires": 9}},
    "hand over": {"task": "people.tasks.hand_over", "schedule": 3600, "options": {"expires": 3500}},
    "seal the journal": {"task": "journal.tasks.seal_journal", "schedule": 60, "options": {"expires": 55}},
    "settle notices": {"task": "reminders.tasks.settle_notices", "schedule": 120, "options": {"expires": 115}},
    "give readings": {"task": "jobs.tasks.give_readings", "schedule": 600, "options": {"expires": 590}},
    "work on imports": {"task": "people.tasks.work_on_imports", "schedule": 15, "options": {"expires": 14}},
    "hand over series": {"task": "conversations.tasks.hand_over_series", "schedule": 600, "options": {"expires": 590}},
    "make one-on-ones": {"task": "conversations.tasks.make_one_on_ones", "schedule": 900, "options": {"expires": 890}},
    "answer link requests": {"task": "people.tasks.answer_link_requests", "schedule": 10, "options": {"expires": 9}},
    "count coverage": {"task": "goals.tasks.count_coverage", "schedule": 60, "options": {"expires": 55}},
    "place departments": {"task": "goals.tasks.place_departments", "schedule": 600, "options": {"expires": 590}},
    "forget old imports": {"task": "people.tasks.forget_old_imports", "schedule": 3600, "options": {"expires": 3000}},
}
