"""What the observatory answers."""
