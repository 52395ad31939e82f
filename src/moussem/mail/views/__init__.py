"""Pages of the mail."""
