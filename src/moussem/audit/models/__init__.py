"""The rows of the ledger."""

from moussem.audit.models.entries import ChainHead, Entry, Payload

__all__ = ("ChainHead", "Entry", "Payload")
