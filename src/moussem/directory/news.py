"""What the directory tells higher rooms."""

# A match of two organisations was proposed, decided or reopened: `subjects` are the inner keys of both.
MATCH_CHANGED = "directory.match_changed"
