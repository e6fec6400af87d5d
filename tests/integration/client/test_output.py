"""What people and spreadsheets are shown: words, tables, pages, and texts that mean harm."""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from google.type.money_pb2 import Money
from rich.cells import cell_len
from rich.console import Console

from zhengpin.v1 import listing_pb2, verdict_pb2, vote_pb2
from zhengpin_client.cli.session import Session
from zhengpin_client.cli.show import walk
from zhengpin_client.cli.tables import plain
from zhengpin_client.report.csv_file import harmless
from zhengpin_client.report.rows import Report, ReportRow, make_report, make_row
from zhengpin_client.report.write import write_report
from zhengpin_client.words import ENUM_WORDS, PHRASES, UNIT_WORDS, Language

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> $\\frac{1}{0}$ {{ 7*7 }} \x1b[2J"


def a_session(language: Language = Language.EN) -> Session:
    return Session("127.0.0.1:1", "default", language, ZoneInfo("Asia/Shanghai"), as_json=False)


def a_listing(listing_id: str = "l-1", price: int = 100, **changes: object) -> listing_pb2.Listing:
    offer = listing_pb2.Offer(single_price=Money(currency_code="CNY", units=price))
    named = {"title": "Kettle", "brand": "Acme", "model": "K1", **changes}
    return listing_pb2.Listing(listing_id=listing_id, supplier_id="s-1", offer=offer, **named)  # type: ignore[arg-type]


def a_verdict(listing_id: str = "l-1", quote: str = "this is a replica") -> verdict_pb2.Verdict:
    verdict = verdict_pb2.Verdict(
        verdict_id="v-1",
        listing_id=listing_id,
        supplier_id="s-1",
        decision=verdict_pb2.DECISION_REVIEW,
        lane_decision=verdict_pb2.DECISION_REVIEW,
        degraded=["model absent"],
        evaluated_at=Timestamp(seconds=1_767_225_600),
    )
    verdict.actions.add(kind=verdict_pb2.ACTION_KIND_OPEN_CASE)
    verdict.actions.add(kind=verdict_pb2.ACTION_KIND_HOLD, until=Timestamp(seconds=1_767_312_000))
    reason = verdict.reasons.add(
        code="price.far-below-market",
        ref="PRC-02",
        rule_version="price/1",
        family=verdict_pb2.FAMILY_PRICE,
        severity=verdict_pb2.SEVERITY_HIGH,
        proof=verdict_pb2.PROOF_STATISTICAL,
        proposed=verdict_pb2.ACTION_KIND_HOLD,
        taken=verdict_pb2.ACTION_KIND_OPEN_CASE,
        threshold="price.vs_market < 0.5 and price.market_sellers >= 8",
        text=verdict_pb2.LocalizedText(zh="单价为市场中位数的41%。", en="The price is 41% of the market median."),
        adjustments=[verdict_pb2.ADJUSTMENT_RESTRICTION_NEEDS_SECOND_FAMILY],
    )
    reason.observed.add(signal="price.vs_market", value=verdict_pb2.SignalValue(number=0.41))
    reason.evidence.add(kind="sentence", reference="description", quote=quote)
    reading = verdict.explanation.signals.add(name="price.vs_market", unit="ratio")
    reading.value.number = 0.41
    reading.doc.en = "unit price over the market median"
    verdict.not_evaluated.add(rule_id="gtin.wrong", missing=["gtin.valid"])
    verdict.pack_versions.add(name="price", version=1, digest="ab" * 32)
    return verdict


def shown(language: Language, *, explain: bool = False, quote: str = "this is a replica") -> str:
    console = Console(file=io.StringIO(), width=80, force_terminal=False)
    console.print(walk(a_verdict(quote=quote), a_session(language), explain=explain))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def a_report(*titles: str) -> Report:
    return make_report(_row(f"l-{place}", title) for place, title in enumerate(titles))


def _row(listing_id: str, title: str) -> ReportRow:
    listing = a_listing(listing_id, title=title, brand=title[:200])
    return make_row(a_verdict(listing_id, quote=title), listing, Language.EN, a_session().show_time)


@pytest.mark.parametrize(
    "enum",
    [
        verdict_pb2.Decision,
        verdict_pb2.ActionKind,
        verdict_pb2.Severity,
        verdict_pb2.Family,
        verdict_pb2.Proof,
        verdict_pb2.Adjustment,
        verdict_pb2.RuleTruth,
        vote_pb2.VoteTargetKind,
        vote_pb2.Opinion,
        vote_pb2.Board,
        vote_pb2.WhyNotCounted,
        vote_pb2.StandingProposal,
        vote_pb2.VoteWindowDecision,
    ],
)
def test_every_value_of_the_contract_has_a_word_in_both_languages(enum: object) -> None:
    names = {each.name for each in enum.DESCRIPTOR.values if each.number}  # type: ignore[attr-defined]

    assert names <= set(ENUM_WORDS)


def test_every_word_is_there_in_both_languages() -> None:
    incomplete = [name for table in (ENUM_WORDS, PHRASES) for name, pair in table.items() if not all(pair)]

    assert incomplete == []
    assert all(bool(zh) == bool(en) for zh, en in UNIT_WORDS.values())


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("explain", [False, True])
def test_a_verdict_fits_a_terminal_of_eighty_columns(language: Language, explain: bool) -> None:
    text = shown(language, explain=explain)

    assert max(cell_len(line) for line in text.splitlines()) <= 80


def test_a_verdict_is_shown_with_all_its_evidence() -> None:
    text = " ".join(shown(Language.EN).split())

    for part in (
        "hold back from sale until 2026-01-02 08:00 UTC+8",
        "price.far-below-market · PRC-02 · price/1",
        "The price is 41% of the market median.",
        "price.vs_market < 0.5 and price.market_sellers >= 8",
        "price.vs_market = 0.41 times",
        "unit price over the market median",
        "“this is a replica”",
        "open a case (Proposed: hold back from sale)",
        "a restriction needs evidence of a second kind",
        "no learned model served",
        "gtin.wrong",
        "sha256 abababababababab…",
    ):
        assert part in text


def test_a_terminal_is_never_steered_by_a_sellers_text() -> None:
    assert "\x1b" not in shown(Language.EN, quote="\x1b[2J\x1b]0;owned\x07 [red]text[/red]")
    assert "[red]text[/red]" in shown(Language.EN, quote="[red]text[/red]")
    assert plain("a\r\nb\u202ec").plain == "a  b c"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_a_spreadsheet_never_runs_a_cell(start: str) -> None:
    assert harmless(f"{start}cmd|' /C calc'!A0").startswith(f"'{start}")


@pytest.mark.parametrize("cell", ["-12.5", "12", "", "Kettle", "a=b"])
def test_numbers_and_plain_texts_stay_as_they_are_in_a_spreadsheet(cell: str) -> None:
    assert harmless(cell) == cell


class _Elements(HTMLParser):
    """What a browser would see of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_hostile_titles_stay_text_in_the_page_and_its_charts(tmp_path: Path) -> None:
    report = a_report(HOSTILE, HOSTILE, "=HYPERLINK(1)")
    paths = write_report(report, tmp_path, Language.EN, HOSTILE, "now")

    seen = _Elements()
    seen.feed(Path(paths["html"]).read_text(encoding="utf-8"))

    assert not {tag for tag, _ in seen.tags} & {"script", "img", "iframe", "object", "link"}
    assert not any(name.startswith("on") for _, attributes in seen.tags for name in attributes)
    assert "<script>alert(1)</script>" in "".join(seen.texts)
    assert "{{ 7*7 }}" in "".join(seen.texts)
    with Path(paths["csv"]).open(encoding="utf-8-sig", newline="") as file:
        titles = [row["title"] for row in csv.DictReader(file)]
    assert "'=HYPERLINK(1)" in titles


def test_a_page_needs_nothing_from_outside_and_its_points_lead_to_its_rows(tmp_path: Path) -> None:
    paths = write_report(a_report("Kettle", "Kettle"), tmp_path, Language.ZH, "default", "now")

    seen = _Elements()
    seen.feed(Path(paths["html"]).read_text(encoding="utf-8"))
    links = {attributes["xlink:href"] for tag, attributes in seen.tags if tag == "a"}
    loaded = [attributes["src"] for _, attributes in seen.tags if "src" in attributes]

    rows = {f"#{attributes['id']}" for tag, attributes in seen.tags if tag == "tr" and "id" in attributes}
    assert rows == {"#row-0", "#row-1"}
    assert links == rows
    assert loaded == []


def test_prices_are_those_that_the_screening_saw() -> None:
    known, unknown = a_verdict("known"), a_verdict("unknown")
    known.explanation.signals.add(name="price.paid", value=verdict_pb2.SignalValue(number=40))
    known.explanation.signals.add(name="price.vs_market", value=verdict_pb2.SignalValue(number=0.4))
    known.explanation.signals.add(name="price.market_sellers", value=verdict_pb2.SignalValue(integer=9))
    unknown.ClearField("explanation")

    report = make_report(
        make_row(each, a_listing(each.listing_id, 100), Language.EN, a_session().show_time) for each in (known, unknown)
    )

    seen = {row.listing_id: (row.unit_price, row.against_market, row.market_sellers) for row in report.rows}
    assert seen == {"known": (40.0, 0.4, 9), "unknown": (None, None, None)}
    assert [[report.rows[place].listing_id for place in places] for places in report.products().values()] == [["known"]]
