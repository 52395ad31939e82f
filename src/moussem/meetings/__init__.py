"""Meetings between two registered guests of an event."""
