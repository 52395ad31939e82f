"""What a page of members is asked for."""

from datetime import date

from django.http import HttpRequest

from moussem.directory.domain.queries.associations import MembersWanted

LONGEST = 200


def members_wanted(request: HttpRequest, today: date) -> tuple[MembersWanted, str]:
    """What the list is narrowed to, and the day as it was typed. Without a word on the day it is today; "ever" narrows
    to no day. A day that cannot be read is no day at all, and the page says so.
    """
    place, after = (request.GET.get(name, "")[:LONGEST].replace("\x00", "") for name in ("place", "after"))
    typed = request.GET.get("on", "")[:20].strip()
    if request.GET.get("when") == "ever":
        return MembersWanted(place, None, after), ""
    if not typed:
        return MembersWanted(place, today, after), ""
    try:
        return MembersWanted(place, date.fromisoformat(typed), after), typed
    except ValueError:
        return MembersWanted(place, today, after), typed
