"""Staff pages: figures and statements recorded, corrected and published, each with its source."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.core.doors import FORM, Audience, door
from moussem.core.panels import panels_for
from moussem.core.submissions import once
from moussem.evidence.domain.citing import record_cited_figure, record_cited_statement, replace_cited_figure
from moussem.evidence.domain.figures import AlreadyReplaced, publish_figure
from moussem.evidence.domain.queries.records import (
    figure_view,
    figures_seen,
    statement_view,
    statements_seen,
)
from moussem.evidence.domain.statements import publish_statement
from moussem.evidence.interfaces.corrections import ReplaceForm
from moussem.evidence.interfaces.forms import FigureForm, StatementForm
from moussem.evidence.interfaces.lists import figures_listed, statements_listed
from moussem.evidence.interfaces.refusals import PUBLISHING, RECORDING, sentence_of
from moussem.evidence.interfaces.words import figure_words
from moussem.evidence.permissions import can_publish, can_record, can_see_desk

READING = {"audience": Audience.STAFF, "permission": can_see_desk}
RECORDS = {"audience": Audience.STAFF, "permission": can_record, "methods": FORM}
PUBLISHES = {"audience": Audience.STAFF, "permission": can_publish, "methods": ("POST",)}


@door(**READING)
def figures(request: HttpRequest, promoter: str) -> HttpResponse:
    """The promoter's figures, newest recorded first, narrowed by measure, kind, subject and publication."""
    listed = figures_listed(request.actor, request.GET)
    return render(request, "evidence/desk/figures.html", {"listed": listed, "may_record": can_record(request.actor)})


@door(**READING)
def figure(request: HttpRequest, promoter: str, figure: UUID) -> HttpResponse:
    """One figure with its sources, history and contradictions, and what can be done with it."""
    row = get_object_or_404(figures_seen(request.actor), public_id=figure)
    own = request.actor.within(row.promoter_id)
    context = {
        "view": figure_view(row, request.actor),
        "may_correct": own and can_record(request.actor) and row.replaced_by_id is None,
        "may_publish": own and can_publish(request.actor) and not row.is_published,
        "panels": panels_for("evidence.figure", request.actor, row),
        **figure_words(row),
    }
    return render(request, "evidence/desk/figure.html", context)


@door(**RECORDS)
@once
def record_figure(request: HttpRequest, promoter: str) -> HttpResponse:
    """Record a figure with its citation; not public yet."""
    form = FigureForm(request.POST or None, actor=request.actor, initial=_from_document(request))
    if request.method == "POST" and form.is_valid():
        try:
            row = record_cited_figure(
                by=request.actor, at=timezone.now(), facts=form.facts(), subjects=form.by_role, cited=form.cited
            )
        except RECORDING as refusal:
            form.add_error(*sentence_of(refusal))
        else:
            messages.success(request, _("The figure is recorded. It is not public yet."))
            return redirect("evidence_desk:figures-page", promoter=promoter, figure=row.public_id)
    return _form_page(request, form, _("Record a figure"), reverse("evidence_desk:figures-list", args=[promoter]))


@door(**RECORDS)
@once
def replace_figure(request: HttpRequest, promoter: str, figure: UUID) -> HttpResponse:
    """Correct a figure by a new one; the old one stays and says why. Both are shown where somebody was quicker."""
    row = get_object_or_404(figures_seen(request.actor).filter(promoter=request.promoter), public_id=figure)
    form = ReplaceForm(request.POST or None, actor=request.actor, figure=row)
    if request.method == "POST" and form.is_valid():
        try:
            new = replace_cited_figure(
                by=request.actor,
                at=timezone.now(),
                figure=row,
                facts=form.facts(maybe_within=row.maybe_within),
                reason=form.cleaned_data["reason"],
                subjects=form.by_role,
                cited=form.cited,
            )
        except AlreadyReplaced:
            row.refresh_from_db()
        except (*RECORDING, *PUBLISHING) as refusal:
            form.add_error(*sentence_of(refusal))
        else:
            messages.success(request, _("The figure is corrected. The old one stays and leads to it."))
            return redirect("evidence_desk:figures-page", promoter=promoter, figure=new.public_id)
    back = reverse("evidence_desk:figures-page", args=[promoter, figure])
    return _form_page(request, form, _("Correct a figure"), back, view=figure_view(row, request.actor))


@door(**PUBLISHES)
@once
def publish_one_figure(request: HttpRequest, promoter: str, figure: UUID) -> HttpResponse:
    """Open a figure to the public."""
    row = get_object_or_404(figures_seen(request.actor).filter(promoter=request.promoter), public_id=figure)
    try:
        publish_figure(by=request.actor, at=timezone.now(), figure=row)
    except PUBLISHING as refusal:
        messages.error(request, sentence_of(refusal)[1])
    else:
        messages.success(request, _("The figure is public."))
    return redirect("evidence_desk:figures-page", promoter=promoter, figure=figure)


@door(**READING)
def statements(request: HttpRequest, promoter: str) -> HttpResponse:
    """The promoter's statements, newest recorded first."""
    listed = statements_listed(request.actor, request.GET)
    return render(request, "evidence/desk/statements.html", {"listed": listed, "may_record": can_record(request.actor)})


@door(**READING)
def statement(request: HttpRequest, promoter: str, statement: UUID) -> HttpResponse:
    """One statement with its sources and contradictions, and what can be done with it."""
    row = get_object_or_404(statements_seen(request.actor), public_id=statement)
    own = request.actor.within(row.promoter_id)
    context = {
        "view": statement_view(row, request.actor),
        "may_correct": own and can_record(request.actor),
        "may_publish": own and can_publish(request.actor) and not row.is_published,
    }
    return render(request, "evidence/desk/statement.html", context)


@door(**RECORDS)
@once
def record_statement(request: HttpRequest, promoter: str) -> HttpResponse:
    """Record a fact that is no number, with its citation; not public yet."""
    form = StatementForm(request.POST or None, actor=request.actor, initial=_from_document(request))
    if request.method == "POST" and form.is_valid():
        try:
            row = record_cited_statement(
                by=request.actor, at=timezone.now(), facts=form.facts(), subjects=form.by_role, cited=form.cited
            )
        except RECORDING as refusal:
            form.add_error(*sentence_of(refusal))
        else:
            messages.success(request, _("The fact is recorded. It is not public yet."))
            return redirect("evidence_desk:statements-page", promoter=promoter, statement=row.public_id)
    return _form_page(request, form, _("Record a fact"), reverse("evidence_desk:statements-list", args=[promoter]))


@door(**PUBLISHES)
@once
def publish_one_statement(request: HttpRequest, promoter: str, statement: UUID) -> HttpResponse:
    """Open a statement to the public."""
    row = get_object_or_404(statements_seen(request.actor).filter(promoter=request.promoter), public_id=statement)
    try:
        publish_statement(by=request.actor, at=timezone.now(), statement=row)
    except PUBLISHING as refusal:
        messages.error(request, sentence_of(refusal)[1])
    else:
        messages.success(request, _("The fact is public."))
    return redirect("evidence_desk:statements-page", promoter=promoter, statement=statement)


def _from_document(request: HttpRequest) -> dict[str, str]:
    """The document whose page led here; a form offers it only where it may be cited."""
    return {"document": request.GET.get("document", "")[:36]}


def _form_page(request: HttpRequest, form: object, title: str, back: str, **more: object) -> HttpResponse:
    context = {"form": form, "title": title, "cancel_url": back, **more}
    return render(request, "evidence/desk/form.html", context)
