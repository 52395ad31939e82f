"""Rows that every room uses."""

from moussem.core.models.files import StoredFile
from moussem.core.models.jobs import Job, JobState, NewsItem
from moussem.core.models.periods import period_columns, period_values
from moussem.core.models.rows import Publishable, Row
from moussem.core.models.searched import SearchedField
from moussem.core.models.submissions import Submission

__all__ = (
    "Job",
    "JobState",
    "NewsItem",
    "Publishable",
    "Row",
    "SearchedField",
    "StoredFile",
    "Submission",
    "period_columns",
    "period_values",
)
