"""Playing the directory: places, parks, organisations, people, what they are to each other, and doubtful matches."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from moussem.demo.domain.reading import Record, Row, table, texts, words_of
from moussem.demo.domain.stage import Stage
from moussem.directory.domain.matches import propose_match
from moussem.directory.domain.memberships import MembershipFacts, admit_member
from moussem.directory.domain.organisations import OrganisationFacts, add_organisation, establish
from moussem.directory.domain.people import add_person, affiliate
from moussem.directory.domain.places import add_park, add_place
from moussem.directory.domain.taxonomies import add_taxonomy
from moussem.directory.enums import OrganisationKind, PlaceKind
from moussem.directory.models import Person
from moussem.evidence.models import Citation

TEXTS = frozenset(text["document"]["key"] for text in texts())
"""Where a table names one of the five texts as its source, the text's own quotes are the better citation."""
DISPUTED = {
    "fr": "Tout ou partie de la région est au Sahara occidental selon la norme ISO 3166-2.",
    "en": "All or part of the region is in Western Sahara by ISO 3166-2.",
}


def play_places(stage: Stage) -> None:
    """Add countries, the twelve regions, cities and parks, each with its source where a table names one."""
    countries = [row for row in table("places") if row["kind"] == PlaceKind.COUNTRY]
    cities = [row for row in table("places") if row["kind"] == PlaceKind.CITY]
    for row in countries:
        _add_place(stage, row)
    for row in table("regions"):
        _add_place(stage, {**row, "kind": PlaceKind.REGION, "within": "morocco"})
    for row in cities:
        _add_place(stage, row)
    for row in table("park_names"):
        park = add_park(
            by=stage.by,
            at=stage.at,
            name=row["name"],
            place=stage.find(row["place"]),
            aliases=tuple(filter(None, row["aliases"].split(";"))),
            publish=True,
        )
        stage.enter(row["key"], park)
        stage.tie_thing(stage.sources([row["source"]]), park)
    for text, record in _records("park"):
        stage.tie_thing(stage.quotes(text, record["cite"]), stage.find(record["key"]))


def _add_place(stage: Stage, row: Row) -> None:
    place = add_place(
        by=stage.by,
        at=stage.at,
        kind=PlaceKind(row["kind"]),
        name=words_of(row, "name"),
        code=row["code"],
        within=stage.find(row["within"]) if row["within"] else None,
        note=DISPUTED if row.get("note") else None,
        publish=True,
    )
    stage.enter(row["key"], place)
    if row.get("source"):
        stage.tie_thing(stage.sources([row["source"]]), place)


def _records(name: str) -> Iterator[tuple[str, Record]]:
    for text in texts():
        for record in text.get(name, ()):
            yield text["document"]["key"], record


@dataclass
class _Known:
    """What the texts and tables together say of one organisation."""

    name: str
    kind: str
    named: bool = True
    acronym: str = ""
    parent: str = ""
    place: str = ""
    description: Mapping[str, str] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)

    def call(self, name: str) -> None:
        """Keep another name it goes by, once."""
        if name != self.name and name not in self.aliases:
            self.aliases.append(name)


def play_organisations(stage: Stage) -> None:
    """Add each organisation once, with the names and citations of every text and table that speaks of it."""
    known: dict[str, _Known] = {}
    for text, record in _records("organisation"):
        _hear(known, stage, text, record)
    for row in table("organisations"):
        _read(known, stage, row)
    for key in _parents_first(known):
        _add_organisation(stage, key, known[key])


def _hear(known: dict[str, _Known], stage: Stage, text: str, record: Record) -> None:
    item = known.setdefault(record["key"], _Known(record["name"], record["kind"], record.get("named", True)))
    item.call(record["name"])
    for alias in record.get("aliases", ()):
        item.call(alias)
    item.parent = record.get("parent", item.parent)
    item.description = record.get("note", item.description)
    item.citations += stage.quotes(text, record["cite"])


def _read(known: dict[str, _Known], stage: Stage, row: Row) -> None:
    item = known.setdefault(row["key"], _Known(row["name"], row["kind"], row["named"] != "no"))
    item.call(row["name"])
    item.acronym = row["acronym"] if row["acronym"] != item.name else ""
    item.parent = row["parent"] or item.parent
    item.place = row["place"]
    item.description = words_of(row, "role") or item.description
    if row["source"] not in TEXTS:
        item.citations += stage.sources([row["source"]])


def _parents_first(known: Mapping[str, _Known]) -> list[str]:
    order: list[str] = []

    def visit(key: str) -> None:
        if key not in order:
            if known[key].parent:
                visit(known[key].parent)
            order.append(key)

    for key in known:
        visit(key)
    return order


