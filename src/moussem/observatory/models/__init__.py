"""The rows of the observatory."""

from moussem.observatory.models.standings import Standing

__all__ = ("Standing",)
