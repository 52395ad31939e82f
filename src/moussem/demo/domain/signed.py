"""Playing what was signed and what was announced: agreements, projects, and the next step that a text leaves open."""

from collections.abc import Iterable

from moussem.actions.domain.actions import open_action
from moussem.agreements.domain.agreements import (
    AgreementFacts,
    PartyFacts,
    publish_agreement,
    record_agreement,
    sign_agreement,
)
from moussem.agreements.domain.obligations import ObligationFacts, add_obligation
from moussem.agreements.enums import AgreementKind, DutyKind
from moussem.demo.domain.reading import Record, Row, listed, period_in, period_of, table, texts, words_of
from moussem.demo.domain.stage import Stage
from moussem.directory.models import Organisation
from moussem.engines.values.period import Period
from moussem.evidence.models import Citation
from moussem.projects.domain.passages import move_project
from moussem.projects.domain.projects import ProjectFacts, open_project, publish_project
from moussem.projects.domain.stages import missing_for
from moussem.projects.enums import ProjectOrigin, ProjectStatus
from moussem.projects.enums import Stage as ProjectStage

REACHED = (ProjectStage.QUALIFIED, ProjectStage.ACTIVE)
"""How far sources alone carry a project: what comes after needs evidence and a second person, and nobody plays one."""
REASON = "Organisation et lieu énoncés par les sources"


def play_agreements(stage: Stage) -> None:
    """Record as signed each act that a text or table states, with its parties and objectives, and publish it."""
    for text in texts():
        for record in text.get("agreement", ()):
            _sign_of_text(stage, text["document"]["key"], record)
    for row in table("agreements"):
        _sign_of_table(stage, row)


def _sign_of_text(stage: Stage, text: str, record: Record) -> None:
    event, place = (record.get(name) for name in ("event", "place"))
    facts = AgreementFacts(
        kind=AgreementKind(record["kind"]),
        title=record["title"],
        purpose=record.get("purpose"),
        event=stage.find(event) if event else None,
        place=stage.find(place) if place else None,
    )
    parties = [PartyFacts(organisation=stage.find(key)) for key in record["parties"]]
    objectives = [(line, stage.quotes(text, line["cite"])) for line in record.get("objectives", ())]
    _sign(
        stage,
        record["key"],
        facts,
        parties,
        period_in(record, "signed_on"),
        stage.quotes(text, record["cite"]),
        objectives,
    )


def _sign_of_table(stage: Stage, row: Row) -> None:
    facts = AgreementFacts(kind=AgreementKind(row["kind"]), title=words_of(row, "title"))
    parties = [PartyFacts(organisation=stage.find(key)) for key in listed(row["parties"])]
    if unnamed := words_of(row, "unnamed"):
        parties.append(PartyFacts(words=unnamed))
    _sign(stage, row["key"], facts, parties, period_of(row["signed_on"]), stage.sources([row["source"]]))


def _sign(
    stage: Stage,
    key: str,
    facts: AgreementFacts,
    parties: list[PartyFacts],
    signed_on: Period | None,
    citations: list[Citation],
    objectives: Iterable[tuple[Record, list[Citation]]] = (),
) -> None:
    """Lines before the signature, so that it is told once; an objective has neither debtor nor date."""
    agreement = record_agreement(by=stage.by, at=stage.at, facts=facts, parties=parties, citations=citations)
    for line, cited in objectives:
        objective = ObligationFacts(words=line["words"], kind=DutyKind.OBJECTIVE)
        add_obligation(by=stage.by, at=stage.at, agreement=agreement, facts=objective, citations=cited)
    sign_agreement(by=stage.by, at=stage.at, agreement=agreement, signed_on=signed_on)
    stage.enter(key, publish_agreement(by=stage.by, at=stage.at, agreement=agreement))


def play_projects(stage: Stage) -> None:
    """Open the projects that a text announces, as far as what it states carries them, and publish them.

    They come before the figures and statements that are about them.
    """
    for text in texts():
        for record in text.get("project", ()):
            citations = stage.quotes(text["document"]["key"], record["cite"])
            _open(stage, record, [*citations, *stage.sources(record.get("sources", ()))])


def _open(stage: Stage, record: Record, citations: list[Citation]) -> None:
    investor: Organisation = stage.find(record["organisation"])
    park, place = (record.get(name) for name in ("park", "place"))
    project = open_project(
        by=stage.by,
        at=stage.at,
        origin=ProjectOrigin.ANNOUNCEMENT,
        status=ProjectStatus(record.get("status", ProjectStatus.NOT_STATED)),
        facts=ProjectFacts(
            name=record["name"],
            organisation=investor,
            park=stage.find(park) if park else None,
            place=stage.find(place) if place else None,
            event=stage.find(record["event"]),
        ),
    )
    for reached in REACHED:
        if not missing_for(project, reached):
            move_project(by=stage.by, at=stage.at, project=project, to_stage=reached, words=REASON)
    stage.enter(record["key"], publish_project(by=stage.by, at=stage.at, project=project))
    stage.tie_thing(citations, project)


def play_next_steps(stage: Stage) -> None:
    """Note what a text says will be done and no later source speaks of; whose and until when it does not state."""
    for text in texts():
        for record in text.get("next_step", ()):
            statement = stage.statements[record["statement"]]
            open_action(
                by=stage.by, at=stage.at, words=record["what"], about=stage.subject(record["about"]),
                origin_kind="statement", origin_key=statement.public_id,
            )  # fmt: skip