def _add_organisation(stage: Stage, key: str, item: _Known) -> None:
    organisation = add_organisation(
        by=stage.by,
        at=stage.at,
        facts=OrganisationFacts(
            name=item.name,
            kind=OrganisationKind(item.kind),
            acronym=item.acronym,
            named=item.named,
            description=item.description,
            parent=stage.find(item.parent) if item.parent else None,
            place=stage.find(item.place) if item.place else None,
        ),
        aliases=tuple(item.aliases),
        publish=True,
    )
    stage.enter(key, organisation)
    stage.tie_thing(dict.fromkeys(item.citations), organisation)


def play_people(stage: Stage) -> None:
    """Add people as the sources name them, their affiliations and memberships; no contact details."""
    for text, record in _records("person"):
        citations = stage.quotes(text, record["cite"])
        _add_person(
            stage, record["key"], record["name"], record.get("aliases", ()), citations, place=record.get("place", "")
        )
    for row in table("people"):
        citations = stage.sources([row["source"]])
        _add_person(stage, row["key"], row["name"], filter(None, row["aliases"].split(";")), citations)
        _affiliate(stage, row["key"], row["organisation"], words_of(row, "role"), citations)
    for text, record in _records("affiliation"):
        citations = stage.quotes(text, record["cite"])
        _affiliate(
            stage, record["person"], record["organisation"], record.get("role", {}), citations,
            former=record.get("former", False),
        )  # fmt: skip
    for text, record in _records("membership"):
        _add_member(stage, record, stage.quotes(text, record["cite"]))


def _add_person(
    stage: Stage, key: str, name: str, aliases: Iterable[str], citations: list[Citation], *, place: str = ""
) -> None:
    person = add_person(
        by=stage.by, at=stage.at, name=name, printed_names=tuple(aliases),
        place=stage.find(place) if place else None, publish=True,
    )  # fmt: skip
    stage.enter(key, person)
    stage.tie_thing(citations, person)


def _affiliate(
    stage: Stage,
    person_key: str,
    organisation_key: str,
    role: Mapping[str, str],
    citations: list[Citation],
    *,
    former: bool = False,
) -> None:
    person, organisation = stage.find(person_key), stage.find(organisation_key)
    affiliation = affiliate(
        by=stage.by, at=stage.at, person=person, organisation=organisation, role=role, former=former, publish=True
    )
    label = {
        language: ", ".join(filter(None, (person.name, role.get(language), organisation.name)))
        for language in ("fr", "en")
    }
    stage.tie(citations, "affiliation", affiliation, label, person.subject.address)


def _add_member(stage: Stage, record: Record, citations: list[Citation]) -> None:
    member, association = stage.find(record["member"]), stage.find(record["organisation"])
    role = record.get("role", {})
    membership = admit_member(
        by=stage.by,
        at=stage.at,
        association=association,
        person=member if isinstance(member, Person) else None,
        organisation=None if isinstance(member, Person) else member,
        facts=MembershipFacts(place=stage.find(record["place"]) if "place" in record else None, role=role),
        publish=True,
    )
    words = {"fr": role.get("fr", "membre"), "en": role.get("en", "member")}
    label = {
        language: f"{member.name}, {word}{' :' if language == 'fr' else ':'} {association.name}"
        for language, word in words.items()
    }
    stage.tie(citations, "membership", membership, label, association.subject.address)


def play_establishments(stage: Stage) -> None:
    """Say which organisation is at which park or place, as the texts state it."""
    for text, record in _records("establishment"):
        organisation = stage.find(record["organisation"])
        park = stage.find(record["park"]) if "park" in record else None
        place = stage.find(record["place"]) if "place" in record else None
        establishment = establish(
            by=stage.by, at=stage.at, organisation=organisation, park=park, place=place, publish=True
        )
        where = (park or place).subject.label
        label = {language: f"{organisation.name} ({where[language]})" for language in ("fr", "en")}
        citations = stage.quotes(text, record["cite"])
        stage.tie(citations, "establishment", establishment, label, organisation.subject.address)


def play_matches(stage: Stage) -> None:
    """Propose the doubtful matches; a person decides each, never the season."""
    for row in table("matches"):
        propose_match(
            by=stage.by,
            at=stage.at,
            left=stage.find(row["left"]),
            right=stage.find(row["right"]),
            reasons=words_of(row, "reason"),
        )


def play_taxonomies(stage: Stage) -> None:
    """Add the official list of branches, tied to the source that names them."""
    rows = table("branches")
    taxonomy = add_taxonomy(
        by=stage.by,
        at=stage.at,
        key=rows[0]["taxonomy"],
        name={"fr": "Branches de l'offshoring, 2025", "en": "Branches of offshoring, 2025"},
        branches=[(row["code"], words_of(row, "name")) for row in rows],
        valid_from=date.fromisoformat(rows[0]["valid_from"]),
        publish=True,
    )
    stage.tie(stage.sources([rows[0]["source"]]), "taxonomy", taxonomy, taxonomy.name, "")
