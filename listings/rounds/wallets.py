"""Account ids of wallets and rounds, remembered by the process: accounts never change once opened."""

from collections.abc import Iterable

from escrow import chart
from escrow.queries import account_ids

_ids: dict[str, int] = {}


def accounts_of_investors(investor_ids: Iterable[int]) -> dict[int, int]:
    """
    Wallet account ids by investor id.

    :raises UnknownAccount: if one has no wallet
    """
    code_of = {investor_id: chart.investor_cash(investor_id) for investor_id in investor_ids}
    _learn(code_of.values())
    return {investor_id: _ids[code] for investor_id, code in code_of.items()}


def account_of_round(round_id: int) -> int:
    """
    The id of a round's escrow account.

    :raises UnknownAccount: if it has none
    """
    code = chart.round_escrow(round_id)
    _learn([code])
    return _ids[code]


def forget() -> None:
    """Start afresh (another database)."""
    _ids.clear()


def _learn(codes: Iterable[str]) -> None:
    if unknown := [code for code in codes if code not in _ids]:
        _ids.update(account_ids(unknown))
