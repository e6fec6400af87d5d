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
