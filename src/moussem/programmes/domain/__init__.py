"""The verbs of programmes."""
