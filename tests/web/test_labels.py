"""Labels that are stored for machines, as people read them."""

import pytest
from django.utils import translation

from marketplace.lib.web.labels import author, cause


@pytest.mark.parametrize(
    ("label", "english", "chinese"),
    [
        ("system", "automatic", "系统自动"),
        ("investor 227", "Investor 227", "投资人 227"),
        ("Lin Mei", "Lin Mei", "Lin Mei"),
        ("investor relations", "investor relations", "investor relations"),
    ],
)
def test_who_did_it(label: str, english: str, chinese: str) -> None:
    assert author(label) == english
    with translation.override("zh-hans"):
        assert author(label) == chinese


@pytest.mark.parametrize(
    ("reference", "english", "chinese"),
    [
        ("bid:4", "Bid 4", "投标 4"),
        ("receipt:7", "Payment 7", "还款 7"),
        ("bank:ICBC:2026/7 100%", "ICBC:2026/7 100%", "ICBC:2026/7 100%"),
        ("write_off:3", "write_off:3", "write_off:3"),
    ],
)
def test_what_moved_the_money(reference: str, english: str, chinese: str) -> None:
    assert cause(reference) == english
    with translation.override("zh-hans"):
        assert cause(reference) == chinese
