"""The agenda of a gathering: kinds of guests, spaces, sessions, people in their roles; sessions moved and called off;
the agenda published, its versions, lists to print.
"""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.core.doors import FORM, Audience, door
from moussem.core.navigation import Verb
from moussem.core.panels import panels_for
from moussem.core.submissions import once
from moussem.core.texts import say
from moussem.core.versions import ChangedMeanwhile
from moussem.events.domain.agendas import DraftChanged, NothingChanged, publish_agenda
from moussem.events.domain.events import add_session, add_space
from moussem.events.domain.hours import EndsBeforeItBegins
from moussem.events.domain.naming import SeveralBearTheName
from moussem.events.domain.planning import (
    add_guest_kind,
    correct_guest_kind,
    correct_session,
    correct_space,
    drop_part,
    name_part,
)
from moussem.events.domain.queries import desk
from moussem.events.domain.queries.agenda import board, moved_from, space_lists, versions_of
from moussem.events.domain.sessions import cancel_session, hold_session, move_session
from moussem.events.enums import PartKind
from moussem.events.interfaces.forms import (
    CorrectKindForm,
    CorrectSpaceForm,
    KindForm,
    PartForm,
    SpaceForm,
    Versioned,
)
from moussem.events.interfaces.meanwhile import both_versions
from moussem.events.interfaces.session_forms import CorrectSessionForm, MoveForm, SessionForm
from moussem.events.models import Event, GuestKind, Part, Session, Space
from moussem.events.permissions import can_organise, can_see_desk

STAFF: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_see_desk}
LONGEST = 200
EDITORS: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_organise}


def _own(request: HttpRequest, event: uuid.UUID) -> Event:
    """The promoter's own event, or 404."""
    rows = Event.objects.visible_to(request.actor).filter(promoter=request.promoter)
    return get_object_or_404(rows.select_related("place", "series"), public_id=event)


def _own_row(request: HttpRequest, table: Any, event: Event, key: uuid.UUID) -> Any:
    """The promoter's own row of this event, or 404."""
    rows = table.objects.visible_to(request.actor).filter(promoter=request.promoter, event=event)
    return get_object_or_404(rows.select_related("event"), public_id=key)


def _form(request: HttpRequest, event: Event, form: Form, title: str, **context: Any) -> HttpResponse:
    """A page of one form; 422 where it was sent and is shown again."""
    status = 422 if form.is_bound else 200
    words = {"form": form, "event": event, "title": title, "verb": Verb.INVITE, **context}
    return render(request, "events/desk/form.html", words, status=status)


def _done(request: HttpRequest, event: Event, sentence: str, page: str = "programme") -> HttpResponse:
    messages.success(request, sentence)
    return redirect(f"events_desk:events-{page}", promoter=request.promoter.slug, event=event.public_id)


Save = Callable[[Any, int], object]


def _corrected(
    request: HttpRequest, form: Versioned, current: Callable[[Any], Mapping[str, Any]], save: Save
) -> tuple[bool, list[tuple[str, str, str]]]:
    """Whether a valid correction was saved, and both versions where somebody else saved meanwhile."""
    if request.method != "POST" or not form.is_valid():
        return False, []
    try:
        save(form, form.cleaned_data["version"])
    except ChangedMeanwhile as changed:
        versions = both_versions(form, current(changed.current))
        form.reading(changed.current.version)  # type: ignore[attr-defined]
        return False, versions
    except EndsBeforeItBegins:
        form.add_error("ends", _ends_first())
        return False, []
    return True, []


def _ends_first() -> str:
    """What to do where a session ends before it begins."""
    return _("It ends before it begins. Correct one of the two.")


