"""Meetings between the guests of an event."""
