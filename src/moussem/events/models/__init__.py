"""The rows of events."""

from moussem.events.models.agendas import AgendaFragment, AgendaVersion, PageFragment
from moussem.events.models.events import (
    Event,
    EventOrganiser,
    GuestKind,
    Part,
    Series,
    Session,
    Space,
    Stop,
)
from moussem.events.models.minutes import Decision, EarlierMinutes, Minutes
from moussem.events.models.missions import Outcome
from moussem.events.models.templates import Template

__all__ = (
    "AgendaFragment",
    "AgendaVersion",
    "Decision",
    "EarlierMinutes",
    "Event",
    "EventOrganiser",
    "GuestKind",
    "Minutes",
    "Outcome",
    "PageFragment",
    "Part",
    "Series",
    "Session",
    "Space",
    "Stop",
    "Template",
)
