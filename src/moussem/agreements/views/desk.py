"""Staff pages: agreements recorded, signed, ended and published, with their parties and obligations."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.agreements.domain.agreements import (
    add_party,
    correct_agreement,
    end_agreement,
    publish_agreement,
    record_agreement,
    sign_agreement,
)
from moussem.agreements.domain.citing import cite_agreement_in
from moussem.agreements.domain.obligations import (
    add_obligation,
    amend_obligation,
    correct_obligation,
    standing_line,
)
from moussem.agreements.domain.queries.pages import agreement_page, agreements_listed, agreements_seen
from moussem.agreements.enums import AgreementState
from moussem.agreements.interfaces.forms import (
    AgreementForm,
    CiteForm,
    EndForm,
    NewAgreementForm,
    PartyForm,
    SignForm,
    written_agreement,
)
from moussem.agreements.interfaces.line_forms import (
    AmendmentForm,
    CorrectedObligationForm,
    ObligationForm,
    written_obligation,
)
from moussem.agreements.interfaces.refusals import REFUSED, sentence_of
from moussem.agreements.models import Agreement, Obligation
from moussem.agreements.permissions import can_see_desk, can_write
from moussem.core.actor import Actor
from moussem.core.doors import FORM, Audience, door
from moussem.core.panels import panels_for
from moussem.core.submissions import once
from moussem.core.texts import say
from moussem.core.versions import ChangedMeanwhile
from moussem.directory.models import Organisation
from moussem.events.models import Event

READS = {"audience": Audience.STAFF, "permission": can_see_desk}
WRITES = {"audience": Audience.STAFF, "permission": can_write, "methods": FORM}
ACTS = {"audience": Audience.STAFF, "permission": can_write, "methods": ("POST",)}
LONGEST = 200


@door(**READS)
def agreements(request: HttpRequest, promoter: str) -> HttpResponse:
    """The promoter's agreements, newest first, narrowed by state."""
    state = request.GET.get("state", "")[:20]
    cursor = request.GET.get("before", "")[:LONGEST]
    context = {
        "list": agreements_listed(request.actor, cursor=cursor, own=True, state=state),
        "state": state,
        "states": AgreementState.choices,
        "may_write": can_write(request.actor),
    }
    return render(request, "agreements/desk/agreements.html", context)


@door(**READS)
def agreement(request: HttpRequest, promoter: str, agreement: UUID) -> HttpResponse:
    """One agreement: who signs, who owes what, what it opened, and what can be done with it."""
    row = get_object_or_404(agreements_seen(request.actor), public_id=agreement)
    own = request.actor.within(row.promoter_id) and can_write(request.actor)
    context = {
        "page": agreement_page(request.actor, row),
        "panels": panels_for("agreements.agreement", request.actor, row),
        "may_write": own and row.state != AgreementState.ENDED,
        "may_publish": own and not row.is_published and not row.confidential,
    }
    return render(request, "agreements/desk/agreement.html", context)


@door(**WRITES)
@once
def new_agreement(request: HttpRequest, promoter: str) -> HttpResponse:
    """Record an agreement; the page before may name the event and the first party."""
    form = NewAgreementForm(request.POST or None, actor=request.actor, initial=_named_before(request))
    if request.method == "POST" and form.is_valid():
        try:
            row = record_agreement(
                by=request.actor, at=timezone.now(), facts=form.facts, parties=form.parties,
                signed=form.cleaned_data["signed"],
            )  # fmt: skip
        except REFUSED as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("The agreement is recorded. Now say who owes what."))
            return redirect("agreements_desk:agreements-page", promoter=promoter, agreement=row.public_id)
    return _form(request, form, _("Record an agreement"), reverse("agreements_desk:agreements-list", args=[promoter]))


def _named_before(request: HttpRequest) -> dict[str, str]:
    """The names of the event and the organisation that the address mentions, if the actor sees them."""
    found: dict[str, str] = {}
    for name, table, field in (("event", Event, "event"), ("with", Organisation, "second")):
        key = request.GET.get(name, "")
        try:
            row = table.objects.visible_to(request.actor).select_related("subject").get(public_id=UUID(key))
        except (ValueError, table.DoesNotExist):
            continue
        found[field] = say(row.subject.label)
    return found


