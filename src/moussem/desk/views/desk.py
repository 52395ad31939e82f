"""The first page of a promoter's staff."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from moussem.accounts.permissions import is_staff
from moussem.core.doors import Audience, door
from moussem.desk.domain.queries.today import today as waiting_today


@door(audience=Audience.STAFF, permission=is_staff)
def today(request: HttpRequest, promoter: str) -> HttpResponse:
    """What waits for a person, and where each verb of the way leads."""
    return render(
        request, "desk/today.html", {"today": waiting_today(request.actor, promoter, on=timezone.localdate())}
    )
