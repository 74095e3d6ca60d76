#!/usr/bin/env python
"""Django's command line. Commands that change tables sign in as their owner, the rest as the application."""

import os
import sys

from django.core.management import execute_from_command_line

#: Commands that need the rights of the tables' owner.
OWNERS_COMMANDS = {"migrate", "makemigrations", "sqlmigrate", "flush"}


def main(arguments: list[str]) -> None:
    """Run one command of Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
    owner = os.environ.get("DATABASE_OWNER_URL")
    if owner and OWNERS_COMMANDS.intersection(arguments[1:2]):
        os.environ["DATABASE_URL"] = owner
    execute_from_command_line(arguments)


if __name__ == "__main__":
    main(sys.argv)
