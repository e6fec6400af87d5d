"""Verdicts: whole, immutable, in the order of their commits."""

import json
import zlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import TypeAdapter
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from builders import NOW, a_reason, a_verdict
from zhengpin.domain.edition import NOT_FIRED, Edition, PackVersion, RuleInForce
from zhengpin.domain.explanation import Explanation, RuleOutcome, RuleTruth, SignalReading
from zhengpin.domain.hit import ActionKind
from zhengpin.domain.verdict import Decision, Restriction, Verdict
from zhengpin.domain.verdict_filter import VerdictFilter
from zhengpin.errors import InvalidInput, NotFound
from zhengpin.storage import Store, tables

HERE = "here"
ALL = VerdictFilter()


def verdicts(count: int) -> list[Verdict]:
    """One a minute, over three listings and two suppliers."""
    return [
        a_verdict(
            f"verdict-{number}",
            listing_id=f"listing-{number % 3}",
            supplier_id=f"supplier-{number % 2}",
            decision=list(Decision)[number % 4],
            reasons=(a_reason(f"reason.{number % 2}"), a_reason("reason.common"), a_reason("reason.common")),
            evaluated_at=NOW + timedelta(minutes=number),
        )
        for number in range(count)
    ]


def add(store: Store, count: int) -> None:
    with store.begin(HERE) as unit:
        unit.verdicts.add_many(verdicts(count))


def numbers(found: tuple[Verdict, ...]) -> list[int]:
    return [int(verdict.verdict_id.removeprefix("verdict-")) for verdict in found]


def test_a_verdict_comes_back_whole(store: Store) -> None:
    verdict = a_verdict()
    with store.begin(HERE) as unit:
        unit.verdicts.add_many([verdict])
    with store.read(HERE) as reader:
        assert reader.verdicts.get("verdict-1", with_explanation=True) == verdict
        assert reader.verdicts.get("verdict-1").explanation is None
        with pytest.raises(NotFound, match="verdict 'verdict-2'"):
            reader.verdicts.get("verdict-2")


def test_a_verdict_that_nobody_could_replay_is_not_stored(store: Store) -> None:
    with store.begin(HERE) as unit, pytest.raises(ValueError, match="verdict-1 has no explanation"):
        unit.verdicts.add_many([a_verdict(explanation=None)])


