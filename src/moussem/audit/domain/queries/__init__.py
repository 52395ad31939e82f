"""Reads of the ledger that pages share."""