@door(**STAFF)
def programme(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """The agenda under work: its grid, its clashes, what differs from the published one, and who takes part."""
    row = _own(request, event)
    context = {"event": row, "board": board(request.actor, row), "verb": Verb.INVITE}
    return render(request, "events/desk/programme.html", context)


@door(**EDITORS, methods=FORM)
@once
def kinds(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """The kinds of guests that are wished for, and one more."""
    row, form = _own(request, event), KindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind = add_guest_kind(by=request.actor, at=timezone.now(), event=row, wish=form.wish)
        return _done(request, row, _("“%(name)s” was added.") % {"name": say(kind.name)}, "kinds")
    known = desk.kinds_of(request.actor, row)
    return _form(request, row, form, _("Kinds of guests"), kinds=known, submit_label=_("Add"))


@door(**EDITORS, methods=FORM)
@once
def kind(request: HttpRequest, promoter: str, event: uuid.UUID, guest_kind: uuid.UUID) -> HttpResponse:
    """Correct a kind of guest."""
    row = _own(request, event)
    found = _own_row(request, GuestKind, row, guest_kind)
    form = CorrectKindForm(request.POST or None, initial=CorrectKindForm.initial_of(found))

    def save(said: CorrectKindForm, version: int) -> object:
        by, at = request.actor, timezone.now()
        return correct_guest_kind(by=by, at=at, guest_kind=found, read_version=version, wish=said.wish_for(found))

    saved, versions = _corrected(request, form, CorrectKindForm.initial_of, save)
    if saved:
        return _done(request, row, _("“%(name)s” was corrected.") % {"name": say(found.name)}, "kinds")
    return _form(request, row, form, _("Correct a kind of guest"), versions=versions)


@door(**EDITORS, methods=FORM)
@once
def new_space(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Add a space."""
    row, form = _own(request, event), SpaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = form.facts_of()
        add_space(
            by=request.actor, at=timezone.now(), event=row, kind=facts.kind, name=facts.name,
            capacity_on_site=facts.capacity_on_site, capacity_online=facts.capacity_online,
        )  # fmt: skip
        return _done(request, row, _("“%(name)s” was added.") % {"name": say(facts.name)})
    return _form(request, row, form, _("Add a space"))


@door(**EDITORS, methods=FORM)
@once
def space(request: HttpRequest, promoter: str, event: uuid.UUID, space: uuid.UUID) -> HttpResponse:
    """Correct a space."""
    row = _own(request, event)
    found = _own_row(request, Space, row, space)
    form = CorrectSpaceForm(request.POST or None, initial=CorrectSpaceForm.initial_of(found))

    def save(said: CorrectSpaceForm, version: int) -> object:
        by, at = request.actor, timezone.now()
        return correct_space(by=by, at=at, space=found, read_version=version, facts=said.facts_of(found))

    saved, versions = _corrected(request, form, CorrectSpaceForm.initial_of, save)
    if saved:
        return _done(request, row, _("“%(name)s” was corrected.") % {"name": say(found.name)})
    return _form(request, row, form, _("Correct a space"), versions=versions)


@door(**EDITORS, methods=FORM)
@once
def new_session(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Add a session."""
    row = _own(request, event)
    form = SessionForm(request.POST or None, actor=request.actor, event=row)
    if request.method == "POST" and form.is_valid():
        facts = form.facts_of()
        try:
            add_session(
                by=request.actor, at=timezone.now(), event=row, title=facts.title, space=facts.space,
                language=facts.language, hours=facts.hours, interpretation=facts.interpretation,
                expected=facts.expected,
            )  # fmt: skip
        except EndsBeforeItBegins:
            form.add_error("ends", _ends_first())
        else:
            return _done(request, row, _("“%(name)s” was added.") % {"name": say(facts.title)})
    return _form(request, row, form, _("Add a session"))


@door(**EDITORS, methods=FORM)
@once
def session(request: HttpRequest, promoter: str, event: uuid.UUID, session: uuid.UUID) -> HttpResponse:
    """Correct a session."""
    row = _own(request, event)
    found = _own_row(request, Session, row, session)
    initial = CorrectSessionForm.initial_of(found)
    form = CorrectSessionForm(request.POST or None, actor=request.actor, event=row, initial=initial)

    def save(said: CorrectSessionForm, version: int) -> object:
        by, at = request.actor, timezone.now()
        return correct_session(by=by, at=at, session=found, read_version=version, facts=said.facts_of(found))

    saved, versions = _corrected(request, form, CorrectSessionForm.initial_of, save)
    if saved:
        return _done(request, row, _("“%(name)s” was corrected.") % {"name": say(found.title)})
    parts = Part.objects.visible_to(request.actor).filter(session=found).select_related("person", "organisation")
    context = {"versions": versions, "session": found, "takers": parts.order_by("position", "pk")}
    return _form(request, row, form, _("Correct a session"), **context)


@door(**EDITORS, methods=FORM)
@once
def new_part(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Name somebody who takes part: chosen from the directory, or new."""
    row = _own(request, event)
    form = PartForm(request.POST or None, actor=request.actor, event=row)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            name_part(
                by=request.actor, at=timezone.now(), event=row, kind=PartKind(said["kind"]), session=said["session"],
                person=said["person"], organisation=said["organisation"],
            )  # fmt: skip
        except SeveralBearTheName as several:
            form.add_error("person" if several.is_person else "organisation", several_sentence(several))
        else:
            name = said["person"] or said["organisation"]
            return _done(request, row, _("%(name)s takes part.") % {"name": name})
    return _form(request, row, form, _("Name somebody who takes part"), names=desk.names_offered(request.actor))


def several_sentence(several: SeveralBearTheName) -> str:
    """What to do where the name is borne by several."""
    said = (
        _("Several people are called “%(name)s”. State the organisation, or decide in the directory who is one.")
        if several.is_person
        else _("Several organisations are called “%(name)s”. Paste the address of the page of the one you mean.")
    )
    return said % {"name": several.name}


@door(**EDITORS, methods=("POST",))
@once
def end(request: HttpRequest, promoter: str, event: uuid.UUID, part: uuid.UUID) -> HttpResponse:
    """Take somebody out of the programme."""
    row = _own(request, event)
    drop_part(by=request.actor, at=timezone.now(), part=_own_row(request, Part, row, part))
    return _done(request, row, _("The part was taken out of the programme."))


def _at_session(request: HttpRequest, event: Event, session: Session, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    keys = {"promoter": request.promoter.slug, "event": event.public_id}
    return HttpResponseRedirect(f"{reverse('events_desk:events-programme', kwargs=keys)}#session-{session.public_id}")


@door(**EDITORS, methods=FORM)
@once
def move(request: HttpRequest, promoter: str, event: uuid.UUID, session: uuid.UUID) -> HttpResponse:
    """Move a session to another space or hour: by this form, or from the grid, which sends it filled in."""
    row = _own(request, event)
    found = _own_row(request, Session, row, session)
    form = MoveForm(request.POST or None, actor=request.actor, event=row, initial=MoveForm.initial_of(found))

    def save(said: MoveForm, version: int) -> object:
        by, at, space = request.actor, timezone.now(), said.cleaned_data["space"]
        return move_session(by=by, at=at, session=found, read_version=version, space=space, hours=said.hours)

    saved, versions = _corrected(request, form, MoveForm.initial_of, save)
    if saved:
        said = {"name": say(found.title), "place": moved_from(found)}
        return _at_session(request, row, found, _("“%(name)s” was moved: %(place)s.") % said)
    words = {"versions": versions, "submit_label": _("Move"), "session": found, "stands": moved_from(found)}
    return _form(request, row, form, _("Move “%(name)s”") % {"name": say(found.title)}, **words)


@door(**EDITORS, methods=("POST",))
@once
def cancel(request: HttpRequest, promoter: str, event: uuid.UUID, session: uuid.UUID) -> HttpResponse:
    """Call a session off."""
    row = _own(request, event)
    found = cancel_session(by=request.actor, at=timezone.now(), session=_own_row(request, Session, row, session))
    return _at_session(request, row, found, _("“%(name)s” is called off.") % {"name": say(found.title)})


@door(**EDITORS, methods=("POST",))
@once
def hold(request: HttpRequest, promoter: str, event: uuid.UUID, session: uuid.UUID) -> HttpResponse:
    """Hold a session after all."""
    row = _own(request, event)
    found = hold_session(by=request.actor, at=timezone.now(), session=_own_row(request, Session, row, session))
    return _at_session(request, row, found, _("“%(name)s” is held after all.") % {"name": say(found.title)})


@door(**EDITORS, methods=("POST",))
@once
def publish(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Publish the draft as the next version of the agenda."""
    row = _own(request, event)
    read_draft = request.POST.get("draft", "")[:LONGEST]
    try:
        version = publish_agenda(by=request.actor, at=timezone.now(), event=row, read_draft=read_draft)
    except NothingChanged:
        messages.warning(request, _("Nothing has changed since the published version."))
    except DraftChanged:
        messages.warning(request, _("Somebody changed the draft meanwhile. Look at it again, then publish it."))
    else:
        said = _("Version %(number)s of the agenda is published.")
        later = _("Version %(number)s of the agenda is ready. The public sees it once the event itself is public.")
        messages.success(request, (said if row.is_published else later) % {"number": version.number})
    return redirect("events_desk:events-programme", promoter=request.promoter.slug, event=row.public_id)


@door(**STAFF)
def versions(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Every published version of the agenda, with what changed from one to the next."""
    row = _own(request, event)
    context = {"event": row, "versions": versions_of(request.actor, row), "verb": Verb.INVITE}
    return render(request, "events/desk/versions.html", context)


@door(**STAFF)
def lists(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Lists to print and hang up: a sheet for each space (or for the one asked for), then those of higher rooms."""
    row = _own(request, event)
    wanted = request.GET.get("space", "")[:LONGEST]
    space = _space(request, row, wanted) if wanted else None
    context = {
        "event": row,
        "lists": space_lists(row, space),
        "space": space,
        "panels": [] if space else panels_for("events.lists", request.actor, row),
        "verb": Verb.INVITE,
    }
    return render(request, "events/desk/lists.html", context)


def _space(request: HttpRequest, event: Event, wanted: str) -> Space:
    rows = Space.objects.visible_to(request.actor).filter(event=event)
    try:
        return get_object_or_404(rows, public_id=uuid.UUID(wanted))
    except ValueError:
        return get_object_or_404(rows.none())
