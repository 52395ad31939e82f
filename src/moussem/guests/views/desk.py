"""The guests of a gathering at the desk: the target list, inviting, reminding, each guest's invitation."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moussem.core.doors import FORM, Audience, door
from moussem.core.navigation import Verb
from moussem.core.submissions import once
from moussem.core.versions import ChangedMeanwhile
from moussem.events.domain.queries.desk import kinds_of, names_offered
from moussem.events.models import Event
from moussem.guests.domain.answers import answer
from moussem.guests.domain.invitations import (
    invite,
    language_of,
    remind,
    renew_invitation_link,
    revoke_invitation_link,
)
from moussem.guests.domain.long_lists import being_judged, is_long
from moussem.guests.domain.queries import lists
from moussem.guests.domain.queries.desk import guest_desk, may_play
from moussem.guests.domain.queries.funnel import funnel, strip
from moussem.guests.domain.queries.kept import RELATED, kept_about
from moussem.guests.domain.queries.standing import criteria_seen, owners_seen, questions_of
from moussem.guests.domain.targets import ContactHeld, correct_target, drop_target, target_named
from moussem.guests.domain.waves import are_on
from moussem.guests.enums import InvitationState
from moussem.guests.interfaces.forms import NewTargetForm, NotedAnswerForm, TargetForm
from moussem.guests.interfaces.letters import share_address, share_words
from moussem.guests.interfaces.reasons import criterion_words, reasons_of
from moussem.guests.interfaces.sentences import REFUSALS, sentence_of
from moussem.guests.models import Invitation, Target
from moussem.guests.permissions import can_invite, can_see_desk, can_see_scores

STAFF: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_see_desk}
EDITORS: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_invite}
POST: Mapping[str, Any] = {**EDITORS, "methods": ("POST",)}
LONGEST = 200
ASKED = (
    ("yes", gettext_lazy("pre-qualified")),
    ("open", gettext_lazy("not asked to the end")),
    ("no", gettext_lazy("not pre-qualified")),
)
"""How the four questions may stand, to narrow the list by."""


def _asked(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "")[:LONGEST].replace("\x00", "").strip()


def _own(request: HttpRequest, event: uuid.UUID) -> Event:
    rows = Event.objects.visible_to(request.actor).filter(promoter=request.promoter)
    return get_object_or_404(rows.select_related("place", "promoter"), public_id=event)


def _target(request: HttpRequest, event: Event, target: uuid.UUID) -> Target:
    rows = Target.objects.visible_to(request.actor).filter(event=event)
    related = ("event__promoter", "person__owner", "organisation", "guest_kind", "owner")
    return get_object_or_404(rows.select_related(*related), public_id=target)


def _invitation(request: HttpRequest, target: Target) -> Invitation:
    rows = Invitation.objects.visible_to(request.actor).filter(target=target)
    return get_object_or_404(rows.select_related("event", "person", "promoter", "link", "target__owner"))


def _list(request: HttpRequest, event: Event) -> HttpResponse:
    return redirect("guests_desk:guests", promoter=request.promoter.slug, event=event.public_id)


def _guest(request: HttpRequest, event: Event, target: Target) -> HttpResponse:
    slug = request.promoter.slug
    return redirect("guests_desk:guests-guest", promoter=slug, event=event.public_id, target=target.public_id)


def _try(request: HttpRequest, act: Callable[[], str]) -> None:
    """Act, and say what came of it: a success, or the reason why nothing was done."""
    try:
        messages.success(request, act())
    except REFUSALS as refusal:
        messages.warning(request, sentence_of(refusal))


def _form(request: HttpRequest, event: Event, form: Form, title: str, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    words = {"form": form, "event": event, "title": title, "verb": Verb.INVITE, **context}
    return render(request, "guests/desk/form.html", words, status=status)


@door(**STAFF)
def targets(request: HttpRequest, promoter: str) -> HttpResponse:
    """The gatherings to come, each with how far its guests are: where targeting begins."""
    lines = lists.coming_events(request.actor, today=timezone.localdate())
    return render(request, "guests/desk/targets.html", {"lines": lines, "may_write": can_invite(request.actor)})


@door(**STAFF)
def invitations(request: HttpRequest, promoter: str) -> HttpResponse:
    """The invitations of all gatherings that are not over, narrowed by how they stand."""
    state = _asked(request, "state")
    page = lists.invitations(request.actor, state=state, today=timezone.localdate(), after=_asked(request, "after"))
    context = {"page": page, "state": state, "states": InvitationState.choices}
    return render(request, "guests/desk/invitations.html", context)


@door(**STAFF)
def guests(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """The target list of a gathering with the funnel against the wanted numbers."""
    row = _own(request, event)
    asked = {name: _asked(request, name) for name in ("state", "kind", "owner", "asked", "after")}
    wanted = lists.WantedGuests(words=_asked(request, "q"), **asked)
    kinds = kinds_of(request.actor, row)
    looked_for = criteria_seen(request.actor, row)
    by_score = bool(looked_for) and _asked(request, "order") != "name"
    page = lists.guests_of(request.actor, row, wanted, by_score=by_score)
    sees, steps = can_see_scores(request.actor), strip(request.actor, row)
    questions = questions_of(request.actor, page.rows) if sees else {}
    why = {one.pk: reasons_of(getattr(one, "standing", None)) if sees else () for one in page.rows}
    context = {
        "event": row, "page": page, "wanted": wanted, "kinds": kinds, "by_score": by_score, "sees_scores": sees,
        "lines": [(one, why[one.pk], questions.get(one.pk)) for one in page.rows],
        "criteria": [(criterion_words(one), one.weight) for one in looked_for],
        "owners": owners_seen(request.actor, row), "asked": ASKED,
        "funnel": funnel(request.actor, row, kinds), "strip": steps,
        "states": InvitationState.choices, "may_write": can_invite(request.actor), "verb": Verb.INVITE,
        "may_play": may_play(request.promoter), "waves_on": are_on(row),
        "judging": being_judged(row) if sees and is_long(steps.targeted) else None,
    }  # fmt: skip
    return render(request, "guests/desk/guests.html", context)


@door(**EDITORS, methods=FORM)
@once
def new_target(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Put somebody on the list; "Add and name another" stays on the form."""
    row = _own(request, event)
    kinds = kinds_of(request.actor, row)
    initial = {
        "guest_kind": kinds[0].public_id if kinds else None, "owner": request.actor.id,
        "organisation": _asked(request, "organisation"),
    }  # fmt: skip
    form = NewTargetForm(request.POST or None, actor=request.actor, event=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            target = target_named(by=request.actor, at=timezone.now(), event=row, guest=form.guest, aim=form.aim)
        except REFUSALS as refusal:
            form.add_error("email" if isinstance(refusal, ContactHeld) else "name", sentence_of(refusal))
        else:
            messages.success(request, _("%(guest)s is on the list.") % {"guest": target.person.name})
            page = "guests_desk:guests-new" if "another" in request.POST else "guests_desk:guests"
            return redirect(page, promoter=promoter, event=row.public_id)
    names = names_offered(request.actor)
    return _form(request, row, form, _("Add a guest"), names=names, submit_label=_("Add"), another=True)


@door(**STAFF)
def guest(request: HttpRequest, promoter: str, event: uuid.UUID, target: uuid.UUID) -> HttpResponse:
    """One guest: why, how the invitation stands, the link for who looks after them, what can be done."""
    rows = Target.objects.visible_to(request.actor).filter(event__public_id=event, promoter=request.promoter)
    found = get_object_or_404(rows.select_related(*RELATED, "person__owner"), public_id=target)
    kept = kept_about(request.actor, found) if can_see_scores(request.actor) else None
    desk = guest_desk(request.actor, found, promoter=request.promoter, at=timezone.now())
    form = NotedAnswerForm(invitation=desk.invitation) if desk.invitation else None
    words = share_words(desk.invitation, desk.address, language_of(found.person)) if desk.address else ""
    context = {
        "event": found.event, "target": found, "desk": desk, "form": form, "verb": Verb.INVITE,
        "share": share_address(words) if words else "", "kept": kept, "sees_scores": kept is not None,
        "reasons": reasons_of(kept.standing) if kept else (),
    }  # fmt: skip
    return render(request, "guests/desk/guest.html", context)


@door(**EDITORS, methods=FORM)
@once
def edit(request: HttpRequest, promoter: str, event: uuid.UUID, target: uuid.UUID) -> HttpResponse:
    """Correct why somebody is wished for; who saves second sees both versions."""
    row = _own(request, event)
    found = _target(request, row, target)
    initial = TargetForm.initial_of(found)
    form = TargetForm(request.POST or None, actor=request.actor, event=row, initial=initial)
    meanwhile: Target | None = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            correct_target(by=request.actor, at=timezone.now(), target=found, read_version=version, aim=form.aim)
        except ChangedMeanwhile as changed:
            meanwhile = _target(request, row, target)
            form.reading(changed.current.version)
        else:
            messages.success(request, _("What you wrote of %(guest)s is saved.") % {"guest": found.person.name})
            return _guest(request, row, found)
    return _form(request, row, form, _("Why %(guest)s") % {"guest": found.person.name}, meanwhile=meanwhile)


@door(**POST)
@once
def drop(request: HttpRequest, promoter: str, event: uuid.UUID, target: uuid.UUID) -> HttpResponse:
    """Take somebody off the list who is not invited yet."""
    row = _own(request, event)
    found = _target(request, row, target)

    def act() -> str:
        drop_target(by=request.actor, at=timezone.now(), target=found)
        return _("%(guest)s was taken off the list.") % {"guest": found.person.name}

    _try(request, act)
    return _list(request, row)


@door(**POST)
@once
def invite_one(request: HttpRequest, promoter: str, event: uuid.UUID, target: uuid.UUID) -> HttpResponse:
    """Invite one guest."""
    row = _own(request, event)
    found = _target(request, row, target)

    def act() -> str:
        invite(by=request.actor, at=timezone.now(), target=found)
        if found.person.email:
            return _("%(guest)s is invited; the letter leaves now.") % {"guest": found.person.name}
        return _("%(guest)s is invited. No e-mail is known: pass the link on.") % {"guest": found.person.name}

    _try(request, act)
    return _guest(request, row, found)


@door(**POST)
@once
def remind_one(request: HttpRequest, promoter: str, event: uuid.UUID, target: uuid.UUID) -> HttpResponse:
    """Remind one silent guest."""
    row = _own(request, event)
    found = _target(request, row, target)
    invitation = _invitation(request, found)

    def act() -> str:
        remind(by=request.actor, at=timezone.now(), invitation=invitation)
        return _("%(guest)s was reminded.") % {"guest": found.person.name}

    _try(request, act)
    return _guest(request, row, found)


@door(**POST)
@once
def note_answer(request: HttpRequest, promoter: str, event: uuid.UUID, target: uuid.UUID) -> HttpResponse:
    """Note what a guest said by telephone or in passing."""
    row = _own(request, event)
    found = _target(request, row, target)
    invitation = _invitation(request, found)
    form = NotedAnswerForm(request.POST, invitation=invitation)
    if not form.is_valid():
        messages.warning(request, _("Nothing was noted: choose one of the answers."))
        return _guest(request, row, found)

    def act() -> str:
        noted = answer(by=request.actor, at=timezone.now(), invitation=invitation, said=form.said_to(request.actor))
        return _("Noted of %(guest)s: %(state)s.") % {"guest": found.person.name, "state": noted.get_state_display()}

    _try(request, act)
    return _guest(request, row, found)


@door(**POST)
@once
def renew(request: HttpRequest, promoter: str, event: uuid.UUID, target: uuid.UUID) -> HttpResponse:
    """Give a guest a new link; the earlier ones open nothing any more."""
    row = _own(request, event)
    found = _target(request, row, target)
    invitation = _invitation(request, found)

    def act() -> str:
        renew_invitation_link(by=request.actor, at=timezone.now(), invitation=invitation)
        return _("%(guest)s has a new link; the earlier one opens nothing any more.") % {"guest": found.person.name}

    _try(request, act)
    return _guest(request, row, found)


@door(**POST)
@once
def revoke(request: HttpRequest, promoter: str, event: uuid.UUID, target: uuid.UUID) -> HttpResponse:
    """Take a guest's link back; the answer given stands."""
    row = _own(request, event)
    found = _target(request, row, target)
    revoke_invitation_link(by=request.actor, at=timezone.now(), invitation=_invitation(request, found))
    messages.success(request, _("The link of %(guest)s opens nothing any more.") % {"guest": found.person.name})
    return _guest(request, row, found)
