"""The JSON API (OpenAPI at /api/openapi.json): wiring of the houses' routers, and refusals as JSON."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from listings.rounds.web.api import router as rounds
from marketplace.lib.errors import Refused

api = NinjaAPI(title="Loanbridge", version="1", docs_url=None, urls_namespace="api")
api.add_router("/rounds/", rounds)


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A broken rule: its machine code and its sentence."""
    body = {"type": "refused", "code": refusal.code, "text": refusal.text}
    return api.create_response(request, body, status=refusal.http_status)
