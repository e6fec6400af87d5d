"""`zhengpin supplier report` and its page, and the SDK's method for it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from google.type import money_pb2
from rich.cells import cell_len

from client_runs import Run
from fake_zhengpin import FakeZhengpin
from vote_answers import words_of
from zhengpin.v1 import supplier_report_pb2, supplier_score_pb2, verdict_pb2
from zhengpin_client import Zhengpin
from zhengpin_client.errors import NotFound


def moment(day: int) -> Timestamp:
    stamp = Timestamp()
    stamp.FromDatetime(datetime(2026, 3, day, tzinfo=UTC))
    return stamp


def yuan(units: int) -> money_pb2.Money:
    return money_pb2.Money(currency_code="CNY", units=units, nanos=500_000_000)


def a_score(**changes: Any) -> supplier_score_pb2.SupplierScore:
    component = supplier_score_pb2.ScoreComponent(name="votes", weight=0.07, value=0.81, low=0.7, high=0.9, k=8, n=10)
    ordinary: dict[str, Any] = {
        "supplier_id": "acme-factory",
        "points": 512,
        "low": 480,
        "high": 590,
        "band": supplier_score_pb2.SCORE_BAND_GOOD,
        "components": [component],
        "reasons": [verdict_pb2.LocalizedText(zh="发货快。", en="Quick to ship.")],
        "as_of": moment(9),
        "trend": [supplier_score_pb2.ScorePoint(as_of=moment(1), points=200)],
    }
    return supplier_score_pb2.SupplierScore(**{**ordinary, **changes})


CAUSES = {
    supplier_report_pb2.ORDER_TROUBLE_CALLED_FAKE: {"zh": "称为假货", "en": "called fake"},
    supplier_report_pb2.ORDER_TROUBLE_NOT_AS_DESCRIBED: {"zh": "描述不符", "en": "not as described"},
    supplier_report_pb2.ORDER_TROUBLE_CALLED_DEFECTIVE: {"zh": "称有质量问题", "en": "called defective"},
    supplier_report_pb2.ORDER_TROUBLE_CALLED_LATE: {"zh": "称送达太晚", "en": "called late"},
    supplier_report_pb2.ORDER_TROUBLE_CHANGED_MIND: {"zh": "买家改变主意", "en": "changed their mind"},
    supplier_report_pb2.ORDER_TROUBLE_OTHER_CAUSE: {"zh": "其他原因", "en": "another cause"},
}


def a_report(**changes: Any) -> supplier_report_pb2.SupplierReport:
    """Orders that come back more often than others', and a kettle dearer than others'."""
    ordinary: dict[str, Any] = {
        "supplier_id": "acme-factory",
        "name": "Acme <Kettles> & Co",
        "score": a_score(),
        "orders": 200,
        "troubles": [
            supplier_report_pb2.TroubleShare(
                trouble=supplier_report_pb2.ORDER_TROUBLE_RETURNED, orders=30, share=0.15, usual_share=0.05
            ),
            *(supplier_report_pb2.TroubleShare(trouble=each, orders=6, share=0.03) for each in CAUSES),
            supplier_report_pb2.TroubleShare(trouble=supplier_report_pb2.ORDER_TROUBLE_LATE, orders=4, share=0.02),
        ],
        "peers": 41,
        "rank": supplier_report_pb2.CategoryRank(category="home/kettles", rank=3, of_suppliers=42),
        "products": [
            supplier_report_pb2.ProductPosition(
                listing_id="kettle-1",
                title="Kettle $1.5$ l",
                price=yuan(90),
                market_price=yuan(60),
                market_sellers=12,
                units=340,
                units_before=250,
            ),
            supplier_report_pb2.ProductPosition(listing_id="kettle-2", market_sellers=2, units=7),
        ],
        "improvements": [
            supplier_score_pb2.ScoreImprovement(
                about="quality", gain=61, how=verdict_pb2.LocalizedText(zh="减少瑕疵。", en="Ship without defects.")
            )
        ],
        "as_of": moment(9),
        "late_chance": 0.234,
    }
    return supplier_report_pb2.SupplierReport(**{**ordinary, **changes})


def a_newcomers_report() -> supplier_report_pb2.SupplierReport:
    score = a_score(supplier_id="newcomer", points=200, trend=[])
    return supplier_report_pb2.SupplierReport(supplier_id="newcomer", score=score, as_of=moment(9))


@pytest.fixture(autouse=True)
def _reported(fake: FakeZhengpin) -> None:
    fake.reports = [a_report(), a_newcomers_report()]


def test_a_report_is_shown_with_what_is_usual_and_what_would_help(run: Run) -> None:
    shown = run("supplier", "report", "acme-factory").out
    for part in (
        "acme-factory · good",
        "3 of 42 · home/kettles",
        "23% chance of more than 15% late",
        "Ship without defects. +61",
        "Returns, refunds and complaints · orders in the last 90 days: 200",
        "returned 30/200 15.0% 5.0%",
        "late to the carrier 4/200 2.0% –",
        "41 other suppliers",
        "90.50 CNY",
        "60.50 CNY",
        "The market's median is that of other sellers of the same",
    ):
        assert part in words_of(shown)
    assert "Returns, refunds and complaints · orders in the last 90 days: 200" in shown.splitlines()
    assert max(cell_len(line) for line in shown.splitlines()) <= 80


def test_one_without_orders_is_told_so(run: Run) -> None:
    shown = words_of(run("supplier", "report", "newcomer").out)
    assert "No orders in the last 90 days." in shown
    assert "Nothing on offer was sold" in shown
    assert "Nothing that could be done" in shown


def test_a_report_is_shown_in_chinese(run: Run) -> None:
    shown = run("supplier", "report", "acme-factory", "--lang", "zh").out
    for part in ("类目排名", "减少瑕疵。", "24小时内未揽收", "畅销商品"):
        assert part in shown


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_cause_is_shown_with_its_orders_of_all_and_their_share(run: Run, tmp_path: Path, language: str) -> None:
    shown = words_of(run("supplier", "report", "acme-factory", "--lang", language).out)
    path = tmp_path / "page.html"
    run("supplier", "report", "acme-factory", "--lang", language, "--html", str(path))
    page = path.read_text(encoding="utf-8")
    for said in CAUSES.values():
        assert f"{said[language]} 6/200 3.0%" in shown
        row = rf'<tr><th scope="row">{said[language]}</th><td class="number">6/200</td>\s*<td class="number">3.0%</td>'
        assert re.search(row, page)


def test_programs_read_a_report_as_json(run: Run) -> None:
    answer = json.loads(run("supplier", "report", "acme-factory", "--json").out)
    told = {each["trouble"]: (each["orders"], each["share"]) for each in answer["troubles"]}
    assert told["ORDER_TROUBLE_CALLED_DEFECTIVE"] == ("6", 0.03)
    assert answer["orders"] == "200"
    assert (answer["score"]["points"], answer["rank"]["rank"], len(answer["products"])) == (512, "3", 2)


def test_an_unknown_supplier_is_an_error_of_one_line_and_leaves_no_page(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    outcome = run("supplier", "report", "nobody", "--html", str(page))
    assert (outcome.code, outcome.err) == (3, "zhengpin: supplier 'nobody' is not in this marketplace\n")
    assert not page.exists()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_shows_all_by_itself(run: Run, tmp_path: Path, language: str) -> None:
    path = tmp_path / "page.html"
    outcome = run("supplier", "report", "acme-factory", "--html", str(path), "--lang", language)
    assert outcome.out.strip() == str(path)
    page = path.read_text(encoding="utf-8")
    assert page.count("<svg ") == 4
    assert "Acme &lt;Kettles&gt; &amp; Co" in page
    assert "Kettle $1.5$ l" in page
    assert "<b>23%</b>" in page
    assert {"en": "Ship without defects.", "zh": "减少瑕疵。"}[language] in page
    assert not re.search(r"<script|<link|<img|@import|url\((?!#)|(?:src|href)=\"(?!#)", page)
    assert not re.search(r"#0[1-4]0[1-4]0[1-4]", page)  # every colour is the page's own


@pytest.mark.parametrize("free", ["price", "market_price"])
def test_what_is_given_away_has_no_place_on_the_chart_of_prices(
    run: Run, fake: FakeZhengpin, tmp_path: Path, free: str
) -> None:
    given_away = {"price": yuan(5), "market_price": yuan(5), free: money_pb2.Money(currency_code="CNY")}
    fake.reports = [a_report(products=[supplier_report_pb2.ProductPosition(**given_away)])]
    path = tmp_path / "page.html"
    assert run("supplier", "report", "acme-factory", "--html", str(path)).code == 0
    assert path.read_text(encoding="utf-8").count("<svg ") == 3


def test_the_page_of_one_without_orders_says_so_and_draws_only_its_components(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    run("supplier", "report", "newcomer", "--html", str(path))
    page = path.read_text(encoding="utf-8")
    assert page.count("<svg ") == 1
    for said in ("No orders in the last 90 days.", "Nothing on offer was sold", "There is no trend yet."):
        assert said in page


def test_a_page_that_can_not_be_written_is_an_error_of_one_line(run: Run, tmp_path: Path) -> None:
    outcome = run("supplier", "report", "newcomer", "--html", str(tmp_path / "missing" / "page.html"))
    assert outcome.code == 3
    assert outcome.err.startswith("zhengpin: can't write ")


def test_programs_ask_for_a_report(zhengpin: Zhengpin) -> None:
    assert zhengpin.get_supplier_report("acme-factory") == a_report()
    with pytest.raises(NotFound):
        zhengpin.get_supplier_report("nobody")
