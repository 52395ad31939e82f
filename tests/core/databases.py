"""The test database for other processes: PostgreSQL's own, or a SQLite file in the place of the one in memory."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection


@contextmanager
def shared_database() -> Iterator[str]:
    """The address of a database that this process's connection and others share."""
    known = connection.settings_dict
    if connection.vendor != "sqlite":
        yield f"postgresql://{known['USER']}@{quote(known['HOST'], safe='')}/{known['NAME']}"
        return
    path, name = Path(tempfile.mkdtemp(dir=settings.VAR)) / "shared.sqlite3", known["NAME"]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    connection.close()
    known["NAME"] = str(path)
    try:
        yield f"sqlite:///{path}"
    finally:
        connection.close()
        known["NAME"] = name
