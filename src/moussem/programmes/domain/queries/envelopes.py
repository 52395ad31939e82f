"""What of an envelope is committed, and what is left."""

from dataclasses import dataclass

from django.db.models import Sum

from moussem.programmes.enums import Decision
from moussem.programmes.models import Call, Determination, Programme


@dataclass(frozen=True, slots=True)
class Envelope:
    """Hundredths of a dirham. `stated` None: no source states it; `left` is then None, too."""

    stated: int | None
    committed: int

    @property
    def left(self) -> int | None:
        """What can still be given; never below zero."""
        return None if self.stated is None else max(0, self.stated - self.committed)


def envelope_of_programme(programme: Programme) -> Envelope:
    """The envelope of a programme, with what all its calls committed."""
    return Envelope(programme.envelope, _committed(application__call__programme=programme))


def envelope_of_call(call: Call) -> Envelope:
    """The envelope of one call."""
    return Envelope(call.envelope, _committed(application__call=call))


def _committed(**of: object) -> int:
    awards = Determination.objects.filter(decision=Decision.AWARD, **of)
    return awards.aggregate(total=Sum("amount"))["total"] or 0
