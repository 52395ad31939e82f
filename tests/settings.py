"""The product's settings with a folder of their own for each run of the tests. Nothing else is loosened, but that a
password is hashed in a millisecond: by the same function, with less of its memory.

The folder is in memory where there is room: processes are killed by the tests, never the machine, and a disk that
others use too would make the tests wait for it at each commit.

The database is chosen by `MOUSSEM_DATABASE_URL`: SQLite in that folder, or the private PostgreSQL of
`tools/with-postgres`.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_memory = Path("/dev/shm")
_has_room = _memory.is_dir() and shutil.disk_usage(_memory).free > 2_000_000_000
_folder = tempfile.mkdtemp(prefix="moussem-tests-", dir=_memory if _has_room else None)
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("MOUSSEM_") and name != "MOUSSEM_DATABASE_URL"]:
    del os.environ[_name]
os.environ["MOUSSEM_VAR"] = _folder

from moussem.config.settings import *  # noqa: E402, F403

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as in an installation: threads and live servers then meet the real locks.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(_folder, "test.sqlite3")}  # noqa: F405

PASSWORD_HASHERS = ["tests.hashing.QuickArgon2"]

# The live server of the tests wants plain files: the manifest is made by `collectstatic`.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir()  # noqa: F405
