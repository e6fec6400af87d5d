"""Packs are loaded whole, or refused with every problem at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rules.words import CATALOGUE, FAR_BELOW_MARKET, a_pack, a_pack_text, a_rule
from zhengpin.domain.hit import ActionKind, Family, Proof, Severity
from zhengpin.errors import InvalidPack
from zhengpin.rules.pack import load_pack, load_packs, read_pack
from zhengpin.rules.packfile import OnMissing, pack_json_schema


def problems(text: str) -> list[str]:
    """Give what is wrong with a pack's text, as a person reads it."""
    with pytest.raises(InvalidPack) as caught:
        read_pack(text, "packs/test.yaml", CATALOGUE)
    return str(caught.value).splitlines()


def test_a_pack_is_read_with_all_that_its_file_says() -> None:
    pack = read_pack(FAR_BELOW_MARKET, "listing-screening.yaml", CATALOGUE)
    (rule,) = pack.rules

    assert (pack.name, pack.version, len(pack.digest)) == ("listing-screening", 3, 64)
    assert (rule.rule_id, rule.ref, rule.source) == ("price.far-below-market", "PRC-01", "to be tuned")
    assert (rule.severity, rule.family, rule.action) == (Severity.HIGH, Family.PRICE, ActionKind.HOLD)
    assert (rule.proof, rule.on_missing) == (Proof.STATISTICAL, OnMissing.SKIP)
    assert rule.when == "price.vs_market < 0.5 and price.market_sellers >= 8 and not brand.authorised"


def test_the_digest_changes_with_what_a_pack_says_and_not_with_how_it_is_laid_out() -> None:
    digest = read_pack(FAR_BELOW_MARKET, "a.yaml", CATALOGUE).digest
    relaid = "# a comment\n" + FAR_BELOW_MARKET.replace("severity: high", 'severity:   "high"')

    assert read_pack(relaid, "b.yaml", CATALOGUE).digest == digest
    assert read_pack(FAR_BELOW_MARKET.replace("0.5", "0.4"), "a.yaml", CATALOGUE).digest != digest


def test_every_problem_of_a_files_form_is_told_with_line_rule_fault_and_remedy() -> None:
    text = """\
name: My Pack
version: 0
extra: 1
rules:
  - id: Price.low
    ref: PRC1
    when: 5
    severity: hihg
    family: price
    action: hold
    because: {zh: ""}
    sourse: to be tuned
  - id: price.high
"""
    assert problems(text) == [
        "packs/test.yaml:1: `name` is 'My Pack': use lower-case words joined by dots and dashes",
        "packs/test.yaml:2: `version` is 0: write a whole number from 1 to 1,000,000",
        "packs/test.yaml:3: unknown key `extra`: keys are name, version, rules",
        "packs/test.yaml:5: Price.low: `id` is 'Price.low': use lower-case words joined by dots and dashes",
        "packs/test.yaml:5: Price.low: `on_missing` is missing: add `on_missing:`",
        "packs/test.yaml:5: Price.low: `source` is missing: add `source:`",
        "packs/test.yaml:6: Price.low: `ref` is 'PRC1': write a catalogue number such as PRC-01, or leave it away",
        "packs/test.yaml:7: Price.low: `when` is no text: put the value in quotes",
        "packs/test.yaml:8: Price.low: `severity` is 'hihg': write low, medium, high or critical",
        "packs/test.yaml:11: Price.low: `zh` is empty: write at least one",
        "packs/test.yaml:11: Price.low: `en` is missing: add `en:`",
        "packs/test.yaml:12: Price.low: unknown key `sourse`: did you mean `source`?",
        *(
            f"packs/test.yaml:13: price.high: `{key}` is missing: add `{key}:`"
            for key in ("when", "severity", "family", "action", "on_missing", "because", "source")
        ),
    ]


