"""What a benchmark reports: one object a figure, as JSON and as a table."""

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Figure:
    """
    One measured figure. `ratio` is against `peer` in the same run, or None where the figure stands alone.

    `must` says what is asked for; `met` whether it was reached.
    """

    figure: str
    median: float
    unit: str
    runs: list[float]
    peer: str
    ratio: float | None
    must: str
    met: bool


def against(
    name: str, ours: Sequence[float], theirs: Sequence[float], *, unit: str, peer: str, at_least: float
) -> Figure:
    """A figure that must be at least so many times its peer's, run by run."""
    ratio = median(a / b for a, b in zip(ours, theirs, strict=True))
    return Figure(
        name, median(ours), unit, list(ours), _peer(peer, theirs, unit), ratio, f"≥ {at_least:g} ×", ratio >= at_least
    )


def at_most(name: str, ours: Sequence[float], theirs: Sequence[float], *, unit: str, peer: str, times: float) -> Figure:
    """A figure that may be at most so many times its peer's, run by run."""
    ratio = median(a / b for a, b in zip(ours, theirs, strict=True))
    return Figure(
        name, median(ours), unit, list(ours), _peer(peer, theirs, unit), ratio, f"≤ {times:g} ×", ratio <= times
    )


def alone(name: str, ours: Sequence[float], *, unit: str, must: str, met: bool) -> Figure:
    """A figure without a peer."""
    return Figure(name, median(ours), unit, list(ours), "", None, must, met)


def write(figures: Sequence[Figure], *, results: Path = RESULTS) -> str:
    """Write latest.json and latest.md; the table is returned."""
    results.mkdir(exist_ok=True)
    (results / "latest.json").write_text(
        json.dumps([asdict(figure) for figure in figures], indent=2, ensure_ascii=False) + "\n"
    )
    table = _table(figures)
    (results / "latest.md").write_text(table)
    return table


def _table(figures: Sequence[Figure]) -> str:
    lines = [
        "# Speed of first-come rounds",
        "",
        f"`make bench` on {platform.machine()}, Python {platform.python_version()}; medians, ratios within one run.",
        "",
        "| figure | median | peer | ratio | must | met |",
        "|---|---:|---|---:|---|---|",
    ]
    for f in figures:
        ratio = "" if f.ratio is None else f"{f.ratio:.2f}"
        met = "yes" if f.met else "**no**"
        lines.append(f"| {f.figure} | {f.median:,.1f} {f.unit} | {f.peer} | {ratio} | {f.must} | {met} |")
    return "\n".join(lines) + "\n"


def _peer(name: str, runs: Sequence[float], unit: str) -> str:
    return f"{name}: {median(runs):,.1f} {unit}"
