"""The sentence for each refusal of a verb of meetings."""

from django.utils.translation import gettext as _

from moussem.meetings.domain import layout, outcomes, placing, requests
from moussem.meetings.domain.speaking import GuestGone

REFUSALS = (
    layout.NoSlotFits, layout.SlotsOverlap, layout.TooMany, requests.Oneself, requests.AnotherEvent,
    requests.AlreadyAsked, requests.DeclinedBefore, requests.AlreadyAnswered, requests.StillPlaced, GuestGone,
    placing.NotAccepted, placing.SlotTaken, placing.DiaryTaken, placing.AlreadyPlaced, placing.NotPlaced,
    placing.TableMissing, placing.NoRoomAddress, placing.NoFreePair, outcomes.TooEarly, outcomes.Cancelled,
    outcomes.OwnWordStands,
)  # fmt: skip
"""Everything that `sentence_of` knows."""


def sentence_of(refusal: Exception) -> str:
    """What a person reads, with what to do next."""
    if isinstance(refusal, placing.DiaryTaken):
        return _("%(name)s has another meeting then. Choose another time.") % {"name": refusal.name}
    if isinstance(refusal, placing.NoFreePair):
        return str(refusal.why.label)
    if isinstance(refusal, layout.TooMany):
        return _("At most %(most)d are possible. Nothing was added.") % {"most": refusal.most}
    return _plain()[type(refusal)]


def _plain() -> dict[type[Exception], str]:
    return {
        layout.NoSlotFits: _("No meeting fits between these hours. End later, or make meetings shorter."),
        layout.SlotsOverlap: _("These hours lie across others that stand already. Choose others."),
        requests.Oneself: _("Choose two different guests."),
        requests.AnotherEvent: _("They do not come to the same event."),
        requests.AlreadyAsked: _("A request between the two stands already."),
        requests.DeclinedBefore: _("They declined before. Ask the organiser."),
        requests.AlreadyAnswered: _("This request waits for no answer any more. Nothing was changed."),
        requests.StillPlaced: _("The meeting is placed. Cancel it first."),
        GuestGone: _("One of them does not come any more."),
        placing.NotAccepted: _("Only an accepted request is placed."),
        placing.SlotTaken: _("Another meeting is held at this table then. Choose another table or time."),
        placing.AlreadyPlaced: _("It is placed already."),
        placing.NotPlaced: _("It is over, or was cancelled. Nothing was changed."),
        placing.TableMissing: _("Both are on site: choose a table."),
        placing.NoRoomAddress: _("This is no address of a room. Write one that begins with https://."),
        outcomes.TooEarly: _("The meeting has not begun. Answer afterwards."),
        outcomes.Cancelled: _("The meeting was cancelled."),
        outcomes.OwnWordStands: _("This guest has answered in person; that word stands."),
    }