def _own(request: HttpRequest, agreement: UUID) -> Agreement:
    return get_object_or_404(agreements_seen(request.actor, own=True), public_id=agreement)


@door(**WRITES)
@once
def correct(request: HttpRequest, promoter: str, agreement: UUID) -> HttpResponse:
    """Correct an agreement; who saves second sees both versions, and what they typed stays."""
    row = _own(request, agreement)
    form = AgreementForm(request.POST or None, actor=request.actor, agreement=row)
    meanwhile: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            correct_agreement(
                by=request.actor, at=timezone.now(), agreement=row,
                read_version=form.cleaned_data["version"], facts=form.facts,
            )  # fmt: skip
        except ChangedMeanwhile as changed:
            meanwhile = _differences(form, written_agreement(changed.current))
            form.data = form.data.copy()
            form.data["version"] = str(changed.current.version)
        except REFUSED as refusal:
            _refuse(form, refusal)
        else:
            return _done(request, row, _("The agreement is corrected."))
    return _form(request, form, _("Correct an agreement"), _page(promoter, row), meanwhile=meanwhile)


def _differences(form: Form, saved: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The fields that differ: label, saved meanwhile, typed here."""
    pairs = [(bound, str(saved.get(bound.name) or ""), str(bound.data or "")) for bound in form.visible_fields()]
    return [(str(bound.label), there, here) for bound, there, here in pairs if there != here]


@door(**WRITES)
@once
def party(request: HttpRequest, promoter: str, agreement: UUID) -> HttpResponse:
    """Add a party."""
    row = _own(request, agreement)
    form = PartyForm(request.POST or None, actor=request.actor)

    def add(by: Actor, at: datetime) -> str:
        add_party(by=by, at=at, agreement=row, facts=form.facts)
        return _("The party is added.")

    return _write(request, row, form, _("Add a party"), add)


@door(**WRITES)
@once
def obligation(request: HttpRequest, promoter: str, agreement: UUID) -> HttpResponse:
    """Add a line: who owes what, how much and by when."""
    row = _own(request, agreement)
    form = ObligationForm(request.POST or None, actor=request.actor, agreement=row)

    def adding(by: Actor, at: datetime) -> str:
        add_obligation(by=by, at=at, agreement=row, facts=form.facts())
        return _("The promise is written down.")

    return _write(request, row, form, _("Add a promise"), adding)


def _line(request: HttpRequest, row: Agreement, obligation: UUID) -> Obligation:
    rows = Obligation.objects.visible_to(request.actor).filter(agreement=row).select_related("agreement", "debtor")
    return get_object_or_404(rows, public_id=obligation)


@door(**WRITES)
@once
def correct_line(request: HttpRequest, promoter: str, agreement: UUID, obligation: UUID) -> HttpResponse:
    """Correct a line before the agreement is signed; who saves second sees both versions."""
    row = _own(request, agreement)
    line = _line(request, row, obligation)
    form = CorrectedObligationForm(request.POST or None, actor=request.actor, obligation=line)

    def correcting(by: Actor, at: datetime, read_version: int) -> str:
        correct_obligation(by=by, at=at, obligation=line, read_version=read_version, facts=form.facts())
        return _("The line is corrected.")

    return _save(request, row, form, _("Correct this line"), correcting)


@door(**WRITES)
@once
def amend_line(request: HttpRequest, promoter: str, agreement: UUID, obligation: UUID) -> HttpResponse:
    """Amend a line of a signed agreement; the old one stays, and who saves second sees both versions."""
    row = _own(request, agreement)
    line = standing_line(_line(request, row, obligation))
    form = AmendmentForm(request.POST or None, actor=request.actor, obligation=line)

    def amending(by: Actor, at: datetime, read_version: int) -> str:
        reason = form.cleaned_data["reason"]
        amend_obligation(by=by, at=at, obligation=line, read_version=read_version, facts=form.facts(), reason=reason)
        return _("The line is amended. What was signed before stays beside it.")

    return _save(request, row, form, _("Amend this line"), amending)


def _save(request: HttpRequest, row: Agreement, form: Any, title: str, verb: Any) -> HttpResponse:
    """The form of a verb that saves over what was read; where somebody was quicker both versions are shown."""
    meanwhile: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            said = verb(request.actor, timezone.now(), form.cleaned_data["version"])
        except ChangedMeanwhile as changed:
            meanwhile = _differences(form, written_obligation(changed.current))
            form.data = form.data.copy()
            form.data["version"] = str(changed.current.version)
        except REFUSED as refusal:
            _refuse(form, refusal)
        else:
            return _done(request, row, said)
    back = _page(request.promoter.slug, row)
    return _form(request, form, title, back, lead=say(row.title), meanwhile=meanwhile)


@door(**WRITES)
@once
def sign(request: HttpRequest, promoter: str, agreement: UUID) -> HttpResponse:
    """Record that it is signed, today unless another date is written."""
    row = _own(request, agreement)
    today = {"signed_on": timezone.localdate().isoformat()}
    form = SignForm(request.POST or None, actor=request.actor, initial=today)

    def signing(by: Actor, at: datetime) -> str:
        sign_agreement(by=by, at=at, agreement=row, signed_on=form.cleaned_data["signed_on"])
        return _("The agreement is signed. What it promises opens a project within a moment.")

    return _write(request, row, form, _("Sign"), signing)


@door(**WRITES)
@once
def end(request: HttpRequest, promoter: str, agreement: UUID) -> HttpResponse:
    """End it, with the reason."""
    row = _own(request, agreement)
    form = EndForm(request.POST or None, actor=request.actor)

    def ending(by: Actor, at: datetime) -> str:
        end_agreement(by=by, at=at, agreement=row, words=form.cleaned_data["words"])
        return _("The agreement has ended.")

    return _write(request, row, form, _("End this agreement"), ending)


@door(**WRITES)
@once
def cite(request: HttpRequest, promoter: str, agreement: UUID) -> HttpResponse:
    """Say in which document it can be read."""
    row = _own(request, agreement)
    form = CiteForm(request.POST or None, actor=request.actor)

    def citing(by: Actor, at: datetime) -> str:
        cite_agreement_in(by=by, at=at, agreement=row, cited=form.cited)
        return _("The document is cited.")

    return _write(request, row, form, _("Cite a document"), citing)


@door(**ACTS)
@once
def publish(request: HttpRequest, promoter: str, agreement: UUID) -> HttpResponse:
    """Open it to the public."""
    row = _own(request, agreement)
    try:
        publish_agreement(by=request.actor, at=timezone.now(), agreement=row)
    except REFUSED as refusal:
        messages.error(request, sentence_of(refusal)[1])
        return redirect(_page(promoter, row))
    return _done(request, row, _("The agreement is public."))


def _write(
    request: HttpRequest, row: Agreement, form: Form, title: str, verb: Callable[[Actor, datetime], str]
) -> HttpResponse:
    """The form of one verb: call it and show the sentence of its success, or that of its refusal."""
    if request.method == "POST" and form.is_valid():
        try:
            said = verb(request.actor, timezone.now())
        except REFUSED as refusal:
            _refuse(form, refusal)
        else:
            return _done(request, row, said)
    return _form(request, form, title, _page(request.promoter.slug, row), lead=say(row.title))


def _refuse(form: Form, refusal: Exception) -> None:
    field, sentence = sentence_of(refusal)
    form.add_error(field if field in form.fields else None, sentence)


def _done(request: HttpRequest, row: Agreement, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(_page(request.promoter.slug, row))


def _page(promoter: str, row: Agreement) -> str:
    return reverse("agreements_desk:agreements-page", args=[promoter, row.public_id])


def _form(request: HttpRequest, form: Form, title: str, back: str, **more: object) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "cancel_url": back,
        "submit_label": title if more.get("lead") else "",
        **more,
    }
    status = 422 if form.is_bound else 200
    return render(request, "agreements/desk/form.html", context, status=status)
