"""
Settings, all from the environment; docs/settings.md has a heading for each variable.

A value that cannot be understood stops the start with its name.
"""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from marketplace.lib.environment import env_bool, env_int, env_list, env_str, postgres

ROOT = Path(__file__).resolve().parent.parent

DEBUG = env_bool("LOANBRIDGE_DEBUG", default=False)
SECRET_KEY = env_str("LOANBRIDGE_SECRET_KEY", default="insecure-development-key" if DEBUG else None)
ALLOWED_HOSTS = env_list("LOANBRIDGE_ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
#: Where browsers may come from, for forms and for WebSockets.
CSRF_TRUSTED_ORIGINS = env_list("LOANBRIDGE_ORIGINS", default=[])
#: Set behind nginx with a certificate: cookies only over TLS.
SECURE = env_bool("LOANBRIDGE_SECURE", default=False)

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "marketplace.accounts.admin_app.RoleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "channels",
    "csp",
    "django_fsm",
    "django_htmx",
    "marketplace",
    "marketplace.lib.outbox",
    "marketplace.lib.web",
    "marketplace.accounts",
    "escrow",
    "borrowers",
    "investors",
    "risk_reserve",
    "listings",
    "listings.rounds",
    "loans",
    "marketplace.reporting",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "marketplace.accounts.middleware.ActorMiddleware",
    "marketplace.lib.web.middleware.AdminContentSecurityPolicy",
    "marketplace.lib.web.middleware.RefusalsBecomePages",
]

ROOT_URLCONF = "marketplace.urls"
ASGI_APPLICATION = "asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "marketplace" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "marketplace.lib.web.context.navigation",
            ],
            "builtins": ["django.templatetags.i18n", "marketplace.lib.web.templatetags.loanbridge"],
        },
    }
]

# --- Data ---------------------------------------------------------------------------------------------------------

DATABASES = {"default": postgres(env_str("DATABASE_URL"))}
#: Under ASGI every request has a thread of its own: kept connections would pile up, so they come from a pool.
DATABASES["default"]["OPTIONS"] = {
    "connect_timeout": 5,
    "application_name": "loanbridge",
    "pool": {"min_size": 1, "max_size": env_int("LOANBRIDGE_DATABASE_POOL", default=20), "timeout": 10},
}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
#: The login that web and worker use in production; migrations run as the owner (docs/decisions/0002).
DATABASE_APPLICATION_ROLE = env_str("DATABASE_APPLICATION_ROLE", default="loanbridge_app")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env_str("REDIS_URL")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
CHANNEL_LAYERS = {"default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}}}

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
#: A verb that only wants to nudge a worker does not wait for a broker that is down (six seconds without this).
CELERY_BROKER_TRANSPORT_OPTIONS = {"max_retries": 1, "interval_start": 0, "socket_connect_timeout": 1}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- Who may come in ----------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_ADAPTER = "marketplace.accounts.adapter.AccountAdapter"
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "Loanbridge"
MFA_PASSKEY_LOGIN_ENABLED = True
#: Development only: WebAuthn without TLS on localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

# --- What browsers are told ---------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
NAVIGATION = "marketplace.navigation.NAVIGATION"
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576

STATIC_URL = "/static/"
STATIC_ROOT = Path(env_str("LOANBRIDGE_STATIC_ROOT", default=str(ROOT / "static_root")))
STATICFILES_DIRS = [
    ROOT / "marketplace" / "static",
    *(
        (prefix, ROOT / "node_modules" / package)
        for prefix, package in (
            ("tabler", "@tabler/core/dist"),
            ("chartjs", "chart.js/dist"),
            ("htmx", "htmx.org/dist"),
        )
        if (ROOT / "node_modules" / package).is_dir()
    ),
]
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = False

#: Messages a second that one WebSocket may send on average; twice that at once.
MESSAGES_PER_SECOND = env_int("LOANBRIDGE_MESSAGES_PER_SECOND", default=50)
#: How long a socket's bids are taken without asking again whether its reader is still signed in.
SIGN_IN_CHECK_SECONDS = env_int("LOANBRIDGE_SIGN_IN_CHECK_SECONDS", default=60)

#: Where clients send money, as their deposit page shows it.
ESCROW_BANK = {
    "name": env_str("LOANBRIDGE_BANK_NAME", default="Demonstration Custody Bank"),
    "holder": env_str("LOANBRIDGE_BANK_HOLDER", default="Loanbridge client money (demonstration)"),
    "account": env_str("LOANBRIDGE_BANK_ACCOUNT", default="0000 0000 0000 0000"),
}

# --- Language and time --------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [ROOT / "marketplace" / "locale"]
TIME_ZONE = env_str("LOANBRIDGE_TIME_ZONE", default="Asia/Shanghai")
USE_TZ = True

EMAIL_BACKEND = env_str("LOANBRIDGE_EMAIL_BACKEND", default="django.core.mail.backends.console.EmailBackend")
DEFAULT_FROM_EMAIL = env_str("LOANBRIDGE_EMAIL_FROM", default="Loanbridge <no-reply@loanbridge.test>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env_str("LOANBRIDGE_LOG_LEVEL", default="INFO")},
}

UNFOLD = {
    "SITE_TITLE": "Loanbridge",
    "SITE_HEADER": "Loanbridge",
    "SITE_URL": "/dashboard/",
    "SHOW_VIEW_ON_SITE": False,
}
