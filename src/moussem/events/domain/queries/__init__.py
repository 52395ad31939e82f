"""What several pages ask of events."""
