"""Where to look after a run, and who signs in."""

from rich.table import Table

from marketplace.demo.roster import CLIENTS, COLLEAGUES, PASSWORD, email
from marketplace.demo.tables import table_of

PLACES = (
    ("Home", "/"),
    ("Listings", "/listings/"),
    ("Investor's page", "/invest/"),
    ("Borrower's page", "/borrow/"),
    ("Work queue of staff", "/staff/queue/"),
    ("Escrow: the equation and the journal", "/escrow/"),
    ("Events", "/events/"),
    ("Admin", "/admin/"),
)


def addresses(site: str) -> Table:
    """Where to look."""
    table = table_of("Addresses", "What", "Where")
    for what, path in PLACES:
        table.add_row(what, f"{site}{path}")
    return table


def sign_ins() -> Table:
    """Who signs in with what."""
    table = table_of(f"Sign-ins · the password of all is {PASSWORD}", "Who", "E-mail")
    for client in CLIENTS:
        table.add_row(f"Borrower: {client.legal_name}", email(client.address))
    for colleague in COLLEAGUES:
        table.add_row(f"{colleague.role.label}: {colleague.name}", email(colleague.address))
    table.add_row("Investor (also -002, -003 …)", email("investor-001"))
    return table
