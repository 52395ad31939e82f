"""Fields of several lines, one thing a line: spaces, agenda, tasks, the words of a mail. Bad input is told by line."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from moussem.core.texts import say
from moussem.directory.domain.names import fold
from moussem.events.domain.letters import FIELDS, unknown_fields
from moussem.events.domain.outlines import Outline, SpaceLine, TaskLine, Wish
from moussem.events.enums import SpaceKind
from moussem.events.interfaces.words import own_words

LONGEST = 200
MOST_LINES = 60
MIDNIGHT = time(0)
_CLOCK = r"(\d{1,2})\s*[:hH]\s*(\d{2})"
_SESSION = re.compile(rf"(\d{{1,2}})\s+(?:{_CLOCK}(?:\s*[-–]\s*{_CLOCK})?\s+)?([^;]+?)(?:\s*;\s*(\S.*))?")
_TASK = re.compile(r"([-−+]?\d{1,3})\s+(\S.*)")


@dataclass(frozen=True, slots=True)
class SaidSession:
    """A session as it was typed on line `number`: `space` names one of the spaces; "": not stated."""

    number: int
    day: int
    begins: time | None
    ends: time | None
    title: str
    space: str


class LinesField(forms.CharField):
    """Several lines, each read by `reader`; what is wrong is told with the number of its line."""

    def __init__(self, *, reader: Callable[[int, str], Any], **options: Any) -> None:
        super().__init__(
            required=False, strip=False, max_length=6000, widget=forms.Textarea(attrs={"rows": 4}), **options
        )
        self.reader = reader

    def clean(self, value: Any) -> list[Any]:
        """What the lines say, in order; empty ones count for nothing."""
        read, wrong = [], []
        for number, line in enumerate((super().clean(value) or "").splitlines(), 1):
            if not line.strip():
                continue
            try:
                read.append(self.reader(number, line.strip()))
            except ValidationError as error:
                wrong.append(ValidationError(line_sentence(number, error.messages[0])))
        if len(read) + len(wrong) > MOST_LINES:
            raise ValidationError(gettext("These are more than 60 lines. Shorten the list."))
        if wrong:
            raise ValidationError(wrong)
        return read


def line_sentence(number: int, why: str) -> str:
    """What is wrong with one line."""
    return gettext("Line %(number)d: %(why)s") % {"number": number, "why": why}


def read_space(number: int, line: str) -> SpaceLine:
    """Name, use, capacity on site and online, the last two may be left out: `Main hall ; conference ; 120 ; 300`."""
    name, use, *seats = [part.strip() for part in line.split(";")] if ";" in line else (line, "")
    kind = next((kind for kind in SpaceKind if fold(use) in (fold(str(kind.label)), fold(kind.value))), None)
    if not name or kind is None:
        uses = ", ".join(str(kind.label) for kind in SpaceKind)
        raise ValidationError(gettext("write the name, then a semicolon and one of these: %(uses)s.") % {"uses": uses})
    if len(seats) > 2 or not all(re.fullmatch(r"\d{0,6}", text) for text in seats):
        raise ValidationError(gettext("the capacities are at most two numbers: on site ; online."))
    on_site, online = ([int(text) if text else None for text in seats] + [None, None])[:2]
    return SpaceLine(kind, own_words(_short(name)), on_site, online)


def read_session(number: int, line: str) -> SaidSession:
    """Day, hours, title and space, hours and space may be left out: `1 09:00-10:30 Opening ; Main hall`."""
    found = _SESSION.fullmatch(line)
    if found is None or not 1 <= int(found[1]) <= 31:
        raise ValidationError(gettext("write the day (1 for the first), the hours and the title."))
    begins, ends = _clock(found[2], found[3]), _clock(found[4], found[5])
    if begins and ends and ends <= begins and not (ends == MIDNIGHT < begins):
        raise ValidationError(gettext("it ends before it begins."))
    return SaidSession(number, int(found[1]), begins, ends, _short(found[6]), (found[7] or "").strip())


def _clock(hour: str | None, minute: str | None) -> time | None:
    if hour is None or minute is None:
        return None
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise ValidationError(gettext("this hour does not exist.")) from None


def read_task(number: int, line: str) -> TaskLine:
    """Days before the first day or after the last one, then what is to be done: `-21 Send the invitations`."""
    found = _TASK.fullmatch(line)
    if found is None:
        raise ValidationError(gettext("write a number of days (-21 before, +7 after), then what is to be done."))
    return TaskLine(int(found[1].replace("−", "-")), own_words(_short(found[2])))


def _short(text: str) -> str:
    if len(text) > LONGEST:
        raise ValidationError(gettext("a name is at most 200 characters long."))
    return text


class LetterField(forms.CharField):
    """The words of one mail in one language: the subject on the first line, then the opening words."""

    def __init__(self, *, language: str, **options: Any) -> None:
        way = {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
        super().__init__(
            required=False,
            strip=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 5, **way}),
            **options,
        )

    def clean(self, value: Any) -> Mapping[str, str]:
        """Subject and opening words; nothing where the field is empty: the house's words stand."""
        typed = (super().clean(value) or "").replace("\r\n", "\n")
        text = typed.strip()
        wrong = [
            ValidationError(line_sentence(number, _unknown_sentence(name)))
            for number, line in enumerate(typed.splitlines(), 1)
            for name in unknown_fields(line)
        ]
        subject, _, opening = text.partition("\n")
        if text and not opening.strip():
            wrong.append(ValidationError(gettext("The first line is the subject. Add the opening words below it.")))
        if len(subject) > LONGEST:
            wrong.append(ValidationError(line_sentence(1, gettext("a subject is at most 200 characters long."))))
        if wrong:
            raise ValidationError(wrong)
        return {"subject": subject.strip(), "opening": opening.strip()} if text else {}


def _unknown_sentence(name: str) -> str:
    known = ", ".join(f"{{{field}}}" for field in FIELDS)
    return gettext("“%(name)s” is no field. There are: %(known)s.") % {"name": f"{{{name}}}", "known": known}


def wishes_text(wishes: Sequence[Wish]) -> str:
    """Kinds of guests as they are typed."""
    return "\n".join(
        f"{wish.wanted} {say(wish.name)}" if wish.wanted is not None else say(wish.name) for wish in wishes
    )


def spaces_text(spaces: Sequence[SpaceLine]) -> str:
    """Spaces as they are typed."""
    lines = []
    for space in spaces:
        seats = ["" if number is None else str(number) for number in (space.on_site, space.online)]
        lines.append(" ; ".join([say(space.name), str(space.kind.label), *seats]).rstrip(" ;"))
    return "\n".join(lines)


def sessions_text(outline: Outline) -> str:
    """The agenda as it is typed."""
    lines = []
    for line in outline.sessions:
        hours = "–".join(f"{hour:%H:%M}" for hour in (line.begins, line.ends) if hour)
        space = f" ; {say(outline.spaces[line.space - 1].name)}" if line.space else ""
        lines.append(" ".join(part for part in (str(line.day), hours, say(line.title)) if part) + space)
    return "\n".join(lines)


def tasks_text(tasks: Sequence[TaskLine]) -> str:
    """Tasks as they are typed."""
    return "\n".join(f"{task.days:+d} {say(task.words)}" for task in tasks)


def letter_text(words: Mapping[str, str]) -> str:
    """The words of a mail as they are typed."""
    return f"{words['subject']}\n{words['opening']}" if words else ""
