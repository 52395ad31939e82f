"""The rows of events."""

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
from moussem.events.models.templates import Template

__all__ = ("Event", "EventOrganiser", "GuestKind", "Part", "Series", "Session", "Space", "Stop", "Template")
