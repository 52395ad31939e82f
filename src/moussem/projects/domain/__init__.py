"""The verbs of projects."""
