"""The rows of agreements."""

from moussem.agreements.models.agreements import Agreement, Obligation, Party

__all__ = ("Agreement", "Obligation", "Party")
