"""The rows of events."""

from moussem.events.models.events import (
    Event,
    EventOrganiser,
    Part,
    Series,
    Session,
    Space,
    Stop,
)

__all__ = ("Event", "EventOrganiser", "Part", "Series", "Session", "Space", "Stop")
