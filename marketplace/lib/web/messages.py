"""Messages that arrive without a whole page."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme


def fragment(request: HttpRequest, text: str, *, status: int = 200, level: str = "danger") -> HttpResponse:
    """
    Answer an htmx request with one alert that lands in the page's message area.

    `level` is one of success, info, warning, danger.
    """
    response = render(request, "components/alert.html", {"text": text, "level": level}, status=status)
    response["HX-Retarget"] = "#messages"
    response["HX-Reswap"] = "beforeend"
    return response


def back_address(request: HttpRequest) -> str:
    """The path of the page of ours that the reader came from; empty if there is none."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return ""
    address = urlsplit(referer)
    # One slash: a path that begins with two is another host's address.
    own = "/" + address.path.lstrip("/\\")
    path = f"{own}?{address.query}" if address.query else own
    return "" if request.method == "GET" and path == request.get_full_path() else path
