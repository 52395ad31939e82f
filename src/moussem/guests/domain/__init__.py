"""The verbs of guests."""
