from typing import Any

from django.core.management.base import BaseCommand, CommandError

from marketplace.reporting.verify import verify_books


class Command(BaseCommand):
    help = "Hold rounds, loans and listings against the ledger; exit with an error if they disagree."

    def handle(self, *_args: Any, **_options: Any) -> None:
        findings = verify_books()
        for finding in findings:
            self.stderr.write(f"{finding.rule}: {finding.detail}")
        if findings:
            raise CommandError("verify_books: BROKEN")
        self.stdout.write("verify_books: OK")
