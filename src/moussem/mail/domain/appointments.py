"""Calendar entries for other rooms' mails and pages."""

from moussem.mail.rendering.calendar import Appointment, Method, calendar_entry

__all__ = ("Appointment", "Method", "calendar_entry")
