"""The rows of evidence."""

from moussem.evidence.models.documents import Citation, CitedRecord, Document, Passage, Silence
from moussem.evidence.models.figures import Figure, FigureSubject
from moussem.evidence.models.statements import Contradiction, Statement, StatementSubject
from moussem.evidence.models.subjects import Subject

__all__ = (
    "Citation",
    "CitedRecord",
    "Contradiction",
    "Document",
    "Figure",
    "FigureSubject",
    "Passage",
    "Silence",
    "Statement",
    "StatementSubject",
    "Subject",
)
