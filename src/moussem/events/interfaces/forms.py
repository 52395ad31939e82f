"""The forms of the events desk. Each is told who fills it in, and offers only what that actor may point to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.directory.models import Place
from moussem.engines.values import period as periods
from moussem.engines.values.period import Period
from moussem.events.domain.events import EventFacts
from moussem.events.domain.filling import days_from
from moussem.events.domain.outlines import Outline
from moussem.events.domain.planning import DroppedList, SpaceFacts, Wish, mode_of_seats
from moussem.events.domain.queries.templates import Offer, offer_called
from moussem.events.enums import EventKind, EventMode, PartKind, SpaceKind
from moussem.events.interfaces.lines import wishes_text
from moussem.events.interfaces.words import changed_words, own_words
from moussem.events.models import Event, GuestKind, Session, Space

LONGEST = 200
MOST_SEATS = 100_000
ZONES = (
    "Africa/Casablanca", "Africa/Tunis", "America/Los_Angeles", "America/New_York", "Asia/Dubai", "Europe/London",
    "Europe/Madrid", "Europe/Paris", "UTC",
)  # fmt: skip
DAY = {"type": "date"}
LIST_FILES = ".xlsx,.xls,.ods,.csv,.tsv,.txt"
_WISH = re.compile(r"(?:(\d{1,5})\s+)?(\S.*)")


class RowField(forms.ModelChoiceField):
    """A choice among rows; which ones is told by the form, once it knows its actor or its event."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=None, to_field_name="public_id", **options)

    def label_from_instance(self, row: Any) -> str:
        """The name of a row; of a place also its kind, since Oriental and Oujda may both be meant."""
        name = say(row.title if isinstance(row, Session) else row.name)
        return f"{name} ({row.get_kind_display()})" if isinstance(row, Place) else name


def seats_field(label: Any) -> forms.IntegerField:
    """A number of seats, or of places in a space; empty: no limit is set, or none is stated."""
    return forms.IntegerField(label=label, min_value=0, max_value=MOST_SEATS, required=False)


class WishesField(forms.CharField):
    """Kinds of guests, one a line, each after the number wanted."""

    def clean(self, value: Any) -> list[Wish]:
        """The wishes in order; a line without a number wishes for no certain number."""
        lines = [line.strip() for line in (super().clean(value) or "").splitlines() if line.strip()]
        found = [_WISH.fullmatch(line) for line in lines]
        names = [match[2] for match in found if match]
        if len({name.casefold() for name in names}) < len(names):
            raise ValidationError(gettext("One kind of guest stands here twice. Put both numbers on one line."))
        if any(len(name) > LONGEST for name in names):
            raise ValidationError(gettext("The name of a kind of guest is at most 200 characters long."))
        return [Wish(own_words(match[2]), int(match[1]) if match[1] else None) for match in found if match]


