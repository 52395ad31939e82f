"""What stands in the angle brackets of an address: by name, an example row.

A name that is a table's (`organisation`, `figure`, `event`) needs nothing here. Any other needs one line: in `TABLES`
when it is a row's public identifier under another name, in `WORDS` when it is something else.
"""

from collections.abc import Callable
from uuid import UUID

from django.apps import apps
from django.db.models import Model

from moussem.accounts.domain.links import link_address
from moussem.accounts.models import Link
from moussem.core.models import Publishable
from moussem.mail.domain.stops import stop_address
from moussem.mail.models import Message
from tests.doors.rows import Graph, tenant_models

# Names of public identifiers that are not their table's name. A bare `public_id` or `key` takes the route's own line.
TABLES = {
    "user": "accounts.User",
    "grant": "accounts.RoleGrant",
    "match": "directory.OrganisationMatch",
}
# (route name, kwarg) where one name means different tables on different routes.
BY_ROUTE: dict[tuple[str, str], str] = {
    ("projects_desk:projects-confirm", "passage"): "projects.Passage",
    ("projects_desk:projects-refuse", "passage"): "projects.Passage",
}
# What is no identifier: how the example is read from the rows.
WORDS: dict[str, Callable[[Graph], str]] = {
    "address": lambda graph: link_address(graph.row(Link)),
    "uidb36": lambda graph: "1",
    "pk": lambda graph: "1",
    "rest": lambda graph: "nothing/here",
}
# (route name, kwarg) of words that are one thing here and another there.
WORDS_BY_ROUTE: dict[tuple[str, str], Callable[[Graph], str]] = {
    ("account_confirm_email", "key"): lambda graph: "unknown",
    ("mail:stop", "address"): lambda graph: stop_address(graph.row(Message)).strip("/").rpartition("/")[2],
    ("account_reset_password_from_key", "key"): lambda graph: "unknown",
    ("demo:tables-page", "table"): lambda graph: "oujda",
}
UNKNOWN = UUID("01890000-0000-7000-8000-00000000dead")


class NoExample(LookupError):
    """An address takes something that no example names."""


def table_of(route: str, name: str) -> type[Model] | None:
    """The table whose row's public identifier stands there; None where it is no row's."""
    if (route, name) in WORDS_BY_ROUTE or name in WORDS:
        return None
    label = BY_ROUTE.get((route, name)) or TABLES.get(name)
    if label:
        return apps.get_model(label)
    found = [m for m in tenant_models() if m._meta.model_name == name.replace("_", "").removesuffix("key")]
    if len(found) != 1:
        raise NoExample(
            f"The address of {route!r} takes {name!r}. Name its table in TABLES or BY_ROUTE, or its text in WORDS, "
            "of tests/doors/examples.py."
        )
    return found[0]


def example(route: str, name: str, graph: Graph) -> str:
    """What stands there when the row is of this graph."""
    if read := WORDS_BY_ROUTE.get((route, name)) or WORDS.get(name):
        return read(graph)
    return str(graph.row(table_of(route, name)).public_id)


def can_be_public(route: str, names: list[str]) -> bool:
    """Whether one of the rows an address names may be published."""
    tables = [table_of(route, name) for name in names]
    return any(table is not None and issubclass(table, Publishable) for table in tables)
