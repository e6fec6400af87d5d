from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from google.rpc import code_pb2

from client_runs import Run
from fake_zhengpin import FakeZhengpin, a_status, violations

MAPPING = """
[settings]
currency = "CNY"
[supplier]
supplier_id = "seller"
[[supplier.shops]]
shop_id = "shop"
[listing]
listing_id = "id"
supplier_id = "seller"
shop_id = "shop"
title = "name"
[listing.offer]
single_price = "price"
"""


def a_shop(folder: Path, rows: Iterable[str]) -> tuple[Path, Path]:
    """A CSV file and its mapping."""
    mapping, file = folder / "shop.toml", folder / "shop.csv"
    mapping.write_text(MAPPING, encoding="utf-8")
    file.write_text("\n".join(["id,seller,shop,name,price", *rows]) + "\n", encoding="utf-8")
    return file, mapping


def good_rows(count: int) -> list[str]:
    return [f"l-{number},s-{number % 3},shop-{number % 5},Kettle,{100 + number}" for number in range(count)]


def test_every_good_row_arrives_and_every_bad_one_is_told_with_its_line(
    run: Run, fake: FakeZhengpin, tmp_path: Path
) -> None:
    rows = [*good_rows(4), "l-4,s-1,shop-1,Kettle,cheap", "l-5,s-1,shop-1", "l-6,s-1,shop-1,,5"]
    file, mapping = a_shop(tmp_path, rows)
    fake.refuse["l-6"] = violations({"title": "must not be empty"})

    outcome = run("import", file, "--mapping", mapping, "--json")

    assert outcome.code == 1
    summary = json.loads(outcome.out)
    assert (summary["rows"], summary["rejected_rows"], summary["unreadable_rows"]) == (5, 3, 2)
    assert summary["records"]["listing"] == {"read": 5, "stored": 4, "refused": 1, "screened": 0}
    assert sorted(fake.stored["listing_id"]) == ["l-0", "l-1", "l-2", "l-3"]
    rejected = [json.loads(line) for line in (tmp_path / "shop.csv.rejected.jsonl").read_text("utf-8").splitlines()]
    assert [(each["line"], each["problems"]) for each in rejected] == [
        (6, [{"field": "listing.offer.single_price", "wrong": "'cheap' is not a number with the decimal mark '.'"}]),
        (
            7,
            [
                {
                    "field": "",
                    "wrong": "3 cells where the header has 5: "
                    "is a ',' or a line break inside a text that isn't quoted?",
                }
            ],
        ),
        (8, [{"field": "title", "wrong": "must not be empty"}]),
    ]
    assert rejected[0]["original"]["id"] == "l-4"
    assert rejected[1]["original"] == "l-5,s-1,shop-1"


def test_bad_rows_are_printed_as_a_compiler_would(run: Run, fake: FakeZhengpin, tmp_path: Path) -> None:
    file, mapping = a_shop(tmp_path, ["l-1,s-1,shop-1,Kettle,cheap", "l-2,s-1,shop-1,Kettle,5"])
    fake.refuse["l-2"] = violations({"supplier_id": "is not known: tell of it with UpsertSuppliers first"})

    outcome = run("import", file, "--mapping", mapping)

    assert "shop.csv:3: supplier_id: is not known: tell of it with `zhengpin import --kind supplier`" in outcome.err
    assert "shop.csv:2: listing.offer.single_price: 'cheap' is not a number" in outcome.err
    assert f"2 rejected: {file}.rejected.jsonl" in outcome.err


def test_rows_that_cannot_be_read_are_counted_and_more_than_ten_errors_are_told_with_their_file(
    run: Run, fake: FakeZhengpin, tmp_path: Path
) -> None:
    file, mapping = a_shop(tmp_path, [*good_rows(3), *(f"b-{number},s-1,shop-1,Kettle,cheap" for number in range(13))])
    fake.refuse["l-0"] = fake.refuse["l-1"] = violations({"title": "must not be empty"})

    outcome = run("import", file, "--mapping", mapping)

    assert "unreadable rows: 13" in outcome.out
    assert outcome.err.count("shop.csv:") == 10
    assert "… and 5 more in shop.csv.rejected.jsonl\n15 rejected: " in outcome.err


def test_a_listing_that_could_not_be_screened_was_readable(run: Run, fake: FakeZhengpin, tmp_path: Path) -> None:
    file, mapping = a_shop(tmp_path, good_rows(3))

    def refuse_to_screen(method: str) -> None:
        if method == "BatchScreenListings":
            fake.refuse["l-0"] = violations({"listing_id": "is being changed"})

    fake.before = refuse_to_screen
    summary = json.loads(run("import", file, "--mapping", mapping, "--screen", "--json").out)

    assert summary["decisions"] == {"REFUSED": 1, "DECISION_ALLOW": 2}
    assert (summary["rejected_rows"], summary["unreadable_rows"]) == (1, 0)


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_a_file_without_rows_is_named(run: Run, fake: FakeZhengpin, tmp_path: Path, content: str) -> None:
    empty, full = tmp_path / "empty.jsonl", tmp_path / "full.jsonl"
    empty.write_text(content, "utf-8")
    full.write_text('{"supplier": {"supplier_id": "s-1"}}\n', "utf-8")

    alone, beside = run("import", empty), run("import", empty, full)

    assert (alone.code, alone.out, alone.err) == (0, "", "no rows in empty.jsonl\n")
    assert beside.err == "no rows in empty.jsonl\n"
    assert "supplier" in beside.out
    assert fake.stored["supplier_id"].keys() == {"s-1"}


