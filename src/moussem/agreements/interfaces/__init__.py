"""What staff fill in about agreements."""
