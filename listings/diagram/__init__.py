"""Pictures of the listing's state machine, drawn from its transitions for docs/states.md."""

from listings.diagram.mermaid import mermaid
from listings.diagram.svg import svg

__all__ = ["mermaid", "svg"]
