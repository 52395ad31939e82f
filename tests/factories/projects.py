"""The least valid rows of projects and returns, by the verbs that make them."""

from datetime import date

from moussem.accounts.domain.queries.actors import actor_of_link
from moussem.core.actor import Actor
from moussem.directory.models import Organisation
from moussem.engines.values import period as periods
from moussem.projects.domain.asking import ask_return
from moussem.projects.domain.projects import ProjectFacts, open_project
from moussem.projects.domain.returns import Numbers, declare_return
from moussem.projects.models import HeadcountReturn, Project
from tests.factories.accounts import AT
from tests.factories.directory import a_place, an_organisation

QUARTER = periods.quarter(2025, 4)
DUE = date(2026, 1, 20)


def a_project(by: Actor, name: str = "Centre d’Oujda", *, firm: Organisation | None = None, **facts: object) -> Project:
    """An investment of an operator at a city, opened by hand."""
    firm = firm or an_organisation(by, f"Opérateur de {name}")
    place = facts.pop("place", None) or a_place(by, f"Ville de {name}")
    return open_project(by=by, at=AT, facts=ProjectFacts(name={"fr": name}, organisation=firm, place=place, **facts))


def a_return(by: Actor, project: Project | None = None, *, period=QUARTER, **facts: object) -> HeadcountReturn:
    """A return asked for, with its link."""
    facts = {"due_on": DUE, **facts}
    return ask_return(by=by, at=AT, project=project or a_project(by), period=period, **facts)


def by_its_link(row: HeadcountReturn) -> Actor:
    """The operator's person who holds the link."""
    return actor_of_link(row.link)


def a_declared_return(by: Actor, project: Project | None = None, numbers=(240, 60, 20), **facts) -> HeadcountReturn:
    """A return that its operator declared by the link."""
    row = a_return(by, project, **facts)
    return declare_return(by=by_its_link(row), at=AT, row=row, numbers=Numbers(*numbers))
