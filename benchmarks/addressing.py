"""The addresses that are measured: first and deep pages of each public list and page, and the API's lists."""

import re
from datetime import date

from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from moussem.directory.models import Organisation, Park, Person, Place
from moussem.events.models import Event
from moussem.evidence.models import Document, Figure, Statement

SEVERAL = 12
"""How many different rows a page is asked for, by turns."""


def addresses() -> dict[str, list[str]]:
    """For each kind of page the addresses to visit by turns."""
    with translation.override("fr"):
        return {"bare view": ["/bare/"], **_lists(), **_pages(), **_dossiers(), **_interface()}


def _lists() -> dict[str, list[str]]:
    names = Organisation.objects.filter(name__startswith="Entreprise ").order_by("folded")
    count = names.count()
    deep = [names[place] for place in (count // 2, count * 3 // 4)]
    kind, region = names[0].kind, Place.objects.filter(kind="region").order_by("code")[0].public_id
    people = Person.objects.filter(name__startswith="Personne ").order_by("folded")
    event = Event.objects.filter(period_start__gt=date(2000, 1, 1)).order_by("period_start", "public_id")[0]
    document = Document.objects.filter(key__startswith="filled").order_by("pk")[Document.objects.count() // 2]
    return {
        "organisations": ["/fr/organisations/"],
        "organisations, deep": [f"/fr/organisations/?after={row.public_id}~{row.folded}" for row in deep],
        "organisations of a kind": [f"/fr/organisations/?kind={kind}"],
        "organisations of a region": [f"/fr/organisations/?region={region}"],
        "organisations searched": ["/fr/organisations/?q=entreprise+0000042", "/fr/organisations/?q=Intelcia"],
        "people": ["/fr/people/"],
        "people, deep": [f"/fr/people/?after={people[people.count() // 2].public_id}~{people[count // 2].folded}"],
        "parks": ["/fr/parks/"],
        "documents": ["/fr/documents/"],
        "documents, deep": [f"/fr/documents/?after={document.public_id}"],
        "events": ["/fr/events/"],
        "events, deep": [f"/fr/events/?before={event.period_start}~{event.public_id}"],
    }


def _pages() -> dict[str, list[str]]:
    names = Organisation.objects.filter(name__startswith="Entreprise ").order_by("pk")
    busy = f"/fr/organisations/{names[0].public_id}/"
    filled = Document.objects.filter(key__startswith="filled-").order_by("pk")
    read = filled[1:9]  # that many have figures at the small size
    return {
        "organisation, long timeline": [busy],
        "organisation, long timeline, deep": _deep(busy),
        "organisation": [f"/fr/organisations/{row.public_id}/" for row in names[1 : 1 + SEVERAL]],
        "person": [f"/fr/people/{row.public_id}/" for row in Person.objects.order_by("-pk")[:SEVERAL]],
        "park": [f"/fr/parks/{row.public_id}/" for row in Park.objects.order_by("pk")[:SEVERAL]],
        "place": [f"/fr/places/{row.public_id}/" for row in Place.objects.exclude(kind="country")[:SEVERAL]],
        "country": [f"/fr/places/{Place.objects.get(code='MA').public_id}/"],
        "event": [f"/fr/events/{row.public_id}/" for row in Event.objects.order_by("-pk")[:SEVERAL]],
        "document": [f"/fr/documents/{row.public_id}/" for row in read],
        "document, much cited": [f"/fr/documents/{filled[0].public_id}/"],
        "figure": [f"/fr/figures/{row.public_id}/" for row in Figure.objects.order_by("-pk")[:SEVERAL]],
        "statement": [f"/fr/statements/{row.public_id}/" for row in Statement.objects.order_by("-pk")[:SEVERAL]],
    }


def _deep(page: str) -> list[str]:
    """The same page far down its timeline: half of the way back in time, by the cursor that the page itself gives."""
    shown = Client(SERVER_NAME="127.0.0.1").get(page).content.decode()
    given = re.search(r"before=(\d{4})-(\d\d-\d\d)~([0-9a-f-]{36})", shown)
    if given is None:
        raise SystemExit(f"{page} has no older entries: nothing to measure")
    return [f"{page}?before=2001-{given[2]}~{given[3]}"]


def _dossiers() -> dict[str, list[str]]:
    """The dossiers of regions, cities and parks, where the observatory is installed."""
    found = [
        *Place.objects.filter(kind="region").order_by("code")[:4],
        *Place.objects.filter(kind="city").order_by("pk")[:4],
        *Park.objects.order_by("pk")[:4],
    ]
    try:
        dossiers = [reverse("observatory:dossier", kwargs={"subject": row.public_id}) for row in found]
        return {"dossier": dossiers, "front page": [reverse("observatory:front")]}
    except NoReverseMatch:
        return {}


def _interface() -> dict[str, list[str]]:
    busy = Organisation.objects.filter(name__startswith="Entreprise ").order_by("pk")[0].public_id
    region = Place.objects.filter(kind="region").order_by("code")[0].public_id
    document = Document.objects.filter(key__startswith="filled-").order_by("pk")[1].public_id
    first = Client(SERVER_NAME="127.0.0.1").get("/api/v1/figures?limit=200").json()
    asked = {
        "organisations": "organisations",
        "organisations by name": "organisations?name=entreprise 0000042",
        "figures": "figures",
        "figures, next page": f"figures?cursor={first['next']}",
        "figures of an organisation": f"figures?holder={busy}",
        "figures of a measure and kind": "figures?measure=jobs&kind=announced",
        "figures of a rare measure": "figures?measure=students",
        "figures within a region": f"figures?within={region}",
        "figures of a document": f"figures?document={document}",
        "figures since a day": "figures?stated_since=2021-06-01",
        "people": "people",
        "documents": "documents",
        "events": "events",
        "statements": "statements",
        "statements of a subject": f"statements?subject={busy}",
    }
    return {f"API {name}": [f"/api/v1/{address}"] for name, address in asked.items()}
