"""The machine as a picture: the way of a listing in two rows, with everything that may happen under each state."""

from collections.abc import Sequence
from html import escape

from listings.diagram.edges import ASIDE, WAY, Edge, edges
from listings.states import FINAL, ListingState

BOX, GAP, LINE, HEAD, MARGIN = 184, 22, 17, 46, 20
WIDTH = 2 * MARGIN + 6 * BOX + 5 * GAP
COLOURS = {
    "borrower": "#1f7a8c",
    "loan_officer": "#8a5a00",
    "risk_officer": "#b3261e",
    "committee_member": "#6a3fb5",
    "operations": "#2c6e2f",
    "finance": "#1a56b0",
    "system": "#6b7280",
}
STYLE = """
    .paper { fill: #ffffff } .box { fill: #f6f8fa; stroke: #8c96a3 } .end { stroke-width: 2.5 }
    text { font: 12px system-ui, sans-serif; fill: #1c2430 } .name { font-size: 13px; font-weight: 600 }
    .code { font: 11px ui-monospace, monospace; fill: #5b6672 }
    .arrow { stroke: #5b6672; fill: none; stroke-width: 1.6 }
    .tip { fill: #5b6672 } .way { font-weight: 600 }
    @media (prefers-color-scheme: dark) {
      .paper { fill: #11161d } .box { fill: #1b232d; stroke: #55606d } text { fill: #e4e9ef }
      .code { fill: #9aa6b2 } .arrow { stroke: #9aa6b2 } .tip { fill: #9aa6b2 } circle { filter: brightness(1.5) }
    }"""


def svg() -> str:
    """The whole picture, in English."""
    leaving = {state: [edge for edge in edges() if edge.source == state] for state in ListingState}
    body, y = [_legend(MARGIN)], 2 * MARGIN + 8
    for number, row in enumerate((*WAY, ASIDE)):
        height = _height(row, leaving)
        body += [_box(state, _x(column), y, height, leaving[state]) for column, state in enumerate(row)]
        if number < len(WAY):
            body += [_arrow(_x(column) - GAP, y + HEAD // 2) for column in range(1, len(row))]
        if number == 0:
            body.append(_turn(y, height))
        y += height + 2 * GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y - GAP}" role="img" '
        f'aria-label="States of a listing">\n  <style>{STYLE}\n  </style>\n'
        f'  <rect class="paper" width="{WIDTH}" height="{y - GAP}"/>\n' + "\n".join(body) + "\n</svg>\n"
    )


def _x(column: int) -> int:
    return MARGIN + column * (BOX + GAP)


def _height(row: Sequence[ListingState], leaving: dict[ListingState, list[Edge]]) -> int:
    return HEAD + LINE * max(len(leaving[state]) for state in row) + 8


def _box(state: ListingState, x: int, y: int, height: int, leaving: Sequence[Edge]) -> str:
    end = " end" if state in FINAL else ""
    parts = [
        f'  <rect class="box{end}" x="{x}" y="{y}" width="{BOX}" height="{height}" rx="8"/>',
        f'  <text class="name" x="{x + 12}" y="{y + 20}">{escape(str(state.label))}</text>',
        f'  <text class="code" x="{x + 12}" y="{y + 36}">{state.value}</text>',
    ]
    for line, edge in enumerate(leaving):
        below = y + HEAD + LINE * line + 12
        weight = ' class="way"' if edge.is_on_the_way else ""
        goal = "" if edge.is_on_the_way else f" → {edge.target.value}"
        parts.append(f'  <circle cx="{x + 16}" cy="{below - 4}" r="4" fill="{COLOURS[edge.who]}"/>')
        parts.append(f'  <text{weight} x="{x + 26}" y="{below}">{edge.move}{goal}</text>')
    return "\n".join(parts)


def _arrow(x: int, y: int) -> str:
    return f'  <path class="arrow" d="M{x + 2} {y} h{GAP - 9}"/>{_tip(x + GAP - 2, y, "-8 -4.5 v9 z")}'


def _turn(y: int, height: int) -> str:
    """From the end of the first row to the beginning of the second."""
    start, middle = _x(5) + BOX // 2, y + height + GAP
    line = f"M{start} {y + height} V{middle} H{_x(0) + BOX // 2} v{GAP - 8}"
    return f'  <path class="arrow" d="{line}"/>{_tip(_x(0) + BOX // 2, middle + GAP - 1, "-4.5 -8 h9 z")}'


def _tip(x: int, y: int, shape: str) -> str:
    return f'<path class="tip" d="M{x} {y} l{shape}"/>'


def _legend(y: int) -> str:
    parts = []
    for number, (who, colour) in enumerate(COLOURS.items()):
        x = MARGIN + 8 + number * 165
        parts.append(f'  <circle cx="{x}" cy="{y - 4}" r="5" fill="{colour}"/>')
        parts.append(f'  <text x="{x + 12}" y="{y}">{who.replace("_", " ")}</text>')
    return "\n".join(parts)
