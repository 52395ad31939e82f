"""What a supervisor asks."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from moussem.core.doors import Audience, anyone, door


@door(audience=Audience.MACHINE, permission=anyone)
def health(request: HttpRequest) -> HttpResponse:
    """200 while the database answers, 503 otherwise; says nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=503)
    return JsonResponse({"status": "ok"})