class _EventFields(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=LONGEST)
    kind = forms.ChoiceField(
        label=pgettext_lazy("event", "Kind"), choices=EventKind.choices, initial=EventKind.ONE_TO_FEW
    )
    starts_on = forms.DateField(
        label=_("First day"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=_("Last day"), help_text=_("Leave it empty for one day."), required=False,
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
    )  # fmt: skip
    place = RowField(label=_("Place"), required=False, empty_label=_("not stated"))
    seats_on_site = seats_field(_("Seats on site"))
    seats_online = seats_field(_("Seats online"))

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        places: Any = self.fields["place"]
        places.queryset = Place.objects.visible_to(actor).order_by("kind", "code", "pk")

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first one, or without it."""
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("starts_on"), said.get("ends_on")
        if last and not first and "starts_on" not in self.errors:
            self.add_error("starts_on", _("State the first day as well, or leave both empty."))
        elif first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first one."))
        return said

    def _period(self) -> Period | None:
        first, last = self.cleaned_data["starts_on"], self.cleaned_data["ends_on"]
        if first is None:
            return None
        return periods.day(first) if last in (None, first) else periods.span(first, last)


class NewEventForm(_EventFields):
    """A gathering to set up: what, called what, when, where, whom. The rest is as its template says."""

    kind = seats_on_site = seats_online = None
    template = forms.ChoiceField(label=_("What"))
    wishes = WishesField(
        label=_("Guests wished for"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "One kind a line, after the number wanted: 20 heads of firms. Left empty, those of the template are taken."
        ),
    )  # fmt: skip
    guests = forms.FileField(
        label=_("Guest list"), required=False, widget=forms.FileInput(attrs={"accept": LIST_FILES}),
        help_text=_("Excel, LibreOffice or CSV. You see each row before anybody is on the list."),
    )  # fmt: skip
    field_order = ("template", "name", "starts_on", "ends_on", "place", "wishes", "guests")

    def __init__(self, *args: Any, offers: Sequence[Offer], chosen: str = "", **options: Any) -> None:
        self.offers = offers
        offer = offer_called(offers, chosen)
        known = {"template": chosen, "wishes": wishes_text(offer.facts.outline.wishes)} if offer else {}
        super().__init__(*args, initial=known, **options)
        self.fields["ends_on"].help_text = _("Left empty, it lasts as long as the template says.")
        field: Any = self.fields["template"]
        field.choices = _template_choices(offers)
        first = next((o.key for o in offers if o.code == EventKind.ONE_TO_FEW), "")
        field.initial = first

    @property
    def dropped(self) -> DroppedList | None:
        """The file with guests, once the form is valid; None where none was dropped."""
        file = self.cleaned_data["guests"]
        return DroppedList(file, file.name) if file else None

    @property
    def outline(self) -> Outline | None:
        """What the chosen template says, once the form is valid; None: a gathering without one."""
        offer = offer_called(self.offers, self.cleaned_data["template"])
        return offer.facts.outline if offer else None

    @property
    def facts(self) -> EventFacts:
        """What was filled in, once it is valid."""
        said, offer = self.cleaned_data, offer_called(self.offers, self.cleaned_data["template"])
        period = self._period()
        if offer and period and said["ends_on"] is None:
            period = days_from(said["starts_on"], offer.facts.outline.days)
        kind = offer.facts.kind if offer else EventKind.GATHERING
        return EventFacts(kind=kind, name=own_words(said["name"]), period=period, place=said["place"])


def _template_choices(offers: Sequence[Offer]) -> list[Any]:
    own = [(offer.key, say(offer.facts.name)) for offer in offers if offer.row]
    made = [(offer.key, say(offer.facts.name)) for offer in offers if not offer.row and not offer.is_replaced]
    other = [(EventKind.GATHERING.value, _("Another gathering, without a template"))]
    groups = [(_("Our templates"), own), (_("Ready-made templates"), made)]
    return [*((label, lines) for label, lines in groups if lines), *other]


class Versioned(forms.Form):
    """A form that corrects a row: `version` is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def reading(self, version: int) -> None:
        """Take `version` as read, so that sending the form once more is meant."""
        self.data = self.data.copy()
        self.data["version"] = str(version)


class EventForm(_EventFields, Versioned):
    """A gathering to correct."""

    theme = forms.CharField(label=_("Theme"), max_length=300, required=False)
    zone = forms.ChoiceField(label=_("Time zone"), choices=[(name, name) for name in ZONES], required=False)

    def __init__(self, *args: Any, actor: Actor, event: Event, **options: Any) -> None:
        super().__init__(*args, actor=actor, initial=self.initial_of(event), **options)
        self.event = event

    @staticmethod
    def initial_of(event: Event) -> Mapping[str, Any]:
        """What the form shows of an event as it stands."""
        last = event.period_end if event.period_end != event.period_start else None
        return {
            "version": event.version, "name": say(event.name), "kind": event.kind, "starts_on": event.period_start,
            "ends_on": last, "place": event.place.public_id if event.place else None, "theme": say(event.theme),
            "seats_on_site": event.seats_on_site, "seats_online": event.seats_online,
            "zone": event.zone or settings.TIME_ZONE,
        }  # fmt: skip

    def _days(self) -> Period | None:
        """The days as filled in; where they were not touched, the period as finely as it was stated."""
        shown = self.initial_of(self.event)
        untouched = all(self.cleaned_data[name] == shown[name] for name in ("starts_on", "ends_on"))
        return self.event.period if untouched else self._period()

    @property
    def facts(self) -> EventFacts:
        """What was filled in, once it is valid; what the form does not show stays as it is."""
        said, event = self.cleaned_data, self.event
        untouched = (said["seats_on_site"], said["seats_online"]) == (event.seats_on_site, event.seats_online)
        theme = changed_words(event.theme, said["theme"]) if said["theme"] else {}
        mode = EventMode(event.mode) if untouched else mode_of_seats(said["seats_on_site"], said["seats_online"])
        return replace(
            EventFacts(kind=EventKind(said["kind"]), name=changed_words(event.name, said["name"])), theme=theme,
            period=self._days(), place=said["place"], series=event.series, edition=event.edition,
            mode=mode, margins_of=event.margins_of,
            description=event.description, seats_on_site=said["seats_on_site"], seats_online=said["seats_online"],
            zone=said["zone"],
        )  # fmt: skip


class KindForm(forms.Form):
    """A kind of guest and the wanted number."""

    name = forms.CharField(label=_("Kind of guest"), max_length=LONGEST)
    wanted = forms.IntegerField(label=_("Wanted number"), min_value=0, max_value=MOST_SEATS, required=False)

    @property
    def wish(self) -> Wish:
        """What was filled in, once it is valid."""
        return Wish(own_words(self.cleaned_data["name"]), self.cleaned_data["wanted"])


class CorrectKindForm(KindForm, Versioned):
    """A kind of guest to correct."""

    @staticmethod
    def initial_of(row: GuestKind) -> Mapping[str, Any]:
        """What the form shows of a kind as it stands."""
        return {"version": row.version, "name": say(row.name), "wanted": row.wanted}

    def wish_for(self, row: GuestKind) -> Wish:
        """The correction, once it is valid."""
        return Wish(changed_words(row.name, self.cleaned_data["name"]), self.cleaned_data["wanted"])


class SpaceForm(forms.Form):
    """A space to add."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST)
    kind = forms.ChoiceField(label=_("For"), choices=SpaceKind.choices, initial=SpaceKind.CONFERENCE)
    capacity_on_site = seats_field(_("Capacity on site"))
    capacity_online = seats_field(_("Capacity online"))

    def facts_of(self, row: Space | None = None) -> SpaceFacts:
        """What was filled in, once it is valid; `row` is the one that is corrected."""
        said = self.cleaned_data
        name = changed_words(row.name, said["name"]) if row else own_words(said["name"])
        return SpaceFacts(SpaceKind(said["kind"]), name, said["capacity_on_site"], said["capacity_online"])


class CorrectSpaceForm(SpaceForm, Versioned):
    """A space to correct."""

    @staticmethod
    def initial_of(row: Space) -> Mapping[str, Any]:
        """What the form shows of a space as it stands."""
        return {
            "version": row.version, "name": say(row.name), "kind": row.kind, "capacity_on_site": row.capacity_on_site,
            "capacity_online": row.capacity_online,
        }  # fmt: skip


PARTS: Sequence[PartKind] = (
    PartKind.SPEAKER, PartKind.MODERATOR, PartKind.HOST, PartKind.CO_HOST, PartKind.TESTIMONY, PartKind.OPENING,
    PartKind.PARTNER, PartKind.ORGANISER,
)  # fmt: skip


class PartForm(forms.Form):
    """Somebody who takes part."""

    kind = forms.ChoiceField(label=_("Part"), choices=[(part.value, part.label) for part in PARTS])
    person = forms.CharField(
        label=_("Person"), max_length=LONGEST, required=False, widget=forms.TextInput(attrs={"list": "people"})
    )
    organisation = forms.CharField(
        label=_("Organisation"), max_length=LONGEST, required=False,
        widget=forms.TextInput(attrs={"list": "organisations"}),
        help_text=_("Choose a name of the directory, or type a new one."),
    )  # fmt: skip
    session = RowField(label=_("Session"), required=False, empty_label=_("the whole event"))

    def __init__(self, *args: Any, actor: Actor, event: Event, **options: Any) -> None:
        super().__init__(*args, **options)
        sessions: Any = self.fields["session"]
        sessions.queryset = Session.objects.visible_to(actor).filter(event=event).order_by("position", "pk")

    def clean(self) -> dict[str, Any]:
        """Ask for somebody."""
        said: dict[str, Any] = super().clean() or {}
        if not said.get("person") and not said.get("organisation") and not self.errors:
            self.add_error("person", _("Name a person or an organisation."))
        return said
