"""The command that loads the demonstration."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from moussem.demo.domain.reading import texts
from moussem.evidence.models import Document, Figure

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def test_the_demonstration_loads_once():
    assert "189" in run()
    figures = set(Figure.objects.values_list("pk", flat=True))
    assert "189" not in run()
    assert set(Figure.objects.values_list("pk", flat=True)) == figures


def test_the_refused_rows_are_listed_with_their_reasons():
    rows = json.loads(run("--refused"))
    assert len(rows) == 25
    assert all(row["reason"]["fr"] and row["reason"]["en"] for row in rows)


@pytest.mark.shared
def test_the_full_texts_are_kept_where_they_are_at_hand(shared):
    run("--articles", str(shared / "seeds"))
    kept = Document.objects.exclude(full_text="")
    assert kept.count() == 5
    for citation in (citation for document in kept for citation in document.citations.all()):
        assert citation.document.full_text[citation.start : citation.end] == citation.quote
    assert "0" in run("--articles", str(shared / "seeds"))


def test_another_text_under_the_same_name_is_refused_and_nothing_is_kept(tmp_path):
    (tmp_path / texts()[3]["document"]["file"]).write_text("Un autre texte.", encoding="utf-8")
    with pytest.raises(CommandError):
        run("--articles", str(tmp_path))
    assert not Document.objects.exclude(full_text="").exists()


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="nowhere"):
        run("--articles", str(tmp_path / "nowhere"))
