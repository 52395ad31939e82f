"""What the demonstration adds to the pages of lower rooms: the way to the tables beside the documents."""

from typing import Any

from moussem.core.actor import Actor
from moussem.core.panels import Panel, register
from moussem.demo.domain.queries.tables import season_is_among, table_lines

TABLES = "demo/pieces/tables_panel.html"


def _tables(actor: Actor, listed: Any) -> dict[str, Any] | None:
    """How many rows were loaded and refused; nothing where the season is not among the documents."""
    if not season_is_among(row.document for row in listed.texts):
        return None
    lines = table_lines()
    return {"loaded": sum(one.loaded for one in lines), "refused": sum(one.refused for one in lines)}


register(Panel("evidence.documents", TABLES, _tables, order=10))
