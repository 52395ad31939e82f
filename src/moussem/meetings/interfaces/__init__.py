"""What stands between a person and the verbs of meetings."""
