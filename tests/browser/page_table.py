"""Every page there is, by who opens it; what stands nowhere here fails a test."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from tests.browser.world import World


@dataclass(frozen=True)
class Desk:
    """Somebody, and the pages they open: address names with what stands in the address."""

    who: Callable[[World], User | None]
    pages: list[tuple[str, Callable[[World], tuple[object, ...]]]] = field(default_factory=list)

    def addresses(self, world: World) -> list[tuple[str, str]]:
        """(name, address) of the pages in this world."""
        return [(name, reverse(name, args=of(world))) for name, of in self.pages]


def nothing(_world: World) -> tuple[object, ...]:
    """An address without parameters."""
    return ()


def listing(name: str, *more: object) -> Callable[[World], tuple[object, ...]]:
    """The number of a listing."""
    return lambda world: (world.listings[name].pk, *more)


def room(name: str) -> Callable[[World], tuple[object, ...]]:
    """The number of a round."""
    return lambda world: (world.rounds[name].pk,)


def loan(world: World) -> tuple[object, ...]:
    """The number of the loan with payments."""
    return (world.loan.pk,)


def staff(role: Role) -> Callable[[World], User]:
    """A member of staff."""
    return lambda world: world.staff[role]


def ann_account(world: World) -> tuple[object, ...]:
    """The code of Ann's wallet."""
    return (f"investor:{world.ann.pk}:cash",)


DESKS = {
    "visitor": Desk(
        lambda _world: None,
        [
            ("home", nothing),
            ("listing_list", nothing),
            *(("listing_page", listing(name)) for name in ("open", "planned", "failed")),
            *(("round_room", room(name)) for name in ("flash", "soon", "funded")),
            ("account_login", nothing),
            ("account_signup", nothing),
            ("account_reset_password", nothing),
        ],
    ),
    "newcomer": Desk(
        lambda world: world.newcomer,
        [
            ("welcome", nothing),
            ("borrower_open", nothing),
            ("round_room", room("open")),
            ("account_email", nothing),
            ("account_change_password", nothing),
            ("mfa_index", nothing),
        ],
    ),
    "investor": Desk(
        lambda world: world.ann.user,
        [
            ("investor_home", nothing),
            ("investor_wallet", nothing),
            ("investor_holdings", nothing),
            ("investor_bids", nothing),
            ("investor_deposit", nothing),
            ("loan_page", loan),
            *(("round_room", room(name)) for name in ("flash", "soon", "funded")),
        ],
    ),
    "borrower": Desk(
        lambda world: world.borrower.user,
        [
            ("borrower_home", nothing),
            ("borrower_new", nothing),
            ("borrower_wallet", nothing),
            *(("borrower_listing", listing(name)) for name in ("returned", "flash", "funded")),
            ("borrower_edit", listing("returned")),
            ("borrower_submit", listing("draft")),
            ("borrower_withdraw", listing("submitted")),
            ("borrower_sign", listing("funded")),
            ("loan_page", loan),
            ("loan_pay", loan),
            ("loan_settle", loan),
        ],
    ),
    "loan officer": Desk(
        staff(Role.LOAN_OFFICER),
        [
            ("work_queue", nothing),
            ("listing_file", listing("investigating")),
            ("listing_move", listing("investigating", "pass_to_risk")),
            ("listing_move", listing("investigating", "reject")),
            ("loan_book", nothing),
            ("loan_page", loan),
            ("loan_holders", loan),
        ],
    ),
    "risk officer": Desk(staff(Role.RISK_OFFICER), [("work_queue", nothing), ("listing_file", listing("risk"))]),
    "committee": Desk(staff(Role.COMMITTEE_MEMBER), [("work_queue", nothing), ("listing_file", listing("committee"))]),
    "operations": Desk(
        staff(Role.OPERATIONS),
        [
            ("work_queue", nothing),
            ("listing_file", listing("flash")),
            ("listing_schedule", listing("approved")),
            ("listing_cancel", listing("open")),
            ("dead_events", nothing),
        ],
    ),
    "finance": Desk(
        staff(Role.FINANCE),
        [
            ("escrow_overview", nothing),
            ("escrow_journal", nothing),
            ("escrow_entry", lambda world: (world.entry.pk,)),
            ("escrow_accounts", nothing),
            ("escrow_account", ann_account),
            ("escrow_trial_balance", nothing),
            ("escrow_receipt", nothing),
            ("listing_pay_out", listing("contracted")),
        ],
    ),
    "auditor": Desk(
        staff(Role.AUDITOR),
        [("escrow_overview", nothing), ("work_queue", nothing), ("listing_file", listing("contracted"))],
    ),
}