def test_a_table_of_a_header_alone_has_no_rows(run: Run, tmp_path: Path) -> None:
    file, mapping = a_shop(tmp_path, [])

    assert run("import", file, "--mapping", mapping).err == "no rows in shop.csv\n"


def test_suppliers_arrive_before_listings_with_the_shops_of_all_their_rows(
    run: Run, fake: FakeZhengpin, tmp_path: Path
) -> None:
    file, mapping = a_shop(tmp_path, good_rows(15))

    assert run("import", file, "--mapping", mapping).code == 0

    assert [method for method, _, _ in fake.calls] == ["UpsertSuppliers", "UpsertListings"]
    shops = [shop.shop_id for shop in fake.stored["supplier_id"]["s-0"].shops]
    assert sorted(shops) == ["shop-0", "shop-1", "shop-2", "shop-3", "shop-4"]


def test_imported_listings_are_screened_once_all_are_stored(run: Run, fake: FakeZhengpin, tmp_path: Path) -> None:
    file, mapping = a_shop(tmp_path, good_rows(5))

    outcome = run("import", file, "--mapping", mapping, "--screen", "--json")

    assert json.loads(outcome.out)["decisions"] == {"DECISION_ALLOW": 5}
    assert [method for method, _, _ in fake.calls][-1] == "BatchScreenListings"
    assert len(fake.verdicts) == 5


def test_an_import_can_end_in_a_report(run: Run, tmp_path: Path) -> None:
    file, mapping = a_shop(tmp_path, good_rows(5))

    outcome = run("import", file, "--mapping", mapping, "--report", tmp_path / "report", "--json")

    paths = json.loads(outcome.out)["report"]
    assert "Kettle" in Path(paths["html"]).read_text(encoding="utf-8")
    assert Path(paths["csv"]).read_text(encoding="utf-8-sig").count("\n") == 6


def test_bad_rows_that_cannot_be_written_are_told_with_the_way_to_go_on(
    run: Run, fake: FakeZhengpin, tmp_path: Path
) -> None:
    file, mapping = a_shop(tmp_path, [*good_rows(1), "l-1,s-1,shop-1,Kettle,cheap"])
    nowhere, somewhere = tmp_path / "nowhere" / "bad.jsonl", tmp_path / "bad.jsonl"

    outcome = run("import", file, "--mapping", mapping, "--rejected", nowhere)
    before = len(fake.calls)
    resumed = run("import", file, "--mapping", mapping, "--rejected", somewhere, "--resume")

    assert outcome.code == 3
    assert f"zhengpin: can't write {nowhere}: No such file or directory" in outcome.err
    assert "--resume" in outcome.err
    assert resumed.code == 1
    assert len(somewhere.read_text("utf-8").splitlines()) == 1
    assert len(fake.calls) == before


@pytest.mark.parametrize("name", ["shop.jsonl", "shop.parquet"])
def test_json_lines_and_parquet_are_mapped_like_csv(run: Run, fake: FakeZhengpin, tmp_path: Path, name: str) -> None:
    _, mapping = a_shop(tmp_path, [])
    row: dict[str, Any] = {"id": "l-1", "seller": "s-1", "shop": "shop-1", "name": "Kettle", "price": 12.5}
    file = tmp_path / name
    if name.endswith("jsonl"):
        file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    else:
        pyarrow = pytest.importorskip("pyarrow")
        parquet = pytest.importorskip("pyarrow.parquet")
        parquet.write_table(pyarrow.Table.from_pylist([row]), file)

    assert run("import", file, "--mapping", mapping).code == 0

    price = fake.stored["listing_id"]["l-1"].offer.single_price
    assert (price.units, price.nanos, price.currency_code) == (12, 500_000_000, "CNY")


def test_lines_of_one_kind_need_no_name_for_it(run: Run, fake: FakeZhengpin, tmp_path: Path) -> None:
    file = tmp_path / "suppliers.jsonl"
    file.write_text('{"supplier_id": "s-1", "name": "Acme"}\n{"supplierId": "s-2"}\n', encoding="utf-8")

    assert run("import", file, "--kind", "supplier").code == 0

    assert sorted(fake.stored["supplier_id"]) == ["s-1", "s-2"]


