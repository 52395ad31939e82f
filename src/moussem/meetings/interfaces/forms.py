"""The forms of meetings."""

from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from moussem.actions.domain.queries.actions import colleagues_at_work
from moussem.core.actor import Actor
from moussem.core.formats import hours
from moussem.events.domain.hours import zone_of
from moussem.events.models import Event
from moussem.guests.models import Registration
from moussem.meetings.domain import layout
from moussem.meetings.domain.queries.room import slots_of, tables_of
from moussem.meetings.enums import Wish
from moussem.meetings.models import MeetingRequest, Slot, Table

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PrepareForm(forms.Form):
    """When meetings are held, how long they are, at how many tables."""

    on = forms.DateField(label=gettext_lazy("Day"), widget=DATE)
    begins = forms.TimeField(label=gettext_lazy("From"), widget=TIME, initial=time(9))
    ends = forms.TimeField(label=pgettext_lazy("hour", "To"), widget=TIME, initial=time(12))
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes of one meeting"), initial=20, min_value=layout.SHORTEST_MINUTES,
        max_value=layout.LONGEST_MINUTES,
    )  # fmt: skip
    pause_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes between two"), initial=5, min_value=0, max_value=layout.LONGEST_PAUSE_MINUTES
    )
    tables = forms.IntegerField(
        label=gettext_lazy("Tables"), initial=5, min_value=0, max_value=layout.MOST_TABLES,
        help_text=gettext_lazy("Those that stand stay; a larger number adds some."),
    )  # fmt: skip

    def __init__(self, *args: Any, event: Event, today: date, tables: int = 0, **options: Any) -> None:
        initial = {"on": event.period_start or today, **({"tables": tables} if tables else {})}
        super().__init__(*args, initial=initial, **options)

    @property
    def stretch(self) -> layout.Stretch:
        """What was written, as the verb takes it."""
        said = self.cleaned_data
        return layout.Stretch(said["on"], said["begins"], said["ends"], said["minutes"], said["pause_minutes"])


class GuestChoice(forms.ModelChoiceField):
    """One of the guests who come, by name and organisation."""

    def label_from_instance(self, registration: Registration) -> str:
        """How a guest is named in the list."""
        return guest_words(registration)


def guest_words(registration: Registration) -> str:
    """A guest by name, with the organisation where they come for one."""
    firm = registration.organisation
    return f"{registration.person.name}, {firm.name}" if firm else registration.person.name


class AskForm(forms.Form):
    """Who should meet whom, and about what."""

    asker = GuestChoice(label=gettext_lazy("Who asks"), queryset=None, to_field_name="public_id")
    asked = GuestChoice(label=gettext_lazy("Whom"), queryset=None, to_field_name="public_id")
    words = forms.CharField(label=gettext_lazy("What it is about"), max_length=300, required=False)
    wish = forms.ChoiceField(label=gettext_lazy("How much"), choices=Wish.choices, initial=Wish.MEET)

    def __init__(self, *args: Any, guests: "QuerySet[Registration]", **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("asker", "asked"):
            self.fields[name].queryset = guests


class SlotChoice(forms.ModelChoiceField):
    """One of the event's slots, by the clock on the wall."""

    event: Event

    def label_from_instance(self, slot: Slot) -> str:
        """How a slot is named in the list."""
        begins, ends = (at.astimezone(zone_of(self.event)) for at in (slot.starts_at, slot.ends_at))
        return f"{begins:%d/%m} {hours(begins, ends)}"


class TableChoice(forms.ModelChoiceField):
    """One of the event's tables."""

    def label_from_instance(self, table: Table) -> str:
        """How a table is named in the list."""
        return _("Table %(name)s") % {"name": table.name}


class PlaceForm(forms.Form):
    """In which slot and at which table; who meets online needs no table, but the address of a room."""

    slot = SlotChoice(label=gettext_lazy("When"), queryset=None, to_field_name="public_id")
    table = TableChoice(
        label=gettext_lazy("Where"), queryset=None, to_field_name="public_id", required=False,
        empty_label=gettext_lazy("Online, no table"),
    )  # fmt: skip

    def __init__(self, *args: Any, request: MeetingRequest, online: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        event = request.event
        self.fields["slot"].event = event
        self.fields["slot"].queryset = slots_of(event)
        self.fields["table"].queryset = tables_of(event)
        if online:
            del self.fields["table"]

    @property
    def place(self) -> dict[str, Any]:
        """What was chosen, as the verbs take it."""
        return {"slot": self.cleaned_data["slot"], "table": self.cleaned_data.get("table")}


class RoomForm(forms.Form):
    """The address of the room online."""

    room_address = forms.URLField(
        label=gettext_lazy("Address of the room online"), assume_scheme="https", max_length=200,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )  # fmt: skip


class OutcomeForm(forms.Form):
    """Whether a meeting took place, and a word about it."""

    took_place = forms.ChoiceField(
        label=gettext_lazy("Did it take place?"), choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
    )
    words = forms.CharField(label=gettext_lazy("In a word"), max_length=300, required=False)


class NextStepForm(forms.Form):
    """What comes of a meeting: about whom, what, whose, until when."""

    words = forms.CharField(label=gettext_lazy("What is to be done"), max_length=300)
    about = GuestChoice(
        label=gettext_lazy("With whom"), queryset=None, to_field_name="public_id",
        empty_label=None,
    )  # fmt: skip
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Whose"), queryset=None, to_field_name="public_id", required=False,
        empty_label=gettext_lazy("Nobody yet"),
    )  # fmt: skip
    due_on = forms.DateField(label=pgettext_lazy("next step", "Until"), required=False, widget=DATE)

    def __init__(
        self, *args: Any, actor: Actor, today: date, guests: "QuerySet[Registration]", asked: Registration,
        **options: Any,
    ) -> None:  # fmt: skip
        initial = {"owner": actor.id, "due_on": today + timedelta(days=7), "about": asked.public_id}
        super().__init__(*args, initial=initial, **options)
        self.fields["owner"].queryset = colleagues_at_work(actor)
        self.fields["about"].queryset = guests
