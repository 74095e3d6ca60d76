"""The machine as a Mermaid diagram, which code hosts draw."""

from listings.diagram.edges import edges
from listings.states import FINAL, ListingState


def mermaid() -> str:
    """The text of the diagram, without the fence around it."""
    lines = ["stateDiagram-v2", f"    [*] --> {ListingState.DRAFT.value}"]
    lines += [f"    {e.source.value} --> {e.target.value}: {e.move} ({_words(e.who)})" for e in edges()]
    lines += [f"    {state.value} --> [*]" for state in ListingState if state in FINAL]
    return "\n".join(lines)


def _words(name: str) -> str:
    return name.replace("_", " ")
