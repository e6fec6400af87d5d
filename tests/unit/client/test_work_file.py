from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhengpin.v1 import listing_pb2, supplier_fact_pb2, supplier_pb2
from zhengpin_client.importing.job import Input, Job, read
from zhengpin_client.importing.native import native_records
from zhengpin_client.importing.rows import Problem, Row
from zhengpin_client.importing.sources import Source
from zhengpin_client.importing.work_file import WorkFile


@pytest.fixture
def work(tmp_path: Path) -> Iterator[WorkFile]:
    file = WorkFile(tmp_path / "state" / "work.sqlite")
    yield file
    file.close()


def a_supplier(name: str, *shops: str, country: str = "") -> supplier_pb2.Supplier:
    return supplier_pb2.Supplier(
        supplier_id="s-1", name=name, country=country, shops=[supplier_pb2.Shop(shop_id=shop) for shop in shops]
    )


def test_rows_of_one_supplier_make_one_record_the_last_wins_and_shops_are_united(work: WorkFile) -> None:
    work.begin_reading()
    work.add(Row("a.csv", 2, {}), [a_supplier("Old", "x", "y", country="CN")])
    work.add(Row("a.csv", 3, {}), [a_supplier("New", "y", "z")])
    work.end_reading()

    [(_, merged)] = work.to_send("supplier")

    assert isinstance(merged, supplier_pb2.Supplier)
    assert (merged.name, merged.country) == ("New", "CN")
    assert [shop.shop_id for shop in merged.shops] == ["x", "y", "z"]


def test_the_last_row_of_a_listing_wins_and_rows_without_an_id_stand_alone(work: WorkFile) -> None:
    work.begin_reading()
    for line, (name, title) in enumerate(
        [("l-1", "old"), ("", "no id"), ("l-1", "new"), ("", "no id either")], start=2
    ):
        work.add(Row("a.csv", line, {}), [listing_pb2.Listing(listing_id=name, title=title)])
    work.end_reading()

    titles = [record.title for _, record in work.to_send("listing") if isinstance(record, listing_pb2.Listing)]

    assert titles == ["new", "no id", "no id either"]


def test_no_revision_of_a_fact_takes_the_place_of_another(work: WorkFile) -> None:
    work.begin_reading()
    for line, revision in enumerate((2, 1, 2)):
        fact = supplier_fact_pb2.SupplierFact(fact_id="f", revision=revision, withdrawn=line == 2)
        work.add(Row("a.jsonl", line, {}), [fact])
    work.end_reading()

    told = [
        (f.revision, f.withdrawn)
        for _, f in work.to_send("supplier_fact")
        if isinstance(f, supplier_fact_pb2.SupplierFact)
    ]

    assert told == [(2, True), (1, False)]


def test_what_the_server_refused_is_kept_with_its_row(work: WorkFile) -> None:
    work.begin_reading()
    work.add(Row("a.csv", 7, {"id": "l-1"}), [listing_pb2.Listing(listing_id="l-1")])
    work.end_reading()
    [(number, _)] = work.to_send("listing")

    work.answered("stored", {number: (Problem("title", "must not be empty"),)})

    [bad] = work.bad_rows()
    assert str(bad) == "a.csv:7: title: must not be empty"
    assert (bad.kind, bad.id, bad.original) == ("listing", "l-1", {"id": "l-1"})
    assert list(work.to_send("listing")) == []
    assert work.counts() == {"listing": {"read": 1, "stored": 0, "refused": 1, "screened": 0}}


def test_a_reading_that_was_broken_off_leaves_nothing(work: WorkFile, tmp_path: Path) -> None:
    work.begin_reading()
    work.add(Row("a.csv", 2, {}), [a_supplier("Half")])
    work.close()

    again = WorkFile(tmp_path / "state" / "work.sqlite")

    assert not again.all_read
    assert again.counts() == {}
    again.close()


def test_native_lines_are_read_and_each_bad_one_is_named(work: WorkFile, tmp_path: Path) -> None:
    file = tmp_path / "shop.jsonl"
    lines = [
        json.dumps({"listing": {"listing_id": "l-1", "title": "A"}}),
        '{"listing": {"listing_id": "l-2", "titel": "B"}}',
        '{"listng": {}}',
        "{broken",
        "[1]",
        '{"listing": {"listing_id": "l-3", "units_per_pack": "many"}}',
        "{}",
        json.dumps({"supplier": {"supplier_id": "s-1"}}),
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    job = Job((Input(Source(file, "jsonl"), lambda row: native_records(row, None)),))

    progress: list[tuple[int, int]] = []
    read(job, work, lambda *told: progress.append(told))

    assert [str(bad) for bad in work.bad_rows()] == [
        "shop.jsonl:2: listing.titel: there is no such field: did you mean 'title'?",
        (
            "shop.jsonl:3: 'listng' is no kind of record: did you mean 'listing'? "
            "(or give --kind if each line is one message)"
        ),
        (
            "shop.jsonl:4: not JSON (Expecting property name enclosed in double quotes: line 1 column 2 (char 1)): "
            "write one JSON object on each line"
        ),
        "shop.jsonl:5: not a JSON object: write one {…} on each line",
        "shop.jsonl:6: listing.units_per_pack: invalid literal for int() with base 10: 'many'",
        (
            "shop.jsonl:7: an empty object: name one of supplier, supplier_fact, brand, authorisation, image, listing, "
            "price, order_event, outcome, list_entry, voter, vote"
        ),
    ]
    assert progress[-1] == (file.stat().st_size, file.stat().st_size)
    assert {kind: counts["read"] for kind, counts in work.counts().items()} == {"supplier": 1, "listing": 1}
