"""Writing a simulated marketplace: files that hold what they are named for, in both forms."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from markets import a_market
from zhengpin.__main__ import app
from zhengpin.domain.vote import Purchase
from zhengpin.simulation.suppliers.circles import Circle
from zhengpin.simulation.votes.records import truth_record, vote_record, voter_record
from zhengpin.simulation.write import PARTS, JsonLines, write_market

run = CliRunner()
AT = ["--listings", "60", "--now", "2026-03-01T12:00Z"]


def test_each_part_holds_what_it_is_named_for(tmp_path: Path) -> None:
    progress: list[int] = []
    written = write_market(a_market(510), JsonLines(tmp_path), progress.append)
    lines = {part: (tmp_path / f"{part}.jsonl").read_text("utf-8").splitlines() for part in PARTS}
    found = {part: Counter(next(iter(json.loads(line))) for line in told) for part, told in lines.items()}
    assert set(found["parties"]) == {"supplier", "brand", "authorisation", "image"}
    assert set(found["history"]) == {"listing", "order_event"}
    assert found["listings"] == {"listing": 510}
    assert set(found["trade"]) <= {"price", "order_event", "outcome", "list_entry"}
    assert found["truth"]["truth"] == 510
    assert set(found["supplier_facts"]) == {"supplier_fact"}
    assert found["suppliers_truth"] == {"supplier_truth": written.suppliers}
    assert written.circles[Circle.WAREHOUSE] == 40
    assert set(found["votes"]) == {"voter", "vote"}
    assert found["votes_truth"] == {"vote_truth": found["votes"]["vote"]}
    assert found["votes"]["vote"] == written.stories.total()
    assert sum(found.values(), Counter()) == written.records
    assert progress == [500, 510]


def test_parquet_holds_the_same_records(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    from zhengpin.simulation.parquet import ParquetFiles  # noqa: PLC0415 - needs pyarrow

    market = a_market(200, fakes=0.3)
    written = write_market(market, ParquetFiles(tmp_path))
    rows = {each.stem: parquet.read_table(each).to_pylist() for each in tmp_path.iterdir()}
    counts: Counter[str] = Counter()
    for name, found in rows.items():
        counts[name.removeprefix("history-")] += len(found)
    assert counts == written.records
    first = market.offer(0).listing
    listing = next(row for row in rows["listing"] if row["listing_id"] == first["listingId"])
    assert listing["title"] == first["title"]
    assert str(listing["offer"]["single_price"]["units"]) == first["offer"]["singlePrice"]["units"]
    assert f"{listing['created_at']:%Y-%m-%dT%H:%M:%SZ}" == first["createdAt"]
    assert [str(image["phash"]) for image in listing["images"]] == [image["phash"] for image in first["images"]]


def test_no_field_of_a_record_is_lost_in_parquet() -> None:
    pytest.importorskip("pyarrow")
    from zhengpin.simulation.parquet_columns import SCHEMAS  # noqa: PLC0415 - needs pyarrow

    market = a_market(500, fakes=0.3)
    records = [*market.parties(), *market.links(), *market.supplier_facts(), *market.supplier_truths()]
    for ballot in market.ballots():
        receipt = replace(ballot.vote, purchase=Purchase("o-1", "a receipt"))
        records += [voter_record(ballot.voter), vote_record(receipt), truth_record(ballot)]
    for offer in market.offers():
        records += [{"listing": offer.listing}, {"truth": offer.truth}, *offer.trade(), *offer.history()]
    for record in records:
        for kind, fields in record.items():
            columns = {name.replace("_", "").lower() for name in SCHEMAS[kind].names}
            assert {name.lower() for name in fields} <= columns


def test_the_command_prints_every_kind_with_its_share(tmp_path: Path) -> None:
    ran = run.invoke(app, ["simulate", "--out", str(tmp_path), *AT, "--fakes", "0.5"])
    assert ran.exit_code == 0, ran.output
    assert "official-store" in ran.stdout
    assert "all fakes" in ran.stdout
    assert "acquaintances" in ran.stdout
    assert "warehouse" in ran.stdout


def test_the_command_answers_programs_too(tmp_path: Path) -> None:
    ran = run.invoke(app, ["simulate", "--out", str(tmp_path), *AT, "--json"])
    answer = json.loads(ran.stdout)
    assert answer["listings"] == 60
    assert sum(kind["listings"] for kind in answer["kinds"].values()) == 60
    assert answer["records"]["listing"] >= 60
    assert answer["suppliers"]["warehouse"] == {"together": False, "suppliers": 40, "looks_like": "ring"}
    assert sum(story["votes"] for story in answer["votes"].values()) == answer["records"]["vote"] > 0


def test_the_same_command_writes_the_same_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        run.invoke(app, ["simulate", "--out", str(tmp_path / name), *AT])
    for part in PARTS:
        assert (tmp_path / "one" / f"{part}.jsonl").read_bytes() == (tmp_path / "two" / f"{part}.jsonl").read_bytes()


def test_a_folder_that_holds_anything_is_written_over_only_if_told_so(tmp_path: Path) -> None:
    (tmp_path / "votes.jsonl").write_text("precious", "utf-8")
    command = ["simulate", "--out", str(tmp_path), "--listings", "1"]
    refused = str(run.invoke(app, command).exception)
    assert refused == (
        f"--out: {tmp_path} is not empty: it holds votes.jsonl: "
        "name another folder, or write over what is there with --overwrite"
    )
    assert (tmp_path / "votes.jsonl").read_text("utf-8") == "precious"
    assert run.invoke(app, [*command, "--overwrite"]).exit_code == 0
    assert (tmp_path / "votes.jsonl").read_text("utf-8") != "precious"


def test_a_file_is_no_folder_to_write_to(tmp_path: Path) -> None:
    (tmp_path / "market").touch()
    refused = str(run.invoke(app, ["simulate", "--out", str(tmp_path / "market")]).exception)
    assert refused == f"--out: {tmp_path / 'market'} is a file: name a folder"


def test_parquet_without_pyarrow_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "zhengpin.simulation.parquet", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    ran = run.invoke(app, ["simulate", "--out", str(tmp_path), *AT, "--form", "parquet"])
    assert "pip install 'zhengpin[parquet]'" in str(ran.exception)


def test_a_time_that_is_none_is_refused(tmp_path: Path) -> None:
    ran = run.invoke(app, ["simulate", "--out", str(tmp_path), "--now", "yesterday"])
    assert "--now: 'yesterday' is no time: write it as 2026-03-01T12:00Z" in str(ran.exception)