def test_verdicts_of_several_editions_come_back_each_with_its_own(store: Store, database_url: str) -> None:
    later = Edition((PackVersion("listing-screening", 2, "e" * 64),), ("price.paid",), (RuleInForce("price.new", ()),))
    explanation = Explanation(later, {"price.paid": 59.9}, NOT_FIRED, NOW)
    made = [a_verdict("verdict-1"), a_verdict("verdict-2", packs=later.packs, explanation=explanation)]
    with store.begin(HERE) as unit:
        unit.verdicts.add_many(made)
    with store.begin(HERE) as unit:
        unit.verdicts.add_many([a_verdict("verdict-3")])
    with store.read(HERE) as reader:
        assert reader.verdicts.list(ALL, 9).verdicts == (a_verdict("verdict-3"), *made[::-1])
    engine = create_engine(database_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM editions")).scalar_one() == 2
    engine.dispose()


def test_a_verdict_of_the_first_form_is_read_as_it_was_made(store: Store, database_url: str) -> None:
    verdict = a_verdict(restrictions=(Restriction(ActionKind.HOLD, NOW),))
    body = TypeAdapter(Verdict).dump_json(replace(verdict, explanation=None))
    told = {
        "signals": [
            {"name": "price.paid", "value": None, "as_of": NOW.isoformat()},
            {"name": "price.vs_market", "value": 0.42, "as_of": NOW.isoformat()},
        ],
        "rules": [
            {"rule_id": "price.far-below-market", "truth": "fired", "missing": []},
            {"rule_id": "price.below-cost", "truth": "unknown", "missing": ["price.paid"]},
        ],
    }
    columns = {"verdict_id": "verdict-1", "listing_id": "listing-1", "supplier_id": "s", "decision": "review"}
    packed = {"body": zlib.compress(body), "explanation": zlib.compress(json.dumps(told).encode())}
    row = {"marketplace": HERE, "sequence": 1, **columns, "evaluated_at": NOW, **packed}
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(tables.verdicts.insert(), [row])
    engine.dispose()
    with store.read(HERE) as reader:
        assert reader.verdicts.restrictions(["listing-1"]) == {"listing-1": verdict.restrictions}
        assert reader.verdicts.get("verdict-1") == replace(verdict, explanation=None)
        explanation = reader.verdicts.get("verdict-1", with_explanation=True).explanation
    assert explanation is not None
    assert explanation.signals[1] == SignalReading("price.vs_market", 0.42, NOW)
    assert explanation.signals[0].value is None
    assert explanation.rules == (
        RuleOutcome("price.far-below-market", RuleTruth.FIRED),
        RuleOutcome("price.below-cost", RuleTruth.UNKNOWN, ("price.paid",)),
    )


@pytest.mark.parametrize("table", ["editions", "verdicts", "verdict_reasons"])
@pytest.mark.parametrize("change", ["UPDATE {} SET marketplace = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_delete_what_was_decided(
    store: Store, database_url: str, table: str, change: str
) -> None:
    add(store, 1)
    engine = create_engine(database_url)
    with engine.connect() as connection, pytest.raises(DBAPIError, match=f"{table} is append-only"):
        connection.execute(text(change.format(table)))
    engine.dispose()
    with store.read(HERE) as reader:
        assert reader.verdicts.get("verdict-0") is not None


@pytest.mark.needs_postgres
def test_postgres_refuses_to_empty_the_table(postgres_url: str) -> None:
    engine = create_engine(postgres_url)
    with engine.connect() as connection, pytest.raises(DBAPIError, match="verdicts is append-only"):
        connection.execute(text("TRUNCATE verdicts"))
    engine.dispose()


def test_the_latest_verdict_on_each_listing_is_the_one_committed_last(store: Store) -> None:
    add(store, 5)
    with store.read(HERE) as reader:
        assert reader.verdicts.latest_ids(["listing-0", "listing-1", "listing-9"]) == {
            "listing-0": "verdict-3",
            "listing-1": "verdict-4",
        }


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (ALL, [7, 6, 5, 4, 3, 2, 1, 0]),
        (VerdictFilter(listing_id="listing-1"), [7, 4, 1]),
        (VerdictFilter(supplier_id="supplier-1"), [7, 5, 3, 1]),
        (VerdictFilter(decisions=(Decision.BLOCK, Decision.ALLOW)), [7, 4, 3, 0]),
        (VerdictFilter(reason_code="reason.0"), [6, 4, 2, 0]),
        (VerdictFilter(reason_code="reason"), []),
        (VerdictFilter(evaluated_from=NOW + timedelta(minutes=6)), [7, 6]),
        (VerdictFilter(evaluated_before=NOW + timedelta(minutes=2)), [1, 0]),
        (VerdictFilter(latest_only=True), [7, 6, 5]),
        (VerdictFilter(latest_only=True, decisions=(Decision.WATCH,)), [5]),
        (VerdictFilter(listing_id="listing-1", decisions=(Decision.ALLOW,), reason_code="reason.common"), [4]),
    ],
)
def test_each_condition_of_a_filter_holds_on_every_page_and_in_every_cursor(
    store: Store, asked: VerdictFilter, expected: list[int]
) -> None:
    add(store, 8)
    with store.read(HERE) as reader:
        paged: list[int] = []
        token = ""
        while True:
            page = reader.verdicts.list(asked, 2, token)
            paged += numbers(page.verdicts)
            token = page.next_page_token
            if not token:
                break
        assert paged == expected
        assert numbers(reader.verdicts.after(0, asked, 100)[0]) == expected[::-1]


