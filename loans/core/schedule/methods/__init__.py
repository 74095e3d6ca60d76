"""
The amortizations there are: name in the terms -> function making the rows.

A new one is a file here with a `rows(terms, spans)` and a line in `METHODS`; nothing else asks for names.
"""

from collections.abc import Callable, Sequence

from loans.core.schedule.instalment import Instalment
from loans.core.schedule.methods import equal_instalment, interest_only
from loans.core.schedule.spans import Span
from loans.core.terms import Terms

Method = Callable[[Terms, Sequence[Span]], list[Instalment]]

METHODS: dict[str, Method] = {
    "equal_instalment": equal_instalment.rows,
    "interest_only": interest_only.rows,
}
