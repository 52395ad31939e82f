"""The desk: what looks across every room of a promoter."""
