"""The words of the arithmetic, for people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loans.core.buckets import Bucket
from loans.core.classify import LoanClass
from loans.queries import LineState

BUCKETS: dict[Bucket, str | Promise] = {
    Bucket.COSTS: _("Costs of collection"),
    Bucket.PENALTIES: _("Penalty for paying late"),
    Bucket.FEES: _("Fees"),
    Bucket.OVERDUE_INTEREST: _("Overdue interest"),
    Bucket.OVERDUE_PRINCIPAL: _("Overdue principal"),
    Bucket.DUE_INTEREST: _("Interest due"),
    Bucket.DUE_PRINCIPAL: _("Principal due"),
}
#: Words and the family of colours (marketplace.lib.web.states).
LINES: dict[LineState, tuple[str | Promise, str]] = {
    LineState.PAID: (_("Paid"), "done"),
    LineState.OVERDUE: (_("Overdue"), "late"),
    LineState.DUE: (_("Due today"), "waiting"),
    LineState.UPCOMING: (_("To come"), "preparing"),
    LineState.ENDED: (_("Settled early"), "ended"),
}
CLASSES: dict[LoanClass, tuple[str | Promise, str]] = {
    LoanClass.NORMAL: (_("Normal"), "done"),
    LoanClass.SPECIAL_MENTION: (_("Special mention"), "late"),
    LoanClass.SUBSTANDARD: (_("Substandard"), "late"),
    LoanClass.DOUBTFUL: (_("Doubtful"), "lost"),
    LoanClass.LOSS: (_("Loss"), "lost"),
}
#: Why a loan moved, as `loans.operations` writes it down.
REASONS: dict[str, str | Promise] = {
    "paid out": _("The money was paid out."),
    "last instalment paid": _("The last instalment was paid."),
    "settled early": _("It was settled before its time."),
}
