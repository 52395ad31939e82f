"""From data to the bytes of a mail."""
