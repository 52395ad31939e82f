"""Public pages: the documents, and every figure and statement that a source mark or an address leads to."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from moussem.core.doors import Audience, anyone, door
from moussem.core.panels import panels_for
from moussem.evidence.domain.queries.passages import document_view, documents_listed
from moussem.evidence.domain.queries.records import figure_view, figures_seen, statement_view, statements_seen
from moussem.evidence.domain.queries.subjects import subject_view
from moussem.evidence.interfaces.filters import PageCursor
from moussem.evidence.interfaces.words import document_words, figure_words
from moussem.evidence.models import Document, Subject

LONGEST = 200


@door(audience=Audience.PUBLIC, permission=anyone)
def documents(request: HttpRequest) -> HttpResponse:
    """The texts from which facts were taken, and the sources that are cited beside them."""
    asked = PageCursor(request.GET)
    if not asked.is_valid():
        raise Http404
    listed = documents_listed(request.actor, after=asked.cleaned_data["after"])
    address = reverse("evidence:documents-list")
    context = {
        "listed": listed,
        "panels": panels_for("evidence.documents", request.actor, listed),
        "newer_url": address if asked.cleaned_data["after"] else "",
        "older_url": f"{address}?after={listed.after}" if listed.after else "",
    }
    return render(request, "evidence/public/documents.html", context)


@door(audience=Audience.PUBLIC, permission=anyone)
def document(request: HttpRequest, document: UUID) -> HttpResponse:
    """One document: its passages in order, what became of each, what was not taken, what it does not state."""
    row = get_object_or_404(Document.objects.visible_to(request.actor), public_id=document)
    view = document_view(row, request.actor)
    return render(request, "evidence/public/document.html", {"view": view, **document_words(row)})


@door(audience=Audience.PUBLIC, permission=anyone)
def figure(request: HttpRequest, figure: UUID) -> HttpResponse:
    """One figure with its subjects, its sources, its history and what contradicts it."""
    row = get_object_or_404(figures_seen(request.actor), public_id=figure)
    view = figure_view(row, request.actor)
    return render(request, "evidence/public/figure.html", {"view": view, **figure_words(row)})


@door(audience=Audience.PUBLIC, permission=anyone)
def subject(request: HttpRequest, subject: UUID) -> HttpResponse:
    """A thing that no room has a page for, with what the sources say of it; another leads to its own page."""
    row = get_object_or_404(Subject.objects.visible_to(request.actor).select_related("within"), public_id=subject)
    before = request.GET.get("before", "")[:LONGEST]
    view = subject_view(request.actor, row, cursor=before)
    if view.elsewhere:
        return redirect(view.elsewhere)
    return render(request, "evidence/public/subject.html", {"view": view, "later": before})


@door(audience=Audience.PUBLIC, permission=anyone)
def statement(request: HttpRequest, statement: UUID) -> HttpResponse:
    """One statement with its subjects, its sources and what contradicts it."""
    row = get_object_or_404(statements_seen(request.actor), public_id=statement)
    return render(request, "evidence/public/statement.html", {"view": statement_view(row, request.actor)})
