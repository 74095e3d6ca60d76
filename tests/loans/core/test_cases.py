"""The figures other systems' tests agree on, line by line."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from loans.core.apr import actuarial_apr
from loans.core.cash_flow import CashFlow
from loans.core.rounding import Rounding
from loans.core.schedule import Instalment, build_schedule
from loans.core.terms import InstalmentFrom, Terms
from loans.core.unit_period import UnitPeriod
from loans.core.xirr import xirr
from marketplace.lib.interest import DayCount, PeriodUnit

CASES = Path(__file__).parents[2] / "cases"
SOME_DAY = "2024-01-01"


def cases(*files: str) -> list[Any]:
    lines = [line for file in files for line in (CASES / file).read_text().splitlines()]
    return [pytest.param(case, id=case["request"]["id"]) for case in map(json.loads, lines)]


def agrees(got: Decimal, expected: str | float, tolerance: str) -> bool:
    """A tolerance is an absolute figure, or "r relative or a", whichever is wider."""
    *relative, absolute = tolerance.split(" relative or ")
    wanted = Decimal(str(expected))
    margin = max([Decimal(absolute), *(Decimal(share) * abs(wanted) for share in relative)])
    return abs(got - wanted) <= margin


def minor(text: str, decimals: int) -> int:
    scaled = Decimal(text).scaleb(decimals)
    assert scaled == int(scaled)
    return int(scaled)


def flows(rows: list[dict[str, str]]) -> list[CashFlow]:
    return [CashFlow(date.fromisoformat(row["date"]), minor(row["amount"], 2)) for row in rows]


def terms_of(request: dict[str, Any]) -> Terms:
    decimals = request["decimals"]
    grace = {f"grace_{kind}": periods for kind, periods in request.get("grace", {}).items()}
    multiple, own = request.get("instalment_multiple"), request.get("instalment_rounding")
    return Terms(
        principal_minor=minor(request["principal"], decimals),
        annual_rate=Decimal(request["annual_rate"]),
        periods=request["periods"],
        paid_out_on=date.fromisoformat(request.get("disbursed_on") or SOME_DAY),
        method=request["amortization"],
        period_unit=PeriodUnit(request["period"]["unit"]),
        period_every=request["period"]["every"],
        day_count=DayCount(request["day_count"]),
        days_in_year=request.get("days_in_year") or 365,
        rounding=Rounding(request["rounding"]),
        instalment_rounding=Rounding(own) if own else None,
        instalment_multiple_minor=minor(multiple, decimals) if multiple else 1,
        instalment_from=InstalmentFrom(request.get("instalment_from", "nominal_rate")),
        **grace,
    )


def columns(row: Instalment, decimals: int) -> dict[str, Decimal]:
    amounts = {
        "principal": row.principal_minor,
        "interest": row.interest_minor,
        "total": row.total_minor,
        "balance": row.closing_minor,
    }
    return {name: Decimal(amount).scaleb(-decimals) for name, amount in amounts.items()}


@pytest.mark.parametrize("case", cases("schedules.jsonl", "lendingclub.jsonl"))
def test_a_schedule_has_the_figures_of_its_source(case: dict[str, Any]) -> None:
    rows = {row.number: row for row in build_schedule(terms_of(case["request"]))}
    for wanted in case["expected"]["rows"]:
        row = rows[wanted["n"]]
        assert wanted.get("due", row.due_on.isoformat()) == row.due_on.isoformat()
        assert wanted.get("days", row.days) == row.days
        for name, got in columns(row, case["request"]["decimals"]).items():
            assert agrees(got, wanted.get(name, str(got)), case["tolerance"]), (row, name, wanted)


@pytest.mark.parametrize("case", cases("apr.jsonl"))
def test_an_annual_percentage_rate_is_the_regulations(case: dict[str, Any]) -> None:
    request = case["request"]
    rate = actuarial_apr(
        advanced_on=date.fromisoformat(request["advance_date"]),
        amount_financed_minor=minor(request["amount_financed"], 2),
        payments=flows(request["payments"]),
        unit=UnitPeriod.parse(request["unit_period"]),
    )
    assert agrees(rate * 100, case["expected"]["apr_percent"], case["tolerance"])


@pytest.mark.parametrize("case", cases("returns.jsonl"))
def test_a_rate_of_return_is_the_spreadsheets(case: dict[str, Any]) -> None:
    assert agrees(xirr(flows(case["request"]["flows"])), case["expected"]["xirr"], case["tolerance"])
