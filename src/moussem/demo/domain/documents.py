"""Playing the documents: the five texts with their passages and silences, and the sources of the tables."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.db import transaction

from moussem.core.actor import Actor
from moussem.demo.domain.reading import Record, Row, period_of, table, texts, words_of
from moussem.demo.domain.stage import Stage
from moussem.evidence.domain.documents import DocumentFacts, PassageDraft, add_document, add_silence, attach_text
from moussem.evidence.enums import AddressKind, DocumentKind
from moussem.evidence.models import Document


def play_documents(stage: Stage) -> None:
    """Add the five texts with their passages, and every source of the tables."""
    for text in texts():
        _add_text(stage, text)
    for row in table("sources"):
        _add_source(stage, row)


def _add_text(stage: Stage, text: Record) -> None:
    facts = text["document"]
    document = add_document(
        by=stage.by,
        at=stage.at,
        facts=DocumentFacts(
            key=facts["key"],
            title=facts.get("title", ""),
            publisher=facts.get("publisher", ""),
            language=facts["language"],
            digest=facts["sha256"],
            notes=facts["notes"],
        ),
        passages=[
            PassageDraft(start=p["start"], end=p["end"], fragment=p["fragment"], reason=p.get("reason"))
            for p in text["passage"]
        ],
        publish=True,
    )
    stage.documents[facts["key"]] = document
    for passage in document.passages.all():
        stage.passages[facts["key"], passage.position] = passage


def _add_source(stage: Stage, row: Row) -> None:
    carried = row["carried_by"]
    notes: Mapping[str, str] = words_of(row, "note")
    if carried and not notes:
        notes = {"fr": f"Repris par {carried}.", "en": f"As carried by {carried}."}
    stage.documents[row["key"]] = add_document(
        by=stage.by,
        at=stage.at,
        facts=DocumentFacts(
            key=row["key"],
            kind=DocumentKind.SOURCE,
            publisher=row["publisher"],
            published_on=period_of(row["published_on"]),
            address=row["address"],
            address_kind=AddressKind(row["address_kind"]),
            notes=notes,
        ),
        publish=True,
    )


def play_silences(stage: Stage) -> None:
    """Say what each text does not state, beside the passage where one would look for it."""
    for text in texts():
        key = text["document"]["key"]
        for silence in text["silence"]:
            add_silence(
                by=stage.by,
                at=stage.at,
                document=stage.documents[key],
                words=silence["words"],
                passage=stage.passages[key, silence["passage"]],
            )


class TextDiffers(Exception):
    """A file in the folder of articles is not the text from which the passages were cut."""


@transaction.atomic
def attach_articles(*, by: Actor, at: datetime, folder: Path) -> int:
    """Keep the full texts found in `folder` beside their documents; how many were new. A missing file is passed over.

    Raises `TextDiffers` where a file's SHA-256 is another than that of the text the passages were cut from.
    """
    attached = 0
    for text in texts():
        facts = text["document"]
        path = folder / facts["file"]
        document = Document.objects.filter(promoter=by.promoter_pk, key=facts["key"], full_text="").first()
        if document is None or not path.is_file():
            continue
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != facts["sha256"]:
            raise TextDiffers(path.name)
        attach_text(by=by, at=at, document=document, text=content.decode("utf-8"))
        attached += 1
    return attached
