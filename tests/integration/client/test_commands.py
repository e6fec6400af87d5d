from __future__ import annotations

import csv
import json
from importlib.metadata import version
from pathlib import Path

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from google.rpc import code_pb2

from client_runs import Run
from fake_zhengpin import FakeZhengpin, a_status, violations
from zhengpin.v1 import listing_pb2, verdict_pb2
from zhengpin_client import Zhengpin


def a_blocking_verdict(listing: listing_pb2.Listing) -> verdict_pb2.Verdict:
    verdict = verdict_pb2.Verdict(
        verdict_id=f"v-{listing.listing_id}",
        listing_id=listing.listing_id,
        supplier_id=listing.supplier_id,
        decision=verdict_pb2.DECISION_BLOCK,
        evaluated_at=Timestamp(seconds=1_767_225_600),
    )
    text = verdict_pb2.LocalizedText(zh="条码校验位错误。", en="The GTIN's check digit is wrong.")
    verdict.reasons.add(code="gtin.bad-check-digit", text=text)
    return verdict


def a_file(folder: Path, count: int = 2) -> Path:
    file = folder / "listings.jsonl"
    lines = (
        json.dumps({"listing": {"listing_id": f"l-{number}", "supplier_id": "s-1", "title": "=Kettle"}})
        for number in range(count)
    )
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def screened(fake: FakeZhengpin, zhengpin: Zhengpin) -> FakeZhengpin:
    """A server with two blocked listings, and one that may be sold."""
    list(zhengpin.screen_many(listing_pb2.Listing(listing_id=f"ok-{n}", title="Kettle") for n in range(1)))
    fake.judge = a_blocking_verdict
    list(zhengpin.screen_many(listing_pb2.Listing(listing_id=f"l-{n}", title="@Kettle") for n in range(2)))
    return fake


def test_listings_of_a_file_are_screened_and_shown_with_their_first_reason(
    run: Run, fake: FakeZhengpin, tmp_path: Path
) -> None:
    fake.judge = a_blocking_verdict

    outcome = run("screen", a_file(tmp_path))

    assert outcome.code == 0
    assert "block      l-0       The GTIN's check digit is wrong." in outcome.out
    assert "2 screened · 2 block" in outcome.out


def test_stored_listings_are_screened_by_their_ids(run: Run, screened: FakeZhengpin, tmp_path: Path) -> None:
    ids = tmp_path / "ids.txt"
    ids.write_text("l-1\n\nl-9\n", encoding="utf-8")

    outcome = run("screen", "l-0", "--ids-from", ids, "--dry-run")

    assert outcome.code == 1
    assert "3 screened · 2 block · 1 refused" in outcome.out
    assert len(screened.verdicts) == 3


def test_programs_get_json_lines_and_nothing_else(run: Run, fake: FakeZhengpin, tmp_path: Path) -> None:
    fake.refuse["l-1"] = violations({"title": "must not be empty"})

    outcome = run("screen", a_file(tmp_path), "--json")

    good, bad = map(json.loads, outcome.out.splitlines())
    assert good["verdict"]["decision"] == "DECISION_ALLOW"
    assert bad == {"listing_id": "l-1", "error": {"kind": "Rejected", "message": "title: must not be empty"}}


def test_a_line_that_is_no_listing_is_named_and_its_neighbours_are_screened(
    run: Run, fake: FakeZhengpin, tmp_path: Path
) -> None:
    file = a_file(tmp_path)
    file.write_text(file.read_text("utf-8") + "{broken\n", encoding="utf-8")

    outcome = run("screen", file, "--json")

    assert outcome.code == 1
    assert len(outcome.out.splitlines()) == len(fake.verdicts) == 2
    assert outcome.err.startswith("listings.jsonl:3: not JSON")


@pytest.mark.usefixtures("screened")
@pytest.mark.parametrize("arguments", [["--json", "verdicts", "list"], ["verdicts", "list", "--json"]])
def test_options_of_the_command_may_stand_anywhere(run: Run, arguments: list[str]) -> None:
    outcome = run(*arguments)

    assert [json.loads(line)["listing_id"] for line in outcome.out.splitlines()] == ["l-1", "l-0", "ok-0"]


def test_what_follows_two_hyphens_is_no_option(run: Run) -> None:
    outcome = run("screen", "--", "--json")

    assert outcome.code == 1
    assert "listing '--json' is not in this marketplace" in outcome.out


def test_the_marketplace_is_named_in_every_call(run: Run, fake: FakeZhengpin) -> None:
    run("--marketplace", "m-7", "verdicts", "list")

    assert fake.calls == [("ListVerdicts", "m-7", "")]


@pytest.mark.usefixtures("screened")
def test_verdicts_are_listed_by_decision(run: Run) -> None:
    outcome = run("verdicts", "list", "--decision", "allow", "--limit", "1", "--timezone", "Asia/Shanghai")

    assert "ok-0" in outcome.out
    assert "l-0" not in outcome.out
    assert "UTC+8" in outcome.out


