"""Agreements: who signed what, and who owes what by when."""