def test_every_problem_of_the_rules_themselves_is_told() -> None:
    text = a_pack_text(
        a_rule("a.b", "price.vs_markt < 0.5 and price.market_sellers > 500"),
        a_rule("a.b", because="{zh: '{price.payd} {brand.gated:.0%}', en: '{price.paid:>9} {price.paid!r} {'}"),
        a_rule("a.c", "price.paid < 1 and price.paid > 2"),
    )
    assert problems(text) == [
        "packs/test.yaml:5: a.b: `when`, character 1: there is no signal price.vs_markt: did you mean price.vs_market?",
        (
            "packs/test.yaml:5: a.b: `when`, character 26: 500 lies outside the range of price.market_sellers: "
            "it runs from 0 to 200"
        ),
        "packs/test.yaml:13: a.b: another rule has this id: give it an id of its own",
        (
            "packs/test.yaml:20: a.b: `because.zh`: the text names {price.payd}, which is no signal: "
            "did you mean {price.paid}?"
        ),
        "packs/test.yaml:20: a.b: `because.zh`: {brand.gated:.0%} formats a boolean as a number: write {brand.gated}",
        (
            "packs/test.yaml:20: a.b: `because.en`: the text's braces don't match "
            "(Single '{' encountered in format string): write {{ for a brace itself"
        ),
        "packs/test.yaml:23: a.c: the condition can never be true: check its bounds: two of them exclude each other",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1: the file is no pack: start with `name:`, `version:`, `rules:`"),
        ("a: [", "2: this is no YAML (did not find expected node content): check indentation, quotes and colons"),
        ("a: &x [1]\nb: *x", "1: YAML anchors and aliases are not allowed: write the value out"),
        (
            "a: !!python/name:os.system x",
            "1: the YAML tag tag:yaml.org,2002:python/name:os.system is not allowed: leave it away",
        ),
        ("a: 1\na: 2", "2: the key 'a' stands twice: remove one"),
        ("a: 1\n---\nb: 2", "2: the file holds more than one YAML document: remove the line `---`"),
        ("[" * 5000, "1: values are nested more than 12 deep: check brackets and indentation"),
        ("a: 2001-99-99", "1: this is no YAML (month must be in 1..12): check the file's characters and values"),
        ("#" * 1_000_001, "1: the file is larger than 1,000,000 bytes: split it"),
        (a_pack_text("  - {}\n" * 2001), "3: `rules` is too long: it may have 2000"),
    ],
)
def test_a_file_that_is_a_trap_is_refused_before_it_can_do_harm(text: str, said: str) -> None:
    assert problems(text) == [f"packs/test.yaml:{said}"]


def test_problems_are_collected_over_all_files_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(a_pack_text(a_rule("one.rule"), name="a"), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(a_pack_text(a_rule("one.rule"), name="a"), encoding="utf-8")
    (tmp_path / "c.yaml").write_text("name: c", encoding="utf-8")
    (tmp_path / "d.yaml").write_bytes(b"\xff\xfe")

    with pytest.raises(InvalidPack) as caught:
        load_packs(tmp_path, CATALOGUE)

    assert str(caught.value).replace(f"{tmp_path}/", "").splitlines() == [
        "c.yaml:1: `version` is missing: add `version:`",
        "c.yaml:1: `rules` is missing: add `rules:`",
        "d.yaml:1: the file is not UTF-8: save it as UTF-8",
        "b.yaml:1: pack a: it stands in a.yaml too: rename or remove one",
        "b.yaml:1: one.rule: it stands in a.yaml too: rename or remove one",
    ]


def test_an_empty_folder_and_an_absent_file_are_problems_too(tmp_path: Path) -> None:
    with pytest.raises(InvalidPack, match="there is no pack"):
        load_packs(tmp_path, CATALOGUE)
    with pytest.raises(InvalidPack, match="the file can't be read"):
        load_pack(tmp_path / "none.yaml", CATALOGUE)


def test_packs_are_loaded_in_the_order_of_their_files(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.yaml").write_text(a_pack_text(a_rule(f"{name}.rule"), name=name), encoding="utf-8")

    assert [pack.name for pack in load_packs(tmp_path, CATALOGUE)] == ["a", "b"]


def test_editors_get_a_schema_that_knows_every_key_and_choice() -> None:
    schema = json.dumps(pack_json_schema())

    assert all(f'"{key}"' in schema for key in ("on_missing", "because", "delist", "deterministic", "critical"))


def test_a_rules_action_stays_as_written() -> None:
    (rule,) = a_pack(a_rule(action="delist", proof="deterministic")).rules

    assert (rule.action, rule.proof) == (ActionKind.DELIST, Proof.DETERMINISTIC)
