"""Tables at the terminal."""

from rich.table import Table


def table_of(title: str, *columns: str) -> Table:
    """A table; columns that begin with > hold figures."""
    table = Table(title=title, title_justify="left")
    for name in columns:
        table.add_column(name.removeprefix(">"), justify="right" if name.startswith(">") else "left")
    return table
