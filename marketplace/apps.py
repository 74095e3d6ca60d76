from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class MarketplaceConfig(AppConfig):
    """The wiring: starts Celery with Django, and asserts roles and database rights after each migration."""

    name = "marketplace"

    def ready(self) -> None:
        from marketplace.celery import app  # noqa: F401  the app that @shared_task binds to

        # Django's own hook for "the schema has changed"; domain events never travel by signal.
        post_migrate.connect(_after_migrate, sender=apps.get_app_config("accounts"), dispatch_uid="marketplace")


def _after_migrate(*, using: str, **_signal: object) -> None:
    from marketplace.accounts.roles import create_groups
    from marketplace.lib.grants import grant_application_role

    create_groups(using=using)
    grant_application_role(using=using)
