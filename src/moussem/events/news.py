"""What events tell higher rooms."""

# The seats of an event were changed: `event` is its public identifier.
SEATS_CHANGED = "events.seats_changed"
