"""Rule tests as data: what passes, what fails, and what is said."""

from __future__ import annotations

from pathlib import Path

from rules.words import CATALOGUE, FAR_BELOW_MARKET, a_pack, a_rule
from zhengpin.rules.casefile import CaseKind
from zhengpin.rules.cases import CaseReport, check, run_cases
from zhengpin.rules.pack import read_pack

CASES = """\
- rule: price.far-below-market
  fires:
    - {price.vs_market: 0.31, price.market_sellers: 12, brand.authorised: false}
  near_misses:
    - {price.vs_market: 0.5, price.market_sellers: 12, brand.authorised: false}
    - {price.vs_market: 0.31, price.market_sellers: 7, brand.authorised: false}
  unknown:
    - {price.vs_market: 0.31, price.market_sellers: 12}
"""


def run(folder: Path, cases: str) -> CaseReport:
    (folder / "listing-screening.yaml").write_text(cases, encoding="utf-8")
    return run_cases([read_pack(FAR_BELOW_MARKET, "pack.yaml", CATALOGUE)], folder, CATALOGUE)


def said(folder: Path, report: CaseReport) -> list[str]:
    return [str(each).replace(f"{folder}/", "") for each in (*report.problems, *report.failures)]


def test_cases_that_come_out_as_expected_pass(tmp_path: Path) -> None:
    report = run(tmp_path, CASES)

    assert report.passed
    assert [(result.kind, result.line) for result in report.results] == [
        (CaseKind.FIRES, 3),
        (CaseKind.NEAR_MISSES, 5),
        (CaseKind.NEAR_MISSES, 6),
        (CaseKind.UNKNOWN, 8),
    ]


def test_a_near_miss_that_fires_and_one_that_is_unknown_both_fail(tmp_path: Path) -> None:
    report = run(
        tmp_path, CASES.replace("0.5,", "0.49,").replace("market_sellers: 7, brand.authorised: false", "paid: 1")
    )

    assert not report.passed
    assert said(tmp_path, report) == [
        "listing-screening.yaml:5: price.far-below-market: expected not_fired, was fired",
        "listing-screening.yaml:6: price.far-below-market: expected not_fired, was unknown",
    ]


def test_a_rule_without_a_firing_case_and_a_near_miss_is_a_problem(tmp_path: Path) -> None:
    report = run(tmp_path, "- rule: price.far-below-market\n  fires: []\n")

    assert not report.passed
    assert said(tmp_path, report)[:2] == [
        "listing-screening.yaml:2: price.far-below-market: `fires` is empty: add at least one case",
        "listing-screening.yaml:1: price.far-below-market: `near_misses` is missing: add at least one case",
    ]


def test_a_rule_that_no_entry_names_and_an_entry_that_no_rule_has_are_problems(tmp_path: Path) -> None:
    report = run(tmp_path, CASES.replace("far-below", "far-above"))

    assert said(tmp_path, report) == [
        "listing-screening.yaml:1: price.far-above-market: the pack has no such rule: remove the entry",
        (
            "listing-screening.yaml:1: price.far-below-market: the rule has no cases: "
            "add at least one case under `fires` and one under `near_misses`"
        ),
    ]


def test_values_that_a_signal_can_not_have_are_problems(tmp_path: Path) -> None:
    wrong = (
        "{price.vs_markt: 0.3, price.market_sellers: 2.5, brand.authorised: 1, "
        'listing.condition: neu, text.words: replica, price.paid: -1, price.vs_market: "low"}'
    )
    report = run(tmp_path, CASES.replace("{price.vs_market: 0.31, price.market_sellers: 12}", wrong))

    place = "listing-screening.yaml:8: price.far-below-market: "
    assert said(tmp_path, report) == [
        f"{place}price.vs_markt is no signal of the catalogue: did you mean price.vs_market?",
        f"{place}price.market_sellers is 2.5: write a value of type integer",
        f"{place}brand.authorised is 1: write a value of type boolean",
        f"{place}listing.condition is 'neu': it takes new, refurbished, used",
        f"{place}text.words is 'replica': write a value of type set",
        f"{place}price.paid is -1: stay within its range, from 0 to no limit",
        f"{place}price.vs_market is 'low': write a value of type number",
    ]


def test_a_pack_without_a_file_of_cases_is_a_problem(tmp_path: Path) -> None:
    report = run_cases([a_pack(a_rule())], tmp_path, CATALOGUE)

    assert not report.passed
    assert "the file can't be read" in said(tmp_path, report)[0]


def test_check_gives_the_problems_of_a_folder_and_none_for_a_good_one(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(FAR_BELOW_MARKET, encoding="utf-8")
    assert check(tmp_path, CATALOGUE) == []

    (tmp_path / "bad.yaml").write_text(FAR_BELOW_MARKET.replace("severity: high", "severity: hihg"), encoding="utf-8")
    assert [problem.remedy for problem in check(tmp_path, CATALOGUE)] == ["write low, medium, high or critical"]
