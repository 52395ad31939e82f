"""A fund with its call, and an application in each state."""

from collections.abc import Sequence

from moussem.demo.domain.story.cast import Cast
from moussem.directory.models import Organisation
from moussem.engines.eligibility.criterion import Combination, Comparison, Criterion, Group
from moussem.engines.values.quantity import Quantity
from moussem.engines.values.units import Unit
from moussem.programmes.domain.applications import (
    ask_for_more,
    submit_application,
    withdraw_application,
    write_application,
)
from moussem.programmes.domain.determinations import determine
from moussem.programmes.domain.programmes import (
    CallFacts,
    ProgrammeFacts,
    RuleFacts,
    add_call,
    add_programme,
    add_rule_set,
)
from moussem.programmes.enums import Decision, ProgrammeKind
from moussem.programmes.models import Application, Call
from moussem.projects.models import Project

MILLION = 100_000_000
"""One million dirhams, in hundredths."""
RULE = Group(
    Combination.ALL,
    (
        Criterion("investment", Unit.MAD, Comparison.FROM, MILLION),
        Criterion("jobs", Unit.JOBS, Comparison.FROM, 20),
    ),
)


def play_fund(cast: Cast, projects: Sequence[Project]) -> Call:
    """Being written, submitted, more asked for, withdrawn, accepted, refused: one application each. The accepted one
    is for a project that is followed already.
    """
    programme = add_programme(
        by=cast.team, at=cast.ago(80), publish=True,
        facts=ProgrammeFacts(
            kind=ProgrammeKind.GRANT, giver=None, place=None, envelope=10 * MILLION,
            name={"fr": "Fonds d’exemple (bac à sable)", "en": "Example fund (playground)"},
        ),
    )  # fmt: skip
    rules = add_rule_set(by=cast.team, at=cast.ago(80), programme=programme, facts=RuleFacts(rule=RULE))
    call = add_call(
        by=cast.team, at=cast.ago(70), programme=programme, publish=True,
        facts=CallFacts(
            rule_set=rules, name={"fr": "Appel d’exemple", "en": "Example call"}, opens_at=cast.ago(60),
            closes_at=cast.ago(-60), envelope=5 * MILLION,
        ),
    )  # fmt: skip
    draft, submitted, asked, withdrawn, awarded, refused = cast.firms[:6]
    _write(cast, call, draft, 1_500_000, None)
    _submit(cast, call, submitted, 1_000_000, 20)
    more = _submit(cast, call, asked, 2_000_000, None)
    ask_for_more(by=cast.team, at=cast.ago(20), application=more, words="Combien d’emplois ? (exemple)")
    gone = _submit(cast, call, withdrawn, 1_200_000, 25)
    withdraw_application(by=cast.team, at=cast.ago(20), application=gone)
    good = _submit(cast, call, awarded, 3_000_000, 60)
    followed = next(project for project in projects if project.organisation == awarded)
    determine(
        by=cast.second, at=cast.ago(15), application=good, decision=Decision.AWARD, amount=MILLION, project=followed
    )
    short = _submit(cast, call, refused, 999_999, 19)
    determine(
        by=cast.second, at=cast.ago(15), application=short, decision=Decision.REFUSE,
        words="L’investissement et les emplois sont au-dessous des seuils (exemple)",
    )  # fmt: skip
    return call


def _write(cast: Cast, call: Call, firm: Organisation, investment: int, jobs: int | None) -> Application:
    facts = {"investment": Quantity.of(investment, Unit.MAD)}
    if jobs is not None:
        facts["jobs"] = Quantity.of(jobs, Unit.JOBS)
    return write_application(
        by=cast.team, at=cast.ago(30), call=call, organisation=firm, title=f"Site de {firm.name}", facts=facts,
        asked_for=MILLION,
    )  # fmt: skip


def _submit(cast: Cast, call: Call, firm: Organisation, investment: int, jobs: int | None) -> Application:
    written = _write(cast, call, firm, investment, jobs)
    return submit_application(by=cast.team, at=cast.ago(25), application=written)
