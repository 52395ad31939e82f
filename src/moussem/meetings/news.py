"""What meetings tell higher rooms."""

MEETING_HELD = "meetings.held"
"""A meeting took place, by the word of its sides; argument `meeting`: its public identifier."""
