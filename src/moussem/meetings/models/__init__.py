"""The rows of meetings."""

from moussem.meetings.models.meetings import Meeting, MeetingRequest, Side, Slot, Table

__all__ = ("Meeting", "MeetingRequest", "Side", "Slot", "Table")
