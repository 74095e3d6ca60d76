"""Figures as the reader's language writes them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from marketplace.lib.formats import format_money, format_rate, format_whole
from marketplace.lib.money import Money


@pytest.mark.parametrize(
    ("language", "money", "written"),
    [
        ("en", Money(123_456_789), "CN¥1,234,567.89"),
        ("zh-hans", Money(123_456_789), "¥1,234,567.89"),
        ("en", Money(-5), "-CN¥0.05"),
        ("zh-hans", Money(150_000, "USD"), "US$1,500.00"),
        ("zh-hans", Money(2_500, "JPY"), "JP¥2,500"),
        ("en", Money(9_007_199_254_740_993), "CN¥90,071,992,547,409.93"),
        ("en", None, "—"),
    ],
)
def test_money_keeps_every_unit(language: str, money: Money | None, written: str) -> None:
    with translation.override(language):
        assert format_money(money) == written


@pytest.mark.parametrize(("bps", "written"), [(1250, "12.50%"), (0, "0.00%"), (1, "0.01%"), (-75, "-0.75%")])
def test_rates_have_two_decimals(bps: int, written: str) -> None:
    assert format_rate(bps) == written


def test_an_absent_figure_is_a_dash() -> None:
    assert (format_rate(None), format_whole(None)) == ("—", "—")


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("{{ m|money }}", "CN¥10.00"),
        ("{{ m.minor|minor_money:'USD' }}", "$10.00"),
        ("{{ 1250|rate }}", "12.50%"),
        ("{{ 12345|whole }}", "12,345"),
        ("{{ due|day }}", '<time datetime="2026-03-31">March 31, 2026</time>'),
        ("{{ at|moment }}", '<time datetime="2026-03-31T09:05:07+08:00">March 31, 2026 09:05</time>'),
        ("{{ at|clock }}", '<time datetime="2026-03-31T09:05:07+08:00">09:05:07</time>'),
        ("{{ m|figure }} {{ 'as is'|figure }}", "CN¥10.00 as is"),
        ("{{ nothing|day }}{{ nothing|moment }}", "——"),
    ],
)
def test_filters(source: str, written: str) -> None:
    context = {"m": Money(1000), "due": date(2026, 3, 31), "at": datetime(2026, 3, 31, 1, 5, 7, tzinfo=UTC)}
    assert Template(source).render(Context(context | {"nothing": None})) == written


def test_dates_follow_the_language() -> None:
    with translation.override("zh-hans"):
        text = Template("{{ due|day }}").render(Context({"due": date(2026, 3, 31)}))
    assert "2026年3月31日" in text
