"""The content-addressed store: bytes in, a row out; bytes leave only as an attachment through their owner's view."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from moussem.core.models import StoredFile

CHUNK = 1024 * 1024
# What a browser would run: kept and handed out as mere bytes.
ACTIVE_TYPES = ("html", "svg", "xml", "javascript", "ecmascript", "mathml")


class FileTooLarge(ValueError):
    """The stream holds more bytes than the store takes; `limit` is the most it takes, included."""

    def __init__(self, limit: int) -> None:
        """Keep the limit and say it."""
        super().__init__(_("The file is larger than %(limit)s MB.") % {"limit": limit // 1_000_000})
        self.limit = limit


def store(stream: BinaryIO, media_type: str, *, limit: int | None = None) -> StoredFile:
    """Keep the stream's bytes under their SHA-256, once however often they come; raises `FileTooLarge` above `limit`
    bytes (None: the setting `FILE_LIMIT`).

    The bytes are on the disk under their final name before the row is written, so that a row never points to half
    a file.
    """
    most = settings.FILE_LIMIT if limit is None else limit
    incoming = settings.FILES / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=incoming)
    try:
        with os.fdopen(descriptor, "wb") as file:
            digest, size = _copy(stream, file, most)
        _keep(Path(name), digest)
    finally:
        Path(name).unlink(missing_ok=True)
    stored, _created = StoredFile.objects.get_or_create(
        sha256=digest, defaults={"size": size, "media_type": media_type[:100]}
    )
    return stored


def path_of(stored: StoredFile) -> Path:
    """Where the bytes lie."""
    return Path(settings.FILES) / stored.sha256[:2] / stored.sha256


def serve(stored: StoredFile, filename: str) -> FileResponse:
    """The file as an attachment called `filename`, never shown inside our pages; 404 where the bytes are gone."""
    try:
        file = path_of(stored).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    active = any(word in stored.media_type.lower() for word in ACTIVE_TYPES)
    response = FileResponse(
        file,
        as_attachment=True,
        filename=filename,
        content_type="application/octet-stream" if active else stored.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _copy(stream: BinaryIO, file: BinaryIO, most: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > most:
            raise FileTooLarge(most)
        digest.update(chunk)
        file.write(chunk)
    file.flush()
    os.fsync(file.fileno())
    return digest.hexdigest(), size


def _keep(arrived: Path, digest: str) -> None:
    folder = Path(settings.FILES) / digest[:2]
    folder.mkdir(parents=True, exist_ok=True)
    os.replace(arrived, folder / digest)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
