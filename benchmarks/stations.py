"""The pages of the way, as `tests/journeys/test_the_way.py` walks it, each with who opens it and its rows by turns."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import translation

from moussem.accounts.domain.links import link_address
from moussem.accounts.enums import LinkPurpose
from moussem.accounts.models import Link, User
from moussem.agreements.models import Agreement
from moussem.demo.domain.playgrounds import SLUG, TEAM, member_of_playground
from moussem.directory.models import Organisation, Park, Place
from moussem.events.models import Event
from moussem.guests.models import Target
from moussem.programmes.models import Application, Call, Programme
from moussem.projects.models import HeadcountReturn, Project

SEVERAL = 8
"""How many different rows a page is asked for, by turns."""


@dataclass(frozen=True, slots=True)
class Station:
    """A page of the way: the addresses to visit by turns, and who opens them; `user` None: whoever has the address."""

    addresses: list[str]
    user: User | None = None


def stations() -> dict[str, Station]:
    """The pages by name: those of the desk, of personal links, and of the public."""
    with translation.override("fr"):
        team = member_of_playground(TEAM)
        desk = {**_target_and_invite(), **_meet_and_sign(), **_fund(), **_land_and_count()}
        found = {name: Station(addresses, team) for name, addresses in desk.items()}
        # An example's call is met by those in the playground only.
        found["call"] = Station([reverse("programmes:programmes-call", args=[row.public_id]) for row in _calls()], team)
        return found | {name: Station(addresses) for name, addresses in {**_by_link(), **_public()}.items()}


def _desk(name: str, **keys: Any) -> str:
    return reverse(name, kwargs={"promoter": SLUG, **keys})


def _of_each(name: str, key: str, rows: Iterable[Any]) -> list[str]:
    return [_desk(name, **{key: row.public_id}) for row in rows]


def _target_and_invite() -> dict[str, list[str]]:
    events = list(Event.objects.filter(promoter__slug=SLUG))
    targets = Target.objects.filter(promoter__slug=SLUG).select_related("event").order_by("-pk")[:SEVERAL]
    return {
        "Today": [_desk("desk:today")],
        "target lists": [_desk("guests_desk:targets-list")],
        "gatherings": [_desk("events_desk:events-list")],
        "plan a gathering": [_desk("events_desk:events-new")],
        "gathering": _of_each("events_desk:events-home", "event", events),
        "guests of a gathering": _of_each("guests_desk:guests", "event", events),
        "add a guest": _of_each("guests_desk:guests-new", "event", events),
        "guest": [_desk("guests_desk:guests-guest", event=t.event.public_id, target=t.public_id) for t in targets],
        "invitations": [_desk("guests_desk:invitations-list")],
        "door": _of_each("guests_desk:door", "event", events),
    }


def _meet_and_sign() -> dict[str, list[str]]:
    events = list(Event.objects.filter(promoter__slug=SLUG))
    agreements = list(Agreement.objects.filter(promoter__slug=SLUG))
    return {
        "meetings": [_desk("meetings:meetings-list")],
        "meetings of a gathering": _of_each("meetings:meetings-room", "event", events),
        "lay out hours and tables": _of_each("meetings:meetings-room-prepare", "event", events),
        "agreements": [_desk("agreements_desk:agreements-list")],
        "record an agreement": [_desk("agreements_desk:agreements-new")],
        "agreement": _of_each("agreements_desk:agreements-page", "agreement", agreements),
        "sign an agreement": _of_each("agreements_desk:agreements-sign", "agreement", agreements),
    }


def _fund() -> dict[str, list[str]]:
    programmes = Programme.objects.filter(promoter__slug=SLUG)
    applications = Application.objects.filter(promoter__slug=SLUG)
    return {
        "programmes": [_desk("programmes_desk:programmes-list")],
        "programme": _of_each("programmes_desk:programmes-page", "programme", programmes),
        "applications": [_desk("programmes_desk:applications-list")],
        "application": _of_each("programmes_desk:applications-page", "application", applications),
    }


def _land_and_count() -> dict[str, list[str]]:
    projects = list(Project.objects.filter(promoter__slug=SLUG))
    returns = list(HeadcountReturn.objects.filter(promoter__slug=SLUG))
    events = Event.objects.filter(promoter__slug=SLUG)
    return {
        "projects": [_desk("projects_desk:projects-list")],
        "project": _of_each("projects_desk:projects-page", "project", projects),
        "ask for the headcount": _of_each("projects_desk:projects-ask", "project", projects),
        "headcount": [_desk("projects_desk:returns-list")],
        "headcount return": _of_each("projects_desk:returns-page", "headcount_return", returns),
        "promises and jobs": [_desk("observatory_desk:counts-list")],
        "return of a gathering": _of_each("observatory_desk:events-return", "event", events),
    }


def _by_link() -> dict[str, list[str]]:
    def links(purpose: LinkPurpose) -> list[str]:
        rows = Link.objects.filter(promoter__slug=SLUG, purpose=purpose).order_by("pk")[:SEVERAL]
        return [reverse("link", args=[link_address(row)]) for row in rows]

    return {
        "invitation, by link": links(LinkPurpose.ANSWER),
        "whom to meet, by link": [f"{address}meetings/" for address in links(LinkPurpose.ANSWER)],
        "headcount, by link": links(LinkPurpose.DECLARE),
    }


def _public() -> dict[str, list[str]]:
    def pages(name: str, rows: Any) -> list[str]:
        return [reverse(name, args=[row.public_id]) for row in rows.exclude(published_at=None).order_by("pk")[:SEVERAL]]

    commons = {"promoter__kind": "commons"}
    return {
        "first page": [reverse("observatory:front")],
        "events, public": [reverse("events:events-list")],
        "event, public": pages("events:events-page", Event.objects.filter(**commons)),
        "agreement, public": pages("agreements:agreements-page", Agreement.objects.filter(**commons)),
        "project, public": pages("projects:projects-page", Project.objects.filter(**commons)),
        "programmes, public": [reverse("programmes:programmes-list")],
        "programme, public": pages("programmes:programmes-page", Programme.objects.filter(**commons)),
        "organisation, public": pages("directory:organisations-page", Organisation.objects.filter(**commons)),
        "park, public": pages("directory:parks-page", Park.objects.filter(**commons)),
        "dossier": [reverse("observatory:dossier", args=[row.public_id]) for row in _places()],
    }


def _calls() -> list[Call]:
    return list(Call.objects.filter(promoter__slug=SLUG).exclude(published_at=None))


def _places() -> list[Place]:
    return list(Place.objects.filter(kind="city").exclude(published_at=None).order_by("pk")[:SEVERAL])
