"""The stage on which the season is played: who acts, when, and everything that has entered so far, by its key."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from moussem.core.actor import Actor
from moussem.demo.domain.reading import Record
from moussem.evidence.domain.documents import cite, cite_record
from moussem.evidence.domain.figures import Teller
from moussem.evidence.enums import SubjectKind, SubjectRole
from moussem.evidence.models import Citation, Document, Figure, Passage, Statement, Subject

ROLE_OF_KIND: Mapping[str, SubjectRole] = {
    SubjectKind.ORGANISATION: SubjectRole.HOLDER,
    SubjectKind.PERSON: SubjectRole.PERSON,
    SubjectKind.PLACE: SubjectRole.PLACE,
    SubjectKind.PARK: SubjectRole.PARK,
    SubjectKind.SERIES: SubjectRole.EVENT,
    SubjectKind.EVENT: SubjectRole.EVENT,
    SubjectKind.PROGRAMME: SubjectRole.PROGRAMME,
    SubjectKind.PROJECT: SubjectRole.PROJECT,
    SubjectKind.AGREEMENT: SubjectRole.OTHER,
}


class KeyUnknown(KeyError):
    """A data file refers to something that no data file names."""


class KeyTwice(ValueError):
    """Two things in the data files bear one key."""


@dataclass
class Stage:
    """One playing of the season. References in the data files are keys of these mappings; a key is used once."""

    by: Actor
    at: datetime
    documents: dict[str, Document] = field(default_factory=dict)
    passages: dict[tuple[str, int], Passage] = field(default_factory=dict)
    cast: dict[str, Any] = field(default_factory=dict)
    """Organisations, people, places, parks, series, events, agreements, projects, programmes (a bare
    subject if unclassified)."""
    figures: dict[str, Figure] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    citations: dict[tuple[object, ...], Citation] = field(default_factory=dict)

    def enter(self, key: str, thing: Any) -> None:
        """Let a thing be referred to by `key`; raises `KeyTwice`."""
        if key in self.cast:
            raise KeyTwice(key)
        self.cast[key] = thing

    def find(self, key: str) -> Any:
        """The thing that bears `key`; raises `KeyUnknown`."""
        try:
            return self.cast[key]
        except KeyError:
            raise KeyUnknown(key) from None

    def subject(self, key: str) -> Subject:
        """The subject of the thing that bears `key`."""
        thing = self.find(key)
        subject: Subject = thing if isinstance(thing, Subject) else thing.subject
        return subject

    def about(self, keys: Iterable[str]) -> list[tuple[SubjectRole, Subject]]:
        """The subjects of these keys, each in the role of its kind."""
        subjects = [self.subject(key) for key in keys]
        return [(ROLE_OF_KIND[subject.kind], subject) for subject in subjects]

    def teller(self, stated: Record) -> Teller:
        """Who said it, from a record's `stated_by`; everything empty is the document itself."""
        person, organisation = stated.get("person"), stated.get("organisation")
        return Teller(
            person=self.subject(person) if person else None,
            organisation=self.subject(organisation) if organisation else None,
            words=stated.get("words", ""),
        )

    def teller_named(self, key: str, words: str) -> Teller:
        """Who said it, where one column names a person or an organisation and another holds the source's words."""
        subject = self.subject(key) if key else None
        if subject is not None and subject.kind == SubjectKind.PERSON:
            return Teller(person=subject, words=words)
        return Teller(organisation=subject, words=words)

    def quotes(self, document_key: str, cited: Iterable[Record]) -> list[Citation]:
        """The citations of a text's record: passage, quote and its place in the text."""
        found = []
        for item in cited:
            quote, start = item["quote"], item["at"]
            place = (document_key, item["passage"], start, quote)
            if place not in self.citations:
                self.citations[place] = cite(
                    by=self.by,
                    document=self.documents[document_key],
                    quote=quote,
                    passage=self.passages[document_key, item["passage"]],
                    paragraph=item["passage"],
                    span=(start, start + len(quote)),
                )
            found.append(self.citations[place])
        return found

    def sources(self, keys: Iterable[str]) -> list[Citation]:
        """The citations of whole sources, without a quote: figure and address only."""
        found = []
        for key in keys:
            if (key,) not in self.citations:
                self.citations[(key,)] = cite(by=self.by, document=self.documents[key])
            found.append(self.citations[(key,)])
        return found

    def tie(self, citations: Iterable[Citation], kind: str, row: Any, label: Mapping[str, str], address: str) -> None:
        """Show on the documents what these citations became: a record of any room."""
        for citation in citations:
            cite_record(by=self.by, citation=citation, kind=kind, key=row.public_id, label=label, address=address)

    def tie_thing(self, citations: Iterable[Citation], thing: Any) -> None:
        """Tie a thing that has a subject, under the subject's own kind, label and address."""
        subject: Subject = thing if isinstance(thing, Subject) else thing.subject
        self.tie(citations, str(subject.kind), subject, subject.label, subject.address)
