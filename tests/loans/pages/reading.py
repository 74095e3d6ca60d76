"""What a page says, as its reader reads it."""

import re
from html import unescape
from typing import Any, Protocol


class Response(Protocol):
    """What a test client answers."""

    content: bytes


def words(response: Response) -> str:
    """The text of the page's main part in one line, without tags."""
    html = response.content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main))).replace(" .", ".")


def hidden(response: Response) -> dict[str, Any]:
    """The hidden fields of the page's own forms, the token for CSRF left out."""
    html = response.content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    found = {}
    for tag in re.findall(r"<input[^>]*>", main):
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if attributes.get("type") == "hidden" and attributes["name"] != "csrfmiddlewaretoken":
            found[attributes["name"]] = unescape(attributes["value"])
    return found
