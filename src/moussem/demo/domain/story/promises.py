"""What was signed at the gathering that was held, the seven projects, and the five returns."""

from dataclasses import dataclass

from moussem.agreements.domain.agreements import AgreementFacts, PartyFacts, record_agreement, sign_agreement
from moussem.agreements.domain.obligations import ObligationFacts, add_obligation
from moussem.agreements.enums import AgreementKind, DutyKind
from moussem.demo.domain.story.cast import Cast
from moussem.demo.domain.story.gatherings import HELD
from moussem.directory.models import Organisation
from moussem.engines.values.measures import Measure
from moussem.engines.values.period import Period, day, span
from moussem.engines.values.units import Unit
from moussem.events.models import Event
from moussem.evidence.domain.documents import DocumentFacts, add_document, cite
from moussem.evidence.domain.figures import FigureFacts, Teller
from moussem.evidence.enums import Kind
from moussem.evidence.models import Citation
from moussem.projects.domain.asking import ask_return
from moussem.projects.domain.openings import open_from_agreement
from moussem.projects.domain.passages import answer_passage, ask_passage, move_project
from moussem.projects.domain.projects import ProjectFacts, open_project, record_promise
from moussem.projects.domain.returns import Numbers, check_return, correct_return, declare_return, verify_return
from moussem.projects.enums import ProjectOrigin, Stage
from moussem.projects.models import HeadcountReturn, Project


@dataclass(frozen=True, slots=True)
class Told:
    """One return: what was declared (None: missing), what a correction says, what a body counted."""

    declared: Numbers | None
    corrected: Numbers | None = None
    verified: int | None = None
    checked: bool = False


RETURNS = (
    Told(Numbers(45, 45, 0), verified=38),
    Told(Numbers(30, 32, 2), corrected=Numbers(28, 32, 4)),
    Told(Numbers(52, 55, 3), checked=True),
    Told(Numbers(12, 12, 0)),
    Told(None),
)
JOBS = (60, 40, 80)


def play_signatures(cast: Cast, event: Event) -> list[Project]:
    """Three agreements with jobs owed, and the projects they open."""
    projects = []
    for firm, jobs in zip(cast.firms, JOBS, strict=False):
        agreement = record_agreement(
            by=cast.team, at=cast.ago(HELD), signed=False,
            facts=AgreementFacts(
                kind=AgreementKind.MOU, event=event, place=cast.town,
                title={"fr": f"Accord avec {firm.name}", "en": f"Agreement with {firm.name}"},
            ),
            parties=(PartyFacts(organisation=cast.agency), PartyFacts(organisation=firm)),
        )  # fmt: skip
        owes = agreement.parties.get(organisation=firm)
        words = {"fr": f"Créer {jobs} emplois (exemple)", "en": f"Create {jobs} jobs (example)"}
        facts = ObligationFacts(
            words=words, kind=DutyKind.OBLIGATION, debtor=owes, measure=Measure.JOBS_CREATED, value=jobs,
            unit=Unit.JOBS, due=day(cast.day(-180)),
        )  # fmt: skip
        add_obligation(by=cast.team, at=cast.ago(HELD), agreement=agreement, facts=facts)
        sign_agreement(by=cast.team, at=cast.ago(HELD), agreement=agreement, signed_on=day(cast.day(HELD)))
        projects += open_from_agreement(agreement=agreement.public_id, at=cast.ago(HELD))
    return projects


def play_announcements(cast: Cast) -> list[Project]:
    """Four more projects, opened by the staff from announcements in an invented document."""
    document = add_document(
        by=cast.team, at=cast.ago(60),
        facts=DocumentFacts(key="communique-exemple", title="Communiqué (exemple)", publisher="Agence (exemple)"),
    )  # fmt: skip
    citation = cite(by=cast.team, document=document, quote="des emplois sont annoncés (exemple)")
    return [
        _announced(cast, firm, citation, jobs) for firm, jobs in zip(cast.firms[3:], (25, 120, 15, 50), strict=True)
    ]


def _announced(cast: Cast, firm: Organisation, citation: Citation, jobs: int) -> Project:
    project = open_project(
        by=cast.team, at=cast.ago(60), origin=ProjectOrigin.STAFF,
        facts=ProjectFacts(name={"fr": f"Site de {firm.name}", "en": f"Site of {firm.name}"}, organisation=firm,
                           place=cast.town),
    )  # fmt: skip
    promise = FigureFacts(
        measure=Measure.JOBS_CREATED, value=jobs, unit=Unit.JOBS, kind=Kind.ANNOUNCED, stated_on=day(cast.day(60)),
        horizon=day(cast.day(-300)), teller=Teller(organisation=firm.subject),
    )  # fmt: skip
    record_promise(by=cast.team, at=cast.ago(60), project=project, facts=promise, citations=[citation])
    return project


def play_stages(cast: Cast, projects: list[Project]) -> None:
    """Two go on to *implementing*, each confirmed by a second person; one waits for that person."""
    for project in projects[:3]:
        project.refresh_from_db()
        if project.stage == Stage.QUALIFIED:
            move_project(by=cast.team, at=cast.ago(50), project=project, to_stage=Stage.ACTIVE)
            project.refresh_from_db()
        passage = ask_passage(
            by=cast.team, at=cast.ago(40), project=project, evidence_words="Bail signé, vu sur place (exemple)"
        )
        if project is not projects[2]:
            answer_passage(by=cast.second, at=cast.ago(38), passage=passage, confirmed=True)
            project.refresh_from_db()
            move_project(by=cast.team, at=cast.ago(30), project=project, to_stage=Stage.IMPLEMENTING)


def play_returns(cast: Cast, projects: list[Project]) -> None:
    """Five returns of last quarter: one missing, one corrected, one verified below its promise."""
    period: Period = span(cast.day(100), cast.day(10))
    for project, told in zip(projects, RETURNS, strict=False):
        row = ask_return(by=cast.team, at=cast.ago(9), project=project, period=period, due_on=cast.day(2))
        if told.declared is not None:
            _tell(cast, row, told, told.declared)


def _tell(cast: Cast, row: HeadcountReturn, told: Told, declared: Numbers) -> None:
    words = "Bordereau de la caisse, total seul (exemple)"
    row = declare_return(by=cast.team, at=cast.ago(6), row=row, numbers=declared, evidence_words=words)
    if told.corrected:
        row = correct_return(
            by=cast.team, at=cast.ago(4), row=row, numbers=told.corrected, reason="Erreur de saisie (exemple)"
        )
    if told.checked:
        check_return(by=cast.second, at=cast.ago(3), row=row)
    if told.verified is not None:
        verify_return(
            by=cast.second, at=cast.ago(3), row=row, body=cast.body, present=told.verified, evidence_words=words
        )
