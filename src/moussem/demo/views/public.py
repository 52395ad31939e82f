"""Public pages of the season's tables: how their words were read, and what became of each row."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from moussem.core.doors import Audience, anyone, door
from moussem.demo.domain.queries.tables import NoTable, mapped, table_view


@door(audience=Audience.PUBLIC, permission=anyone)
def tables(request: HttpRequest) -> HttpResponse:
    """The mapping of the tables' words to kinds, how many rows were loaded, and each refused one with its reason."""
    return render(request, "demo/public/tables.html", {"seen": mapped()})


@door(audience=Audience.PUBLIC, permission=anyone)
def table(request: HttpRequest, table: str) -> HttpResponse:
    """One table, row by row, each with the record it became or the reason of its refusal."""
    try:
        seen = table_view(table)
    except NoTable:
        raise Http404 from None
    return render(request, "demo/public/table.html", {"seen": seen})
