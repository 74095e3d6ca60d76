from typing import Any

from django.core.management.base import BaseCommand, CommandError

from escrow.verify import verify_ledger


class Command(BaseCommand):
    help = "Recompute the ledger from its transfers; exit with an error if anything disagrees."

    def handle(self, *_args: Any, **_options: Any) -> None:
        findings = verify_ledger()
        for finding in findings:
            self.stderr.write(f"{finding.rule}: {finding.detail}")
        if findings:
            raise CommandError("verify_ledger: BROKEN")
        self.stdout.write("verify_ledger: OK")
