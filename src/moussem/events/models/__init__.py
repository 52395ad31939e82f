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

__all__ = ("Event", "EventOrganiser", "GuestKind", "Part", "Series", "Session", "Space", "Stop")
