"""The rows of mail."""

from moussem.mail.models.messages import Message, SentCopy, Suppression

__all__ = ("Message", "SentCopy", "Suppression")