@pytest.mark.parametrize("asked", [ALL, VerdictFilter(evaluated_from=NOW)])
def test_verdicts_of_one_moment_are_listed_without_loss(store: Store, asked: VerdictFilter) -> None:
    with store.begin(HERE) as unit:
        unit.verdicts.add_many([a_verdict(f"verdict-{number}") for number in range(5)])
    with store.read(HERE) as reader:
        first = reader.verdicts.list(asked, 3)
        second = reader.verdicts.list(asked, 3, first.next_page_token)
    assert numbers(first.verdicts + second.verdicts) == [4, 3, 2, 1, 0]
    assert second.next_page_token == ""


def test_no_list_sorts_or_looks_through_verdicts_that_are_not_its_own(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'plans.db'}")
    store.migrate()
    for asked, index in (
        (ALL, "ix_verdicts_marketplace_sequence"),
        (VerdictFilter(supplier_id="supplier-1"), "ix_verdicts_marketplace_supplier_id_sequence"),
        (VerdictFilter(decisions=(Decision.REVIEW, Decision.BLOCK)), "ix_verdicts_not_allowed"),
        (VerdictFilter(evaluated_from=NOW), "ix_verdicts_marketplace_evaluated_at_sequence"),
    ):
        plans: list[str] = []
        with store.read(HERE) as reader:
            connection = reader._scope.connection.connection.dbapi_connection
            assert connection is not None
            connection.set_trace_callback(plans.append)
            reader.verdicts.list(asked, 2)
            connection.set_trace_callback(None)
            (statement,) = [each for each in plans if each.startswith("SELECT")]
            plan = str(connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall())
        assert f"USING INDEX {index} " in plan
        assert "TEMP B-TREE" not in plan
    store.close()


def test_a_page_that_takes_all_there_is_has_no_next_one(store: Store) -> None:
    add(store, 3)
    with store.read(HERE) as reader:
        assert reader.verdicts.list(ALL, 3).next_page_token == ""


def test_a_token_of_another_list_is_refused_with_the_field_s_name(store: Store) -> None:
    add(store, 3)
    with store.read(HERE) as reader:
        token = reader.verdicts.list(ALL, 1).next_page_token
        garbled = token[:-4] + ("AAAA" if token[-4:] != "AAAA" else "BBBB")
        for asked, sent in (
            (VerdictFilter(supplier_id="supplier-1"), token),
            (VerdictFilter(latest_only=True), token),
            (ALL, garbled),
            (ALL, "no token"),
            (ALL, "é"),
            (ALL, "W10"),
        ):
            with pytest.raises(InvalidInput, match="page_token: is not a token of this list") as caught:
                reader.verdicts.list(asked, 1, sent)
            assert [violation.field for violation in caught.value.violations] == ["page_token"]
    with store.read("elsewhere") as reader, pytest.raises(InvalidInput):
        reader.verdicts.list(ALL, 1, token)


def test_a_cursor_goes_on_where_it_stopped_and_passes_over_what_the_filter_leaves_out(store: Store) -> None:
    add(store, 6)
    with store.read(HERE) as reader:
        first, cursor = reader.verdicts.after(0, ALL, 4)
        rest, end = reader.verdicts.after(cursor, ALL, 4)
        nothing, still = reader.verdicts.after(end, ALL, 4)
        assert (numbers(first), numbers(rest), nothing) == ([0, 1, 2, 3], [4, 5], ())
        assert end == still == reader.verdicts.last_cursor()
        _, over = reader.verdicts.after(0, VerdictFilter(listing_id="never judged"), 4)
        assert over == end


def test_a_fresh_marketplace_starts_its_cursor_at_zero(store: Store) -> None:
    with store.read(HERE) as reader:
        assert reader.verdicts.last_cursor() == 0
        assert reader.verdicts.after(0, ALL, 10) == ((), 0)
