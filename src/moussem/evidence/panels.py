"""What evidence adds to the pages of every room: its figures and statements on their timelines."""

from moussem.core import timelines
from moussem.evidence.domain.queries.timeline import figure_entries, statement_entries

timelines.register(figure_entries)
timelines.register(statement_entries)
