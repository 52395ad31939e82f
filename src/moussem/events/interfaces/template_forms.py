"""The forms of templates, of an event's own words in its mails, and of a next edition."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from moussem.core.texts import say
from moussem.directory.domain.names import fold
from moussem.engines.values import period as periods
from moussem.events.domain.editions import NextFacts
from moussem.events.domain.outlines import Outline, OwnWords, SessionLine, TaskLine, TemplateFacts, Wish
from moussem.events.domain.queries.templates import facts_of
from moussem.events.enums import LETTER_LANGUAGES, EventKind, Letter
from moussem.events.interfaces.forms import DAY, LONGEST, Versioned, WishesField, seats_field
from moussem.events.interfaces.lines import (
    LetterField,
    LinesField,
    SaidSession,
    letter_text,
    line_sentence,
    read_session,
    read_space,
    read_task,
    sessions_text,
    spaces_text,
    tasks_text,
    wishes_text,
)
from moussem.events.interfaces.words import changed_words, known_words, own_words
from moussem.events.models import Event, Template


class _LettersFields(forms.Form):
    """The own words in each mail, in each language that guests are written to."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for letter in Letter:
            for code, language in LETTER_LANGUAGES.items():
                label = f"{letter.label} ({language})"
                self.fields[f"{letter.value}_{code}"] = LetterField(label=label, language=code)
        self.fields[f"{Letter.INVITATION.value}_fr"].help_text = _(
            "The subject on the first line, the opening words below. {guest}, {promoter}, {event}, {when} and {place} "
            "are filled in. Left empty, the usual words are sent."
        )

    @property
    def letters(self) -> OwnWords:
        """The words that were filled in, once they are valid."""
        said = self.cleaned_data
        return {letter: {code: said[f"{letter}_{code}"] for code in LETTER_LANGUAGES} for letter in Letter.values}


def letters_shown(letters: OwnWords) -> dict[str, str]:
    """What the fields of mails show."""
    return {
        f"{letter}_{code}": letter_text(letters.get(letter, {}).get(code, {}))
        for letter in Letter.values
        for code in LETTER_LANGUAGES
    }


class LettersForm(_LettersFields, Versioned):
    """An event's own words in its mails."""

    @staticmethod
    def initial_of(event: Event) -> Mapping[str, Any]:
        """What the form shows of an event as it stands."""
        return {"version": event.version, **letters_shown(event.letters)}


