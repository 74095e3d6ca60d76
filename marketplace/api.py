"""The JSON API (OpenAPI at /api/openapi.json): wiring of the houses' routers, and refusals as JSON."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from listings.rounds.web.api import router as rounds
from marketplace.lib.errors import Refused

JSON = "application/json"


class JsonParser(Parser):
    """Reads bodies that say they are JSON: a page of another site can send forms and plain text, but not these."""

    def parse_body(self, request: HttpRequest) -> Any:
        """:raises ValueError: if the body is not JSON"""
        if request.content_type != JSON:
            raise ValueError(request.content_type)
        return super().parse_body(request)


api = NinjaAPI(title="Loanbridge", version="1", docs_url=None, urls_namespace="api", parser=JsonParser())
api.add_router("/rounds/", rounds)


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A broken rule: its machine code and its sentence."""
    body = {"type": "refused", "code": refusal.code, "text": refusal.text}
    return api.create_response(request, body, status=refusal.http_status)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A field that is missing, unknown or not what it should be, each with its name."""
    errors = [{"field": str(each["loc"][-1]), "text": each["msg"]} for each in error.errors]
    body = {
        "type": "refused",
        "code": "invalid_message",
        "text": _("The message was not understood."),
        "errors": errors,
    }
    return api.create_response(request, body, status=422)


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that cannot be read, or a request that was turned away before it was."""
    status, code, text = error.status_code, "not_allowed", str(error)
    if status == 400:
        status = 400 if request.content_type == JSON else 415
        code, text = "invalid_message", _("The body must be JSON, with the content type application/json.")
    return api.create_response(request, {"type": "refused", "code": code, "text": text}, status=status)
