"""The rows of the ledger."""

from moussem.audit.models.entries import ChainHead, Entry, Payload
from moussem.audit.models.marks import PublicMark

__all__ = ("ChainHead", "Entry", "Payload", "PublicMark")
