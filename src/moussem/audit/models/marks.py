"""How much has changed that a public page may show."""

from django.db import models


class PublicMark(models.Model):
    """So many changes (`n`) that a public page may show. The sum over all rows tells one state of the public pages from
    every other: it only rises, whichever transaction commits first, and rows may be joined without changing it.
    """

    n = models.PositiveBigIntegerField(default=1)
