"""The command against the server itself: import, screen, read, report."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from client_runs import Run

COLUMNS = {
    "official_store": "0",
    "was_price_brl": "",
    "units_in_pack": "1",
    "condition": "Novo",
    "seller_reputation": "5_green",
    "seller_state": "BR-SP",
    "seller_transactions": "120.0",
    "brand": "Acme",
    "model": "N/A",
    "ink_colour": "Preto",
    "volume_ml": "2.0",
    "declared_type": "Original",
    "cartridge_model": "K1",
    "colours_in_pack": "1",
    "used": "N/A",
    "description": "Cartucho novo e lacrado.",
}


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A server with the packs that come with it, as a process of its own, in place of the fake."""
    port = tmp_path / "port"
    command = [sys.executable, "-m", "zhengpin", "serve", "--listen", "127.0.0.1:0", "--port-file", str(port)]
    database = f"sqlite:///{tmp_path / 'zhengpin.db'}"
    with (tmp_path / "server.log").open("w") as log:
        server = subprocess.Popen([*command, "--database", database], stdout=log, stderr=log)
    try:
        for _ in range(600):
            if port.exists() or server.poll() is not None:
                break
            time.sleep(0.05)
        assert port.exists(), (tmp_path / "server.log").read_text("utf-8")
        yield f"127.0.0.1:{port.read_text('utf-8').strip()}"
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture
def cartridges(tmp_path: Path) -> Path:
    """Twelve sellers' cartridges: one far too cheap and used by its own words, one without a price or a seller."""
    rows = [
        {
            **COLUMNS,
            "listing_id": f"l-{n}",
            "seller_id": f"s-{n}",
            "title": "Cartucho Acme K1",
            "price_brl": str(90 + n),
        }
        for n in range(12)
    ]
    rows[3] |= {"price_brl": "9.5", "title": "Cartucho Acme K1 usado e vazio", "used": "Usado"}
    rows[4] |= {"price_brl": "", "seller_id": ""}
    file = tmp_path / "cartridges.csv"
    with file.open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return file


def test_a_file_is_imported_screened_and_reported_and_each_verdict_can_be_read(
    run: Run, cartridges: Path, tmp_path: Path
) -> None:
    report = tmp_path / "report"

    imported = run("import", cartridges, "--mapping", "mercado-livre-cartridges", "--report", report, "--json")
    shown = run("verdicts", "show", "l-3", "--explain")
    listed = run("verdicts", "list", "--listing", "l-3", "--latest", "--json")

    assert imported.code == 0, imported.err
    summary = json.loads(imported.out)
    assert summary["records"]["supplier"]["stored"] == summary["records"]["listing"]["stored"] == 12, imported.err
    assert sum(summary["decisions"].values()) == 12
    [verdict] = map(json.loads, listed.out.splitlines())
    assert verdict["decision"] == "DECISION_REVIEW"
    assert "“Cartucho Acme K1 usado e vazio”" in shown.out
    assert "price.vs_market" in shown.out
    with (report / "verdicts.csv").open(encoding="utf-8-sig", newline="") as file:
        cheap = next(row for row in csv.DictReader(file) if row["listing_id"] == "l-3")
    assert float(cheap["over_market_median"]) < 0.2
    assert "usado e vazio" in cheap["quotes"]


def test_what_the_server_refuses_is_told_with_its_line_and_field(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "listings.jsonl"
    good = {"listing_id": "l-1", "supplier_id": "s-1", "title": "Kettle"}
    file.write_text("\n".join(json.dumps(each) for each in (good, {**good, "listing_id": "l 2"})), encoding="utf-8")

    outcome = run("import", file, "--kind", "listing", "--json")

    assert outcome.code == 1
    assert json.loads(outcome.out)["records"]["listing"]["stored"] == 1
    [rejected] = map(json.loads, (tmp_path / "listings.jsonl.rejected.jsonl").read_text("utf-8").splitlines())
    assert rejected["line"] == 2
    assert "listing_id" in rejected["problems"][0]["field"]


def test_votes_are_imported_cast_and_told_back_to_voter_and_owner(run: Run, tmp_path: Path) -> None:
    votes = [
        *({"voter": {"voter_id": f"w-{n}", "registered_at": "2025-01-01T00:00:00Z"}} for n in range(4)),
        {"voter": {"voter_id": "w-own", "registered_at": "2025-01-01T00:00:00Z", "supplier_id": "s-1"}},
        *(a_vote(f"v-{n}", f"w-{n}") for n in range(3)),
        a_vote("v-own", "w-own"),
        a_vote("v-9", "w-0", brand_id="nobody"),
    ]
    file = tmp_path / "votes.jsonl"
    brand = {"brand": {"brand_id": "acme", "name": "Acme", "owner_id": "s-1"}}
    file.write_text("\n".join(map(json.dumps, (brand, *votes))), encoding="utf-8")

    imported = run("import", file, "--json")
    cast = run("votes", "cast", "brand:acme", "--voter", "w-3", "--warn", "--tag", "fake", "--json")
    standing = json.loads(run("standings", "show", "brand:acme", "--json").out)
    listed = [
        json.loads(line)["target"] for line in run("standings", "list", "--kind", "brand", "--json").out.splitlines()
    ]
    own = json.loads(run("voters", "show", "w-own", "--json").out)

    assert imported.code == 1
    assert json.loads(imported.out)["records"]["vote"] == {"read": 5, "stored": 4, "refused": 1, "screened": 0}
    assert f"{file.name}:11: " in run("import", file).err
    assert cast.code == 0, cast.err
    assert (standing["recommend_votes"], standing["warn_votes"], standing["counted_recommend_votes"]) == ("4", "1", "3")
    assert listed == [{"brand_id": "acme"}]
    assert [(each["vote_id"], each["why_not"]) for each in own["page"]] == [("v-own", "WHY_NOT_COUNTED_OWN_TARGET")]
    assert run("voters", "show", "w-own").code == 0
    assert "brand 'nobody'" in run("standings", "show", "brand:nobody").err


def a_vote(vote_id: str, voter_id: str, brand_id: str = "acme") -> dict[str, object]:
    """A line that recommends a brand."""
    said = {"opinion": "OPINION_RECOMMEND", "cast_at": "2026-01-01T00:00:00Z"}
    return {"vote": {"vote_id": vote_id, "voter_id": voter_id, "target": {"brand_id": brand_id}, **said}}
