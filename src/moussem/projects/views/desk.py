"""Staff pages: the pipeline, and a project with its stages, promises and history."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.core.actor import Actor
from moussem.core.doors import FORM, Audience, door
from moussem.core.panels import panels_for
from moussem.core.submissions import once
from moussem.core.texts import say
from moussem.core.versions import ChangedMeanwhile
from moussem.projects.domain.asking import ask_return
from moussem.projects.domain.passages import answer_passage, ask_passage, change_status, move_project
from moussem.projects.domain.projects import correct_project, publish_project, record_promise
from moussem.projects.domain.queries.projects import page_of, pipeline, project_page, projects_seen
from moussem.projects.domain.stages import earlier_stages, next_stage
from moussem.projects.enums import ProjectStatus, Stage
from moussem.projects.interfaces.forms import (
    ActorForm,
    AnswerForm,
    BackForm,
    CorrectForm,
    EvidenceForm,
    PromiseForm,
    StatusForm,
    written_project,
)
from moussem.projects.interfaces.refusals import REFUSED, sentence_of
from moussem.projects.interfaces.return_forms import AskForm
from moussem.projects.models import Passage, Project
from moussem.projects.permissions import can_be_second, can_see_desk, can_write

READS = {"audience": Audience.STAFF, "permission": can_see_desk}
WRITES = {"audience": Audience.STAFF, "permission": can_write, "methods": FORM}
ACTS = {"audience": Audience.STAFF, "permission": can_write, "methods": ("POST",)}
LONGEST = 200


@door(**READS)
def projects(request: HttpRequest, promoter: str) -> HttpResponse:
    """The pipeline: stage, status, age in the stage, jobs by kind, where, and the next step."""
    asked = {name: request.GET.get(name, "")[:LONGEST] for name in ("stage", "status", "before")}
    found = pipeline(
        request.actor, at=timezone.now(), stage=asked["stage"], status=asked["status"], cursor=asked["before"]
    )
    context = {
        "list": found,
        "stages": Stage.choices,
        "statuses": ProjectStatus.choices,
        "may_write": can_write(request.actor),
    }
    return render(request, "projects/desk/projects.html", context)


@door(**READS)
def project(request: HttpRequest, promoter: str, project: UUID) -> HttpResponse:
    """One project: stage and status apart, what is promised and counted, what the next stage asks for."""
    row = get_object_or_404(projects_seen(request.actor), public_id=project)
    own = request.actor.within(row.promoter_id)
    context = {
        "page": project_page(request.actor, row, as_of=timezone.localdate()),
        "panels": panels_for("projects.project", request.actor, row),
        "may_write": own and can_write(request.actor),
        "may_be_second": own and can_be_second(request.actor),
    }
    return render(request, "projects/desk/project.html", context)


def _own(request: HttpRequest, project: UUID) -> Project:
    return get_object_or_404(projects_seen(request.actor, own=True), public_id=project)


@door(**WRITES)
@once
def correct(request: HttpRequest, promoter: str, project: UUID) -> HttpResponse:
    """Correct a project; who saves second sees both versions, and what they typed stays."""
    row = _own(request, project)
    form = CorrectForm(request.POST or None, actor=request.actor, project=row)
    meanwhile: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            correct_project(
                by=request.actor, at=timezone.now(), project=row,
                read_version=form.cleaned_data["version"], facts=form.facts,
            )  # fmt: skip
        except ChangedMeanwhile as changed:
            meanwhile = _differences(form, changed.current)
            form.data = form.data.copy()
            form.data["version"] = str(changed.current.version)
        else:
            return _done(request, row, _("The project is corrected."))
    return _form(request, form, _("Correct a project"), page_of(request.actor, row), meanwhile=meanwhile)


def _differences(form: Form, current: Any) -> list[tuple[str, str, str]]:
    """The fields that differ: label, saved meanwhile, typed here."""
    saved = written_project(current)
    pairs = [(bound, str(saved.get(bound.name) or ""), str(bound.data or "")) for bound in form.visible_fields()]
    return [(str(bound.label), there, here) for bound, there, here in pairs if there != here]


@door(**WRITES)
@once
def promise(request: HttpRequest, promoter: str, project: UUID) -> HttpResponse:
    """Write down what the project promises."""
    row = _own(request, project)
    form = PromiseForm(request.POST or None, actor=request.actor)

    def add(by: Actor, at: datetime) -> str:
        record_promise(by=by, at=at, project=row, facts=form.facts())
        return _("The promise is written down. It is not public yet.")

    return _write(request, row, form, _("Add a promise"), add)


@door(**ACTS)
@once
def forward(request: HttpRequest, promoter: str, project: UUID) -> HttpResponse:
    """Move to the next stage."""
    row = _own(request, project)

    def move(by: Actor, at: datetime) -> str:
        move_project(by=by, at=at, project=row, to_stage=next_stage(row.stage) or Stage.CLOSED)
        return _("The project has moved on.")

    return _act(request, row, move)


@door(**WRITES)
@once
def back(request: HttpRequest, promoter: str, project: UUID) -> HttpResponse:
    """Move back to an earlier stage, with the reason."""
    row = _own(request, project)
    form = BackForm(request.POST or None, actor=request.actor, earlier=earlier_stages(row.stage))

    def move(by: Actor, at: datetime) -> str:
        said = form.cleaned_data
        move_project(by=by, at=at, project=row, to_stage=Stage(said["stage"]), words=said["words"])
        return _("The project has moved back.")

    return _write(request, row, form, _("Move back"), move)


@door(**WRITES)
@once
def evidence(request: HttpRequest, promoter: str, project: UUID) -> HttpResponse:
    """Ask for a passage that needs a second person, and say what shows it."""
    row = _own(request, project)
    form = EvidenceForm(request.POST or None, actor=request.actor)

    def ask(by: Actor, at: datetime) -> str:
        ask_passage(by=by, at=at, project=row, evidence_words=form.cleaned_data["words"])
        return _("Written down. Another person now confirms it.")

    return _write(request, row, form, _("Show that it has come so far"), ask)


def _passage(request: HttpRequest, passage: UUID) -> Passage:
    rows = Passage.objects.visible_to(request.actor).filter(promoter=request.promoter)
    return get_object_or_404(rows.select_related("project__promoter"), public_id=passage)


@door(audience=Audience.STAFF, permission=can_be_second, methods=("POST",))
@once
def confirm(request: HttpRequest, promoter: str, passage: UUID) -> HttpResponse:
    """The second person confirms a passage."""
    row = _passage(request, passage)

    def answer(by: Actor, at: datetime) -> str:
        answer_passage(by=by, at=at, passage=row, confirmed=True)
        return _("Confirmed: the project has moved on.")

    return _act(request, row.project, answer)


@door(audience=Audience.STAFF, permission=can_be_second, methods=FORM)
@once
def refuse(request: HttpRequest, promoter: str, passage: UUID) -> HttpResponse:
    """The second person refuses a passage, with the reason."""
    row = _passage(request, passage)
    form = AnswerForm(request.POST or None, actor=request.actor)

    def answer(by: Actor, at: datetime) -> str:
        answer_passage(by=by, at=at, passage=row, confirmed=False, words=form.cleaned_data["words"])
        return _("Refused: the project stays where it is.")

    return _write(request, row.project, form, _("Refuse"), answer)


@door(**WRITES)
@once
def status(request: HttpRequest, promoter: str, project: UUID) -> HttpResponse:
    """Say how the project fares."""
    row = _own(request, project)
    form = StatusForm(request.POST or None, actor=request.actor, initial={"status": row.status})

    def change(by: Actor, at: datetime) -> str:
        said = form.cleaned_data
        change_status(
            by=by, at=at, project=row, status=ProjectStatus(said["status"]), words=said["words"],
            lost_to=said["lost_to"],
        )  # fmt: skip
        return _("The status is changed.")

    return _write(request, row, form, _("Change the status"), change)


@door(**ACTS)
@once
def publish(request: HttpRequest, promoter: str, project: UUID) -> HttpResponse:
    """Open the project to the public."""
    row = _own(request, project)

    def opening(by: Actor, at: datetime) -> str:
        publish_project(by=by, at=at, project=row)
        return _("The project is public. Its figures are published apart, each with its source.")

    return _act(request, row, opening)


@door(**WRITES)
@once
def ask(request: HttpRequest, promoter: str, project: UUID) -> HttpResponse:
    """Ask who invests for its headcount."""
    row = _own(request, project)
    form = AskForm(request.POST or None, actor=request.actor, initial=AskForm.initial_on(timezone.localdate()))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            asked = ask_return(
                by=request.actor, at=timezone.now(), project=row, period=said["period"], due_on=said["due_on"],
                to=said["to"], person_label=said["person"], language=request.LANGUAGE_CODE,
            )  # fmt: skip
        except REFUSED as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("The headcount is asked for."))
            return redirect("projects_desk:returns-page", promoter=promoter, headcount_return=asked.public_id)
    title = _("Ask for the headcount")
    return _form(request, form, title, page_of(request.actor, row), lead=say(row.name), submit_label=title)


def _write(
    request: HttpRequest, row: Project, form: ActorForm, title: str, verb: Callable[[Actor, datetime], str]
) -> HttpResponse:
    """The form of one verb: call it and show the sentence of its success, or that of its refusal."""
    if request.method == "POST" and form.is_valid():
        try:
            said = verb(request.actor, timezone.now())
        except REFUSED as refusal:
            _refuse(form, refusal)
        else:
            return _done(request, row, said)
    return _form(request, form, title, page_of(request.actor, row), lead=say(row.name), submit_label=title)


def _act(request: HttpRequest, row: Project, verb: Callable[[Actor, datetime], str]) -> HttpResponse:
    """A button of one verb: its success or its refusal is told on the project's page."""
    try:
        messages.success(request, verb(request.actor, timezone.now()))
    except REFUSED as refusal:
        messages.error(request, sentence_of(refusal)[1])
    return redirect(page_of(request.actor, row))


def _refuse(form: Form, refusal: Exception) -> None:
    field, sentence = sentence_of(refusal)
    form.add_error(field if field in form.fields else None, sentence)


def _done(request: HttpRequest, row: Project, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("projects_desk:projects-page", promoter=request.promoter.slug, project=row.public_id)


def _form(request: HttpRequest, form: Form, title: str, back: str, **more: object) -> HttpResponse:
    context = {"form": form, "title": title, "cancel_url": back, **more}
    return render(request, "projects/desk/form.html", context, status=422 if form.is_bound else 200)
