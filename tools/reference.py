"""Write the pages of the reference that are made from the code; with `--check`, only compare.

docs/reference/openapi.json is the description of the API, docs/reference/routes.md the table of every address,
docs/reference/tables.md how the words of the season's tables were read and which of their rows are not loaded.
"""

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "reference"
ROUTES = """# Routes

Every address, whom it is for, and the permission that opens it; made from the code by `make docs`. A view that
declares no permission keeps the product from starting. What an actor sees behind an open door is decided row by row:
a foreign row answers like one that does not exist.

| address | methods | audience | permission | name |
|---|---|---|---|---|
"""


TABLES = """# From the tables to the records

How the words of the season's tables became kinds, how many rows were loaded, and every row that was not, with the
reason; made from `demo/mapping.toml` and `demo/tables/` by `make docs`. The public page `/en/tables/` shows the same.

## How the words were read

| word of the table | where | becomes | why |
|---|---|---|---|
"""


def openapi() -> str:
    """The API's description, as it is served."""
    from moussem.api.urls import api

    return json.dumps(api.get_openapi_schema(), indent=1, sort_keys=True, ensure_ascii=False, default=str) + "\n"


def routes() -> str:
    """The table of routes, in the order of addresses."""
    from moussem.core.routes import routes as all_routes

    rows = [
        (
            f"`/{route.pattern}`".replace("|", r"\|"),
            ", ".join(route.methods),
            route.audience,
            route.permission,
            route.name,
        )
        for route in all_routes()
    ]
    return ROUTES + _rows(rows)


def tables() -> str:
    """The mapping of the tables' words, each table's counts, and every refused row."""
    from moussem.demo.domain.mapping import refusals
    from moussem.demo.domain.queries.tables import rules, table_lines

    lines = table_lines()
    mapping = [(f"`{rule.word}`", rule.where or "–", rule.kind or rule.becomes, rule.reason) for rule in rules()]
    counts = [(f"`{one.code}.csv`", one.rows, one.loaded, one.refused) for one in lines]
    total = ("all", *(sum(getattr(one, name) for one in lines) for name in ("rows", "loaded", "refused")))
    refused = [(f"`{one.row}`", one.reason["en"], f"`{one.already}`") for one in refusals()]
    return (
        TABLES
        + _rows(mapping)
        + "\n## Rows loaded and refused\n\n| table | rows | loaded | refused |\n|---|---|---|---|\n"
        + _rows([*counts, total])
        + "\n## Refused rows\n\nNo fact is lost: each is loaded already, under the key of the last column. The rows of"
        + "\n`announced_vs_observed.csv` pair figures and hold no fact of their own.\n\n"
        + "| row | reason | loaded already |\n|---|---|---|\n"
        + _rows(refused)
    )


def _rows(rows: Sequence[Sequence[object]]) -> str:
    return "".join("| " + " | ".join(str(cell) for cell in row) + " |\n" for row in rows)


PAGES: dict[str, Callable[[], str]] = {"openapi.json": openapi, "routes.md": routes, "tables.md": tables}


def main(arguments: list[str]) -> int:
    """Write each page, or say which ones do not fit the code (exit code 1)."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    sys.path.insert(0, str(REFERENCE.parents[1]))
    import django
    from django.utils import translation

    django.setup()
    with translation.override("en"):
        pages = {REFERENCE / name: make() for name, make in PAGES.items()}
    if "--check" not in arguments:
        for path, text in pages.items():
            path.write_text(text, encoding="utf-8")
        return 0
    stale = [path.name for path, text in pages.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for name in stale:
        print(f"docs/reference/{name} does not fit the code: make docs")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