@pytest.mark.parametrize("listing_id", ["9f31c0de-11aa-4b5e-8f7e-0f8fad5bd9cb", "s" * 42])
def test_a_listing_keeps_its_id_in_one_piece_in_a_narrow_terminal(
    run: Run, fake: FakeZhengpin, tmp_path: Path, listing_id: str
) -> None:
    fake.judge = a_blocking_verdict
    file = tmp_path / "listings.jsonl"
    file.write_text(json.dumps({"listing": {"listing_id": listing_id, "title": "Kettle"}}) + "\n", encoding="utf-8")

    screened = run("screen", file).out
    listed = run("verdicts", "list").out

    for out in (screened, listed):
        assert f"block      {listing_id}   The GTIN" in out
        assert max(len(line) for line in out.splitlines()) <= 80


def test_a_list_without_verdicts_says_so(run: Run) -> None:
    assert run("verdicts", "list").out == "No verdict fits\n"
    assert run("verdicts", "list", "--json").out == ""


def test_a_file_without_listings_shows_no_empty_table(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()

    assert run("screen", tmp_path / "empty.jsonl").out == "0 screened\n"


def test_a_misspelt_decision_is_answered_with_the_nearest(run: Run) -> None:
    outcome = run("verdicts", "list", "--decision", "blok")

    assert outcome.code == 2
    assert "'blok' is no decision: did you mean 'block'?" in outcome.err


@pytest.mark.usefixtures("screened")
def test_a_verdict_is_shown_in_the_language_asked_for(run: Run) -> None:
    assert "条码校验位错误。" in run("verdicts", "show", "v-l-0", "--lang", "zh").out
    assert "The GTIN's check digit is wrong." in run("verdicts", "show", "v-l-0", "--lang", "en").out
    assert json.loads(run("verdicts", "show", "v-l-0", "--json").out)["verdict_id"] == "v-l-0"


def test_a_verdict_that_is_not_there_is_an_error_of_one_line(run: Run) -> None:
    outcome = run("verdicts", "show", "v-9")

    assert outcome.code == 3
    assert outcome.err == "zhengpin: verdict 'v-9' is not in this marketplace\n"


def test_an_error_has_its_heading_in_the_language_that_was_chosen(run: Run) -> None:
    outcome = run("verdicts", "show", "v-9", "--lang", "zh")

    said = "本市场中没有所找的内容，请核对编号与 --marketplace：verdict 'v-9' is not in this marketplace"
    assert (outcome.code, outcome.err) == (3, f"zhengpin: {said}\n")


def test_nothing_in_an_exported_table_is_run_by_a_spreadsheet(run: Run, fake: FakeZhengpin, tmp_path: Path) -> None:
    fake.judge = lambda listing: verdict_pb2.Verdict(listing_id=listing.listing_id, supplier_id="=1+1")
    run("screen", a_file(tmp_path))
    table, report = tmp_path / "verdicts.csv", tmp_path / "report"

    exported = run("verdicts", "export", "--csv", table)
    run("report", "--out", report)

    assert f"2 Verdicts: {table}" in exported.out
    for path in (table, report / "verdicts.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert "'=1+1" in cells
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


@pytest.mark.usefixtures("screened")
def test_whole_verdicts_are_exported_one_a_line(run: Run, tmp_path: Path) -> None:
    outcome = run("verdicts", "export", "--jsonl", tmp_path / "verdicts.jsonl", "--json")

    assert json.loads(outcome.out)["verdicts"] == 3
    assert len((tmp_path / "verdicts.jsonl").read_text("utf-8").splitlines()) == 3


@pytest.mark.usefixtures("screened")
@pytest.mark.parametrize(
    "command", [["verdicts", "export", "--csv"], ["verdicts", "export", "--jsonl"], ["report", "--out"]]
)
def test_what_cannot_be_written_is_an_error_of_one_line(run: Run, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "below"

    outcome = run(*command, path)

    assert (outcome.code, outcome.err) == (3, f"zhengpin: can't write {path}: Not a directory\n")


def test_watching_prints_verdicts_as_they_come(run: Run, screened: FakeZhengpin) -> None:
    calls = 0

    def refuse_the_second_stream(_: str) -> None:
        nonlocal calls
        calls += 1
        if calls == 1:
            screened.failures["WatchVerdicts"].append(a_status(code_pb2.PERMISSION_DENIED, "no more"))

    screened.before = refuse_the_second_stream
    outcome = run("verdicts", "watch", "--from", "0", "--json")

    assert [json.loads(line)["listing_id"] for line in outcome.out.splitlines()] == ["ok-0", "l-0", "l-1"]
    assert outcome.code == 3
    assert "PERMISSION_DENIED: no more" in outcome.err


def test_the_version_is_the_packages_own(run: Run) -> None:
    outcome = run("--version")

    assert (outcome.code, outcome.out) == (0, f"zhengpin {version('zhengpin')}\n")


def test_an_unknown_time_zone_says_what_to_give(run: Run) -> None:
    outcome = run("verdicts", "list", "--timezone", "Peking")

    assert outcome.code == 2
    assert "'Peking' is no time zone" in outcome.err


@pytest.mark.parametrize("command", ["screen", "import", "report", "verdicts"])
def test_every_command_explains_itself(run: Run, command: str) -> None:
    outcome = run(command, "--help")

    assert outcome.code == 0
    assert "Usage: zhengpin" in outcome.out
    assert max(len(line) for line in outcome.out.splitlines()) <= 80
