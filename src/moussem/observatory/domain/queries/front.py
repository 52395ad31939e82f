"""The first page of the product and that of the observatory: where one place stands, parks compared, documents."""

from dataclasses import dataclass
from datetime import date

from moussem.core.actor import ANONYMOUS, Actor
from moussem.core.addresses import public_address
from moussem.core.components import BarRow
from moussem.core.texts import say
from moussem.directory.enums import PlaceKind
from moussem.directory.models import Park, Place
from moussem.evidence.domain.queries.passages import DocumentRow, documents_listed
from moussem.evidence.domain.queries.sides import Against, contradictions_about
from moussem.observatory.domain.queries.dossier import Dossier, PlaceLink, dossier_in_short
from moussem.observatory.domain.queries.ground import AROUND
from moussem.observatory.domain.queries.parks import (
    ParkLine,
    figures_with,
    keys_of,
    park_lines,
    parks_compared,
    parks_promised,
)

TEXTS = 5
MOST_DOSSIERS = 100


@dataclass(frozen=True, slots=True)
class Front:
    """The first page. `dossier` is None until the place named by the installation is published."""

    dossier: Dossier | None
    texts: tuple[DocumentRow, ...]
    parks: tuple[ParkLine, ...]

    @property
    def bars(self) -> list[BarRow]:
        """The parks as bars."""
        return [park.bar for park in self.parks]


@dataclass(frozen=True, slots=True)
class Observatory:
    """The observatory's own page: parks compared, what contradicts what, and the list of dossiers."""

    parks: tuple[ParkLine, ...]
    contradictions: tuple[Against, ...]
    regions: tuple[PlaceLink, ...]
    cities: tuple[PlaceLink, ...]
    park_dossiers: tuple[PlaceLink, ...]

    @property
    def bars(self) -> list[BarRow]:
        """The parks as bars."""
        return [park.bar for park in self.parks]


def front(actor: Actor, *, place: str, as_of: date) -> Front:
    """The first page, with the dossier of the place of that French name."""
    named = Place.objects.visible_to(ANONYMOUS).filter(name__fr=place)
    row = named.select_related(f"subject__{AROUND}").order_by("pk").first()
    parks = parks_promised()
    keys = keys_of(parks)
    dossier, figures = dossier_in_short(row.subject, actor, as_of=as_of, beside=keys) if row else (None, {})
    return Front(
        dossier=dossier,
        texts=documents_listed(ANONYMOUS, limit=TEXTS).texts,
        parks=tuple(park_lines(parks, figures or figures_with(keys))),
    )


def observatory() -> Observatory:
    """The page of the observatory, as the public reads it."""
    parks = list(Park.objects.visible_to(ANONYMOUS).select_related("subject").order_by("name", "pk")[:MOST_DOSSIERS])
    places = list(Place.objects.visible_to(ANONYMOUS).select_related("subject").order_by("pk"))
    countries = [row.subject_id for row in places if row.kind == PlaceKind.COUNTRY]
    about = [*countries, *(park.subject_id for park in parks)]
    return Observatory(
        parks=tuple(parks_compared()),
        contradictions=tuple(contradictions_about(ANONYMOUS, about)),
        regions=tuple(_link(row) for row in places if row.kind == PlaceKind.REGION),
        cities=tuple(_link(row) for row in places if row.kind == PlaceKind.CITY),
        park_dossiers=tuple(_link(park) for park in parks),
    )


def _link(row: Place | Park) -> PlaceLink:
    label = say(row.subject.label)
    return PlaceLink(label, public_address(f"dossiers/{row.subject.public_id}/"), public_address(row.subject.address))
