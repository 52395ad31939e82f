"""The programme of a gathering: kinds of guests, spaces, sessions, and the people in their roles."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.core.doors import FORM, Audience, door
from moussem.core.navigation import Verb
from moussem.core.submissions import once
from moussem.core.texts import say
from moussem.core.versions import ChangedMeanwhile
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
from moussem.events.domain.queries.agenda import board
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
from moussem.events.interfaces.session_forms import CorrectSessionForm, SessionForm
from moussem.events.models import Event, GuestKind, Part, Session, Space
from moussem.events.permissions import can_organise, can_see_desk

STAFF: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_see_desk}
EDITORS: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_organise}


def own_event(request: HttpRequest, event: uuid.UUID) -> Event:
    """The promoter's own event, or 404."""
    rows = Event.objects.visible_to(request.actor).filter(promoter=request.promoter)
    return get_object_or_404(rows.select_related("place", "series"), public_id=event)


def own_row(request: HttpRequest, table: Any, event: Event, key: uuid.UUID) -> Any:
    """The promoter's own row of this event, or 404."""
    rows = table.objects.visible_to(request.actor).filter(promoter=request.promoter, event=event)
    return get_object_or_404(rows.select_related("event"), public_id=key)


def form_page(request: HttpRequest, event: Event, form: Form, title: str, **context: Any) -> HttpResponse:
    """A page of one form; 422 where it was sent and is shown again."""
    status = 422 if form.is_bound else 200
    words = {"form": form, "event": event, "title": title, "verb": Verb.INVITE, **context}
    return render(request, "events/desk/form.html", words, status=status)


def _done(request: HttpRequest, event: Event, sentence: str, page: str = "programme") -> HttpResponse:
    messages.success(request, sentence)
    return redirect(f"events_desk:events-{page}", promoter=request.promoter.slug, event=event.public_id)


Save = Callable[[Any, int], object]


def corrected(
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
        form.add_error("ends", ends_first())
        return False, []
    return True, []


def ends_first() -> str:
    """What to do where a session ends before it begins."""
    return _("It ends before it begins. Correct one of the two.")


@door(**STAFF)
def programme(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """The agenda under work: its grid, its clashes, what differs from the published one, and who takes part."""
    row = own_event(request, event)
    context = {"event": row, "board": board(request.actor, row), "verb": Verb.INVITE}
    return render(request, "events/desk/programme.html", context)


@door(**EDITORS, methods=FORM)
@once
def kinds(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """The kinds of guests that are wished for, and one more."""
    row, form = own_event(request, event), KindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind = add_guest_kind(by=request.actor, at=timezone.now(), event=row, wish=form.wish)
        return _done(request, row, _("“%(name)s” was added.") % {"name": say(kind.name)}, "kinds")
    known = desk.kinds_of(request.actor, row)
    return form_page(request, row, form, _("Kinds of guests"), kinds=known, submit_label=_("Add"))


@door(**EDITORS, methods=FORM)
@once
def kind(request: HttpRequest, promoter: str, event: uuid.UUID, guest_kind: uuid.UUID) -> HttpResponse:
    """Correct a kind of guest."""
    row = own_event(request, event)
    found = own_row(request, GuestKind, row, guest_kind)
    form = CorrectKindForm(request.POST or None, initial=CorrectKindForm.initial_of(found))

    def save(said: CorrectKindForm, version: int) -> object:
        by, at = request.actor, timezone.now()
        return correct_guest_kind(by=by, at=at, guest_kind=found, read_version=version, wish=said.wish_for(found))

    saved, versions = corrected(request, form, CorrectKindForm.initial_of, save)
    if saved:
        return _done(request, row, _("“%(name)s” was corrected.") % {"name": say(found.name)}, "kinds")
    return form_page(request, row, form, _("Correct a kind of guest"), versions=versions)


@door(**EDITORS, methods=FORM)
@once
def new_space(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Add a space."""
    row, form = own_event(request, event), SpaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = form.facts_of()
        add_space(
            by=request.actor, at=timezone.now(), event=row, kind=facts.kind, name=facts.name,
            capacity_on_site=facts.capacity_on_site, capacity_online=facts.capacity_online,
        )  # fmt: skip
        return _done(request, row, _("“%(name)s” was added.") % {"name": say(facts.name)})
    return form_page(request, row, form, _("Add a space"))


@door(**EDITORS, methods=FORM)
@once
def space(request: HttpRequest, promoter: str, event: uuid.UUID, space: uuid.UUID) -> HttpResponse:
    """Correct a space."""
    row = own_event(request, event)
    found = own_row(request, Space, row, space)
    form = CorrectSpaceForm(request.POST or None, initial=CorrectSpaceForm.initial_of(found))

    def save(said: CorrectSpaceForm, version: int) -> object:
        by, at = request.actor, timezone.now()
        return correct_space(by=by, at=at, space=found, read_version=version, facts=said.facts_of(found))

    saved, versions = corrected(request, form, CorrectSpaceForm.initial_of, save)
    if saved:
        return _done(request, row, _("“%(name)s” was corrected.") % {"name": say(found.name)})
    return form_page(request, row, form, _("Correct a space"), versions=versions)


@door(**EDITORS, methods=FORM)
@once
def new_session(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Add a session."""
    row = own_event(request, event)
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
            form.add_error("ends", ends_first())
        else:
            return _done(request, row, _("“%(name)s” was added.") % {"name": say(facts.title)})
    return form_page(request, row, form, _("Add a session"))


@door(**EDITORS, methods=FORM)
@once
def session(request: HttpRequest, promoter: str, event: uuid.UUID, session: uuid.UUID) -> HttpResponse:
    """Correct a session."""
    row = own_event(request, event)
    found = own_row(request, Session, row, session)
    initial = CorrectSessionForm.initial_of(found)
    form = CorrectSessionForm(request.POST or None, actor=request.actor, event=row, initial=initial)

    def save(said: CorrectSessionForm, version: int) -> object:
        by, at = request.actor, timezone.now()
        return correct_session(by=by, at=at, session=found, read_version=version, facts=said.facts_of(found))

    saved, versions = corrected(request, form, CorrectSessionForm.initial_of, save)
    if saved:
        return _done(request, row, _("“%(name)s” was corrected.") % {"name": say(found.title)})
    parts = Part.objects.visible_to(request.actor).filter(session=found).select_related("person", "organisation")
    context = {"versions": versions, "session": found, "takers": parts.order_by("position", "pk")}
    return form_page(request, row, form, _("Correct a session"), **context)


@door(**EDITORS, methods=FORM)
@once
def new_part(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Name somebody who takes part: chosen from the directory, or new."""
    row = own_event(request, event)
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
    return form_page(request, row, form, _("Name somebody who takes part"), names=desk.names_offered(request.actor))


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
    row = own_event(request, event)
    drop_part(by=request.actor, at=timezone.now(), part=own_row(request, Part, row, part))
    return _done(request, row, _("The part was taken out of the programme."))