def test_check_prints_what_the_first_rows_become_and_sends_nothing(
    run: Run, fake: FakeZhengpin, tmp_path: Path
) -> None:
    file, mapping = a_shop(tmp_path, good_rows(5))

    outcome = run("import", file, "--mapping", mapping, "--check", "--json")

    kinds = [next(iter(json.loads(line))) for line in outcome.out.splitlines()]
    assert kinds == ["supplier", "listing"] * 3
    assert fake.calls == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere.csv"], "nowhere.csv is not a file: name an existing CSV, JSONL or Parquet file"),
        (["shop.csv"], "give --mapping FILE.toml, or --kind"),
        (["shop.csv", "--mapping", "nothing"], "'nothing' is no mapping: name a TOML file"),
        (["shop.csv", "--mapping", "shop.toml", "--resume"], "no import of these files with these options was broken"),
        (["shop.csv", "--mapping", "shop.toml", "--encoding", "utf-9"], "'utf-9' is no encoding: try utf-8"),
    ],
)
def test_wrong_usage_says_what_to_do_and_ends_with_two(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    a_shop(tmp_path, good_rows(1))
    monkeypatch.chdir(tmp_path)

    outcome = run("import", *arguments)

    assert outcome.code == 2
    assert outcome.out == ""
    assert says in " ".join(outcome.err.replace("│", " ").split())


def an_import(address: str, state: Path, *arguments: str | Path) -> subprocess.Popen[str]:
    """Start an import as a process of its own, with pages of ten records."""
    program = "from zhengpin_client.importing import job; job._PAGE = 10; job._IN_FLIGHT = 1\n"
    program += "from zhengpin_client.cli.app import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", program, "import", *map(str, arguments)],
        env={**os.environ, "ZHENGPIN_SERVER": address, "XDG_STATE_HOME": str(state), "LANG": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_killed_import_goes_on_where_the_server_answered_last(
    fake: FakeZhengpin, address: str, tmp_path: Path
) -> None:
    rows = good_rows(100)
    rows[95] = "l-95,s-1,shop-1,Kettle,cheap"
    file, mapping = a_shop(tmp_path, rows)
    fake.refuse["l-3"] = violations({"title": "must not be empty"})
    reached, going_on = threading.Event(), threading.Event()

    def hold_the_fifth_page(_: str) -> None:
        if [name for name, _, _ in fake.calls].count("UpsertListings") == 5 and not reached.is_set():
            reached.set()
            going_on.wait(30)

    fake.before = hold_the_fifth_page
    killed = an_import(address, tmp_path / "state", file, "--mapping", mapping)
    assert reached.wait(30)
    killed.kill()
    killed.communicate(timeout=30)
    going_on.set()
    before = len(fake.calls)

    resumed = an_import(address, tmp_path / "state", file, "--mapping", mapping, "--resume", "--json")
    out, err = resumed.communicate(timeout=60)

    assert resumed.returncode == 1, err
    summary = json.loads(out)
    assert summary["records"]["listing"] == {"read": 99, "stored": 98, "refused": 1, "screened": 0}
    assert summary["rejected_rows"] == 2
    assert len(fake.stored["listing_id"]) == 98
    assert len(fake.calls) - before == 6, "four of ten pages were answered before, and no supplier is sent again"
    lines = [
        json.loads(line)["line"] for line in (tmp_path / "shop.csv.rejected.jsonl").read_text("utf-8").splitlines()
    ]
    assert lines == [5, 97]
    assert list((tmp_path / "state").rglob("*.sqlite")) == []


def test_an_interrupted_import_says_how_to_go_on(fake: FakeZhengpin, address: str, tmp_path: Path) -> None:
    file, mapping = a_shop(tmp_path, good_rows(30))
    reached = threading.Event()

    def hold_the_second_page(_: str) -> None:
        if [name for name, _, _ in fake.calls].count("UpsertListings") == 2:
            reached.set()
            threading.Event().wait(2)

    fake.before = hold_the_second_page
    interrupted = an_import(address, tmp_path / "state", file, "--mapping", mapping)
    assert reached.wait(30)
    interrupted.send_signal(signal.SIGINT)
    out, err = interrupted.communicate(timeout=30)

    assert interrupted.returncode == 130
    assert out == ""
    assert "zhengpin: interrupted" in err
    assert "13 of 33 records are at the server. Go on with:" in err
    assert f"import {file} --mapping {mapping} --resume" in err
    assert "Traceback" not in err


def test_a_server_that_goes_away_is_told_with_the_way_to_go_on(run: Run, fake: FakeZhengpin, tmp_path: Path) -> None:
    file, mapping = a_shop(tmp_path, good_rows(3))
    fake.failures["UpsertListings"].extend([a_status(code_pb2.UNAVAILABLE, "gone")] * 9)

    outcome = run("import", file, "--mapping", mapping)
    fake.failures.clear()
    resumed = run("import", file, "--mapping", mapping, "--resume")

    assert outcome.code == 3
    assert "No Zhengpin server answers" in outcome.err
    assert "--resume" in outcome.err
    assert resumed.code == 0
    assert len(fake.stored["listing_id"]) == 3
