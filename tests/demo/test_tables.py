"""The tables as data: every row of the reference material is there, mapped by one documented mapping."""

import csv
from collections import Counter
from decimal import Decimal

import pytest
from django.utils.translation import gettext, override

from moussem.demo.domain.mapping import FACT_TABLES, kind_of, measure_of, refusals
from moussem.demo.domain.reading import listed, mapping, table, texts
from moussem.demo.domain.words import WORDS
from moussem.evidence.enums import AddressKind, Kind


@pytest.mark.parametrize(
    ("nature", "perimeter", "kind"),
    [
        ("planned", "", Kind.PLANNED),
        ("target", "", Kind.PLANNED),
        ("tendered", "", Kind.PLANNED),
        ("announced", "", Kind.ANNOUNCED),
        ("contracted", "", Kind.CONTRACTED),
        ("reported", "", Kind.REPORTED),
        ("rule", "", Kind.REPORTED),
        ("observed", "", Kind.REPORTED),
        ("observed", "FMES", Kind.REPORTED),
        ("observed", "CRI Oriental", Kind.REPORTED),
        ("observed", "Office des changes, old series", Kind.OBSERVED),
        ("observed", "old series", Kind.OBSERVED),
        ("observed", "Kearney GSLI", Kind.OBSERVED),
        ("started", "", None),
        ("signed", "", None),
    ],
)
def test_the_words_of_the_tables_become_kinds_by_the_mapping(nature, perimeter, kind):
    assert kind_of({"nature": nature, "perimeter": perimeter}) is kind


def test_a_park_owners_observed_jobs_are_only_reported():
    row = next(row for row in table("parks") if row["row"] == "parks-17")
    assert (row["nature"], kind_of(row)) == ("observed", Kind.REPORTED)


def test_people_at_work_in_the_parks_table_are_employees_and_not_jobs():
    assert measure_of("jobs", "people") == "employees"
    assert measure_of("jobs", "jobs") == "jobs"


def test_every_nature_in_the_tables_is_mapped_with_its_reason():
    rules = mapping()["nature"]
    natures = {row["nature"] for name in FACT_TABLES for row in table(name)}
    assert natures <= rules.keys()
    assert all({"fr", "en"} <= rule["reason"].keys() for rule in rules.values())


def test_words_that_limit_a_number_became_bounds():
    bounds = {row["row"]: row["bound"] for name in FACT_TABLES for row in table(name)}
    assert bounds["parks-13"] == "over"
    assert bounds["parks-12"] == bounds["parks-34"] == bounds["parks-61"] == "about"
    assert bounds["indicators-55"] == bounds["indicators-04"] == "over"
    assert (bounds["oujda-04"], bounds["oujda-32"]) == ("over", "at_most")
    assert bounds["incentives-33"] == bounds["incentives-34"] == "at_least"


def test_every_refused_row_says_why_in_both_languages_and_names_what_is_there_already():
    refused = list(refusals())
    facts = {row["row"] for name in (*FACT_TABLES, "announced_vs_observed") for row in table(name)}
    assert len(refused) == 25
    assert all({"fr", "en"} <= refusal.reason.keys() and refusal.already for refusal in refused)
    assert {refusal.row for refusal in refused} <= facts
    assert max(Counter(refusal.row for refusal in refused).values()) == 1


def test_the_twelve_hundred_jobs_of_oujda_shore_are_the_target_of_the_park():
    refusal = next(refusal for refusal in refusals() if refusal.row == "parks-46")
    assert refusal.already == "oujda-01"
    assert "planifiés" in refusal.reason["fr"]
    row = next(row for row in table("oujda") if row["row"] == "oujda-01")
    assert (kind_of(row), row["value"], row["bound"]) == (Kind.PLANNED, "1200", "equal")


def test_only_a_publishers_address_is_a_link():
    for row in table("sources"):
        if "usercontent.dev" in row["address"] or "arc-cdn" in row["address"] or "/forums/" in row["address"]:
            assert row["address_kind"] == AddressKind.STORED_COPY, row
        if "maghress.com" in row["address"]:
            assert (row["address_kind"], row["carried_by"]) == (AddressKind.AGGREGATOR, "Maghress"), row
        if not row["address"]:
            assert row["address_kind"] == AddressKind.NONE, row


def test_every_row_names_a_source_that_is_listed():
    known = {row["key"] for row in table("sources")} | {f"text-{number:03}" for number in range(5)}
    for name in FACT_TABLES:
        for row in table(name):
            assert set() < set(listed(row["source"])) <= known, row


def test_the_notes_are_ours_and_in_both_languages():
    for name in FACT_TABLES:
        for row in table(name):
            assert bool(row["note_fr"]) == bool(row["note_en"]), row
            assert '"' not in row["note_fr"] + row["note_en"], row


@pytest.mark.shared
@pytest.mark.parametrize("name", ["regions", "parks", "organisations", "indicators", "oujda", "incentives"])
def test_no_row_of_the_reference_material_is_missing(name, shared):
    with (shared / "domain" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ours = [row for row in table(name) if row.get("row", "").startswith(name) or name not in row.get("row", name)]
    ours = [row for row in ours if not row["row"].startswith("named")]
    assert len(ours) == len(rows)
    for row, mine in zip(rows, ours, strict=True):
        check_row(name, row, mine)


SCALE = {"bn MAD": 10**9, "M MAD": 10**6, "M EUR": 10**6}


def check_row(name, row, mine):
    if name in ("parks", "indicators", "oujda", "incentives") and mine["unit"] not in ("", "date", "text"):
        stated = row["value"].split(" to ")[0]
        assert Decimal(stated) * SCALE.get(row["unit"], 1) == Decimal(mine["value"]), mine
    if name == "oujda":
        assert (row["kind"], row["stated_on"]) == (mine["nature"], mine["stated_on"])
    if name in ("parks", "indicators"):
        assert row["nature"] == mine["nature"]
    if name in ("regions", "organisations"):
        assert row.get("name_fr", row.get("name")) == mine.get("name_fr", mine.get("name"))


@pytest.mark.shared
def test_the_pairs_of_announced_and_later_jobs_are_those_of_the_reference_material(shared):
    with (shared / "domain" / "announced_vs_observed.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    values = {row["row"]: row["value"] for name in FACT_TABLES for row in table(name)}
    for row, mine in zip(rows, table("announced_vs_observed"), strict=True):
        assert values[mine["announced"]] == row["announced_jobs"]
        assert (values[mine["later"]] if mine["later"] else "") == row["observed_jobs"]
        assert mine["share_pct"] == row["share_pct"]


def test_every_perimeter_and_teller_can_be_said_in_french():
    rows = [row for name in FACT_TABLES for row in table(name) if not row["same_as"]]
    said = {row.get("perimeter") or row.get("parameter_en", "") for row in rows if row["unit"]}
    said |= {row.get("stated_by_words", "") for row in rows}
    for text in texts():
        said |= {figure.get("perimeter", "") for figure in text.get("figure", ())}
        said |= {fact["stated_by"].get("words", "") for fact in text.get("statement", ())}
    assert said - {""} == WORDS
    with override("fr"):
        assert gettext("employing sectors in Fès") == "secteurs employeurs à Fès"
