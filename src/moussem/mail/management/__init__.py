"""Commands of the mail."""