class TemplateForm(_LettersFields, Versioned):
    """A template to correct, each list one thing a line."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST)
    kind = forms.ChoiceField(label=pgettext_lazy("event", "Kind"), choices=EventKind.choices)
    days = forms.IntegerField(label=_("How many days it lasts"), min_value=1, max_value=31)
    seats_on_site = seats_field(_("Seats on site"))
    seats_online = seats_field(_("Seats online"))
    wishes = WishesField(
        label=_("Guests wished for"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One kind a line, after the number wanted: 20 heads of firms."),
    )  # fmt: skip
    spaces = LinesField(
        label=_("Spaces"), reader=read_space,
        help_text=_("One a line: name ; use ; capacity on site ; capacity online."),
    )  # fmt: skip
    sessions = LinesField(
        label=_("Agenda"), reader=read_session,
        help_text=_("One session a line: day, hours, title ; space. For example: 1 09:00-10:30 Opening ; Main hall."),
    )  # fmt: skip
    tasks = LinesField(
        label=_("To do"), reader=read_task,
        help_text=_("One a line, after its day: -21 is three weeks before the first day, +7 a week after the last."),
    )  # fmt: skip

    def __init__(self, *args: Any, row: Template, **options: Any) -> None:
        super().__init__(*args, initial=self.initial_of(row), **options)
        self.row = row

    @staticmethod
    def initial_of(row: Template) -> Mapping[str, Any]:
        """What the form shows of a template as it stands."""
        outline = facts_of(row).outline
        return {
            "version": row.version, "name": say(row.name), "kind": row.kind, "days": outline.days,
            "seats_on_site": outline.seats_on_site, "seats_online": outline.seats_online,
            "wishes": wishes_text(outline.wishes), "spaces": spaces_text(outline.spaces),
            "sessions": sessions_text(outline), "tasks": tasks_text(outline.tasks), **letters_shown(outline.letters),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Tell which sessions are in a space that is not among the spaces, or after the last day."""
        said: dict[str, Any] = super().clean() or {}
        names = [fold(say(space.name)) for space in said.get("spaces", ())]
        if len(set(names)) < len(names):
            self.add_error("spaces", _("Two spaces bear one name. Call them differently."))
        if not {"spaces", "days", "sessions"} & set(self.errors):
            wrong = [
                ValidationError(line_sentence(session.number, why))
                for session in said["sessions"]
                if (why := _misplaced(session, names, said["days"]))
            ]
            if wrong:
                self.add_error("sessions", wrong)
        return said

    @property
    def facts(self) -> TemplateFacts:
        """What was filled in, once it is valid; what reads as before keeps its other languages."""
        said, old = self.cleaned_data, facts_of(self.row)
        spaces = [
            type(line)(line.kind, known_words([s.name for s in old.outline.spaces], line.name), line.on_site,
                       line.online)
            for line in said["spaces"]
        ]  # fmt: skip
        names = [fold(say(space.name)) for space in spaces]
        titles = [line.title for line in old.outline.sessions]
        wishes = [wish.name for wish in old.outline.wishes]
        tasks = [task.words for task in old.outline.tasks]
        outline = Outline(
            days=said["days"], seats_on_site=said["seats_on_site"], seats_online=said["seats_online"], spaces=spaces,
            sessions=[_session_line(line, names, titles) for line in said["sessions"]],
            wishes=[Wish(known_words(wishes, wish.name), wish.wanted) for wish in said["wishes"]],
            tasks=[TaskLine(task.days, known_words(tasks, task.words)) for task in said["tasks"]],
            letters=self.letters,
        )  # fmt: skip
        return TemplateFacts(changed_words(old.name, said["name"]), EventKind(said["kind"]), outline)


def _misplaced(session: SaidSession, names: Sequence[str], days: int) -> str:
    if session.space and fold(session.space) not in names:
        return gettext("“%(name)s” is none of the spaces above.") % {"name": session.space}
    return gettext("this day lies after the last one.") if session.day > days else ""


def _session_line(said: SaidSession, names: Sequence[str], titles: Sequence[Mapping[str, str]]) -> SessionLine:
    space = names.index(fold(said.space)) + 1 if said.space else None
    return SessionLine(said.day, known_words(titles, own_words(said.title)), said.begins, said.ends, space)


class NextEditionForm(forms.Form):
    """What the next edition is called and when it is held."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST)
    starts_on = forms.DateField(
        label=_("First day"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        help_text=_("The hours of the agenda move with it. Left empty, they stay open."),
    )  # fmt: skip
    ends_on = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        help_text=_("Left empty, it lasts as long as the last edition."),
    )  # fmt: skip

    def __init__(self, *args: Any, event: Event, **options: Any) -> None:
        super().__init__(*args, initial={"name": say(event.name)}, **options)
        self.event = event

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first one, or without it."""
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("starts_on"), said.get("ends_on")
        if last and not first and "starts_on" not in self.errors:
            self.add_error("starts_on", _("State the first day as well, or leave both empty."))
        elif first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first one."))
        return said

    @property
    def facts(self) -> NextFacts:
        """What was filled in, once it is valid."""
        name, first, last = (self.cleaned_data[key] for key in ("name", "starts_on", "ends_on"))
        words = changed_words(self.event.name, name)
        if first is None:
            return NextFacts(words)
        held = self.event.period
        if last is None and held and held.start and held.end and held.precision in ("day", "span"):
            last = first + (held.end - held.start)
        return NextFacts(words, periods.day(first) if last in (None, first) else periods.span(first, last))
