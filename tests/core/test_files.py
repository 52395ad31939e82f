"""The store of files: once by content, never half, never shown as a page."""

import io

import pytest
from django.http import Http404

from moussem.core.files import FileTooLarge, path_of, serve, store
from moussem.core.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES = tmp_path / "files"
    return settings.FILES


def test_the_same_bytes_are_kept_once(folder):
    one = store(io.BytesIO(b"programme"), "application/pdf")
    other = store(io.BytesIO(b"programme"), "application/pdf")
    assert one.pk == other.pk
    assert path_of(one).read_bytes() == b"programme"
    assert [path for path in folder.rglob("*") if path.is_file()] == [path_of(one)]


def test_a_file_of_exactly_the_limit_is_taken_and_one_byte_more_is_not(folder):
    assert store(io.BytesIO(b"x" * 10), "text/plain", limit=10).size == 10
    with pytest.raises(FileTooLarge):
        store(io.BytesIO(b"y" * 11), "text/plain", limit=10)
    assert StoredFile.objects.count() == 1
    assert not list((folder / "incoming").iterdir())


def test_a_stream_that_breaks_leaves_neither_file_nor_row(folder):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise OSError("the line was cut")

    with pytest.raises(OSError, match="cut"):
        store(Broken(), "text/plain")
    assert not StoredFile.objects.exists()
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_leaves_as_an_attachment_in_a_sandbox():
    response = serve(store(io.BytesIO(b"programme"), "application/pdf"), "programme d’été.pdf")
    assert b"".join(response) == b"programme"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    response.close()


@pytest.mark.parametrize(
    "media_type", ["text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "text/javascript", "TEXT/HTML"]
)
def test_what_a_browser_would_run_leaves_as_mere_bytes(media_type):
    response = serve(store(io.BytesIO(media_type.encode()), media_type), "page.html")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment;")
    response.close()


def test_bytes_that_are_gone_are_a_404():
    stored = store(io.BytesIO(b"programme"), "application/pdf")
    path_of(stored).unlink()
    with pytest.raises(Http404):
        serve(stored, "programme.pdf")
