"""The engine without a network: batches against a transaction per bid, and against raw COPY."""

from time import perf_counter

from django.utils import timezone

from bench import stage
from bench.figures import Figure, against, alone
from bench.peers import copy, orm
from investors.models import Investor
from listings.rounds.models import Round
from listings.rounds.operations import place_bids
from listings.rounds.wallets import account_of_round, accounts_of_investors

BATCH = 1_000
GROWTH_TO = 1_000_000


def measure(*, runs: int, quick: bool) -> list[Figure]:
    """Engine, ORM and COPY in turn, `runs` times."""
    people = stage.investors(50 if quick else 500)
    opened = stage.open_round()
    bids, singles = (2_000, 50) if quick else (20_000, 500)
    engine_runs, orm_runs, copy_runs = [], [], []
    for _ in range(runs):
        engine_runs.append(_engine(opened, people, bids))
        orm_runs.append(_orm(opened, people, singles))
        copy_runs.append(_copy(opened, people, bids))
    return [
        against(
            f"batch engine, one hot round, batches of {BATCH:,}",
            engine_runs,
            orm_runs,
            unit="bids/s",
            peer="ORM transaction per bid",
            at_least=60,
        ),
        against(
            f"batch engine, batches of {BATCH:,}",
            engine_runs,
            copy_runs,
            unit="bids/s",
            peer="raw COPY of the same rows",
            at_least=0.5,
        ),
    ]


def measure_growth(*, quick: bool) -> list[Figure]:
    """Cost per bid when a round holds 10,000 bids and when it holds a million: three windows at each end."""
    people = stage.investors(50 if quick else 500)
    opened = stage.open_round()
    last = 30_000 if quick else GROWTH_TO
    costs: dict[int, float] = {}
    for placed in range(0, last, 5_000):
        costs[placed + 5_000] = 1e6 / _engine(opened, people, 5_000)
    early = [costs[size] for size in (10_000, 15_000, 20_000)]
    late = [costs[size] for size in sorted(costs)[-3:]]
    growth = [b / a for a, b in zip(sorted(early), sorted(late), strict=True)]
    change = sorted(growth)[1]
    return [
        alone(
            f"cost per bid at {last:,} bids in the round ÷ at 10,000",
            growth,
            unit="×",
            must="0.8 to 1.2",
            met=0.8 <= change <= 1.2,
        )
    ]


def _engine(opened: Round, people: list[Investor], number: int) -> float:
    wanted = stage.bids(people, number)
    started = perf_counter()
    for start in range(0, number, BATCH):
        result = place_bids(round_id=opened.pk, bids=wanted[start : start + BATCH], at=timezone.now())
        assert all(outcome.code is None for outcome in result.outcomes), "every bid is accepted"
    return number / (perf_counter() - started)


def _orm(opened: Round, people: list[Investor], number: int) -> float:
    wallets = accounts_of_investors([investor.pk for investor in people])
    escrow = account_of_round(opened.pk)
    wanted = stage.bids(people, number)
    started = perf_counter()
    for bid in wanted:
        orm.place_bid(round_id=opened.pk, bid=bid, wallet=wallets[bid.investor_id], escrow=escrow, at=timezone.now())
    return number / (perf_counter() - started)


def _copy(opened: Round, people: list[Investor], number: int) -> float:
    wanted = stage.bids(people, number)
    started = perf_counter()
    for start in range(0, number, BATCH):
        copy.copy_batch(wanted[start : start + BATCH], round_id=opened.pk, at=timezone.now())
    return number / (perf_counter() - started)
