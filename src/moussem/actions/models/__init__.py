"""The rows of actions."""

from moussem.actions.models.actions import Action

__all__ = ("Action",)
