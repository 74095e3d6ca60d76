"""One way to cut a long list into pages."""

from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

Row = TypeVar("Row", bound=Model)

PER_PAGE = 25
#: The name of the query parameter; the `pagination` tag keeps all the other parameters.
PARAMETER = "page"


def paginate(request: HttpRequest, rows: QuerySet[Row, Any], *, per_page: int = PER_PAGE) -> Page[Any]:
    """
    The page of `rows` that the address asks for; the first or last one where that makes no sense.

    `rows` must be ordered by something unique, or rows would show up twice or not at all.
    """
    return Paginator(rows, per_page).get_page(request.GET.get(PARAMETER))
