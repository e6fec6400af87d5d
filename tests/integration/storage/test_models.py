"""Stages of learned models, what was found of them, and the verdicts that they learn from."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, exc

from builders import NOW, a_listing, a_model_check, a_stage_change, a_verdict, an_outcome
from zhengpin.domain.model_check import ShadowTrial
from zhengpin.domain.model_stage import ModelStage, ServingModels, StageChange
from zhengpin.domain.outcome import OutcomeKind
from zhengpin.domain.snapshot import SnapshotQuery
from zhengpin.storage import Store
from zhengpin.storage.marketplaces import WITH_VERDICTS
from zhengpin.storage.model_stages import CHECKS_SHOWN
from zhengpin.storage.tables import model_stages

HERE = "here"
DAY = timedelta(days=1)


def test_of_each_version_the_newest_change_decides(store: Store) -> None:
    with store.read(HERE) as reader:
        assert reader.models.serving() == ServingModels()
    steps = [
        ([a_stage_change("one")], ServingModels(live="one")),
        ([a_stage_change("two", ModelStage.SHADOW)], ServingModels("one", "two")),
        ([a_stage_change("one", ModelStage.RETIRED), a_stage_change("two")], ServingModels("two")),
        ([a_stage_change("two", ModelStage.RETIRED)], ServingModels()),
    ]
    for changes, serving in steps:
        with store.begin(HERE) as unit:
            unit.models.change(changes)
        with store.read(HERE) as reader:
            assert reader.models.serving() == serving
            assert reader.models.changes()[-len(changes) :] == tuple(changes)


def test_what_serves_comes_with_the_snapshot_and_changes_in_every_process_at_once(
    store: Store, database_url: str
) -> None:
    other = Store(database_url)
    query = SnapshotQuery(a_listing())
    for serving in ("one", "two"):
        with other.begin(HERE) as unit:
            unit.models.change([a_stage_change(serving)] if serving == "one" else _replacing("one", "two"))
        with store.read(HERE) as reader:
            (snapshot,) = reader.snapshots.read_many([query], NOW)
        assert snapshot.serving == ServingModels(serving)
    other.close()


def _replacing(old: str, new: str) -> list[StageChange]:
    return [a_stage_change(old, ModelStage.RETIRED), a_stage_change(new)]


def test_stages_are_only_added_to(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.models.change([a_stage_change()])
    with pytest.raises(exc.DBAPIError, match="append-only"), store._engine.begin() as connection:
        connection.execute(delete(model_stages))


def test_the_latest_checks_come_first_and_no_more_than_are_shown(store: Store) -> None:
    checks = [a_model_check("one" if number % 2 else "two", checked_at=NOW + number * DAY) for number in range(70)]
    with store.begin(HERE) as unit:
        for check in checks:
            unit.models.add_check(check)
    with store.read(HERE) as reader:
        assert reader.models.checks() == tuple(reversed(checks))[:CHECKS_SHOWN]
        assert reader.models.checks("one") == tuple(each for each in reversed(checks) if each.version == "one")[:30]
        assert reader.models.checks("three") == ()


def test_a_trial_is_kept_as_far_as_it_came(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.models.keep_trial(ShadowTrial("one", 5))
        unit.models.keep_trial(ShadowTrial("one", 9, verdicts=4, scores=(4, *[0] * 9)))
    with store.read(HERE) as reader:
        assert reader.models.trial("one") == ShadowTrial("one", 9, verdicts=4, scores=(4, *[0] * 9))
        assert reader.models.trial("two") is None


def judge(store: Store, listing_id: str, *moments: datetime) -> None:
    """Verdicts on a listing at these times."""
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing(listing_id), "")], NOW)
        unit.verdicts.add_many(
            [
                a_verdict(f"{listing_id}@{number}", listing_id=listing_id, evaluated_at=moment)
                for number, moment in enumerate(moments)
            ]
        )


def find(store: Store, listing_id: str, *found: tuple[OutcomeKind, datetime]) -> None:
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing(listing_id), "")], NOW)
        unit.outcomes.record_many(
            [
                an_outcome(f"{listing_id}={number}", listing_id=listing_id, kind=kind, found_at=moment)
                for number, (kind, moment) in enumerate(found)
            ]
        )


def test_a_labelled_listing_is_learned_from_as_it_was_before_anybody_knew(store: Store) -> None:
    judge(store, "before", NOW - 3 * DAY, NOW - DAY, NOW, NOW + DAY)
    find(store, "before", (OutcomeKind.FAKE, NOW))
    judge(store, "after", NOW + DAY, NOW + 2 * DAY)
    find(store, "after", (OutcomeKind.GENUINE, NOW))
    find(store, "unjudged", (OutcomeKind.FAKE, NOW))
    judge(store, "unlabelled", NOW)
    judge(store, "corrected", NOW - 9 * DAY, NOW - DAY)
    find(store, "corrected", (OutcomeKind.FAKE, NOW - 5 * DAY), (OutcomeKind.GENUINE, NOW))
    with store.read(HERE) as reader:
        found, _ = reader.verdict_samples.labelled("", 10)
    assert [(each.verdict.verdict_id, each.fake, each.was_known) for each in found] == [
        ("after@0", False, True),
        ("before@1", True, False),
        ("corrected@0", False, False),
    ]
    assert found[1].verdict == a_verdict("before@1", listing_id="before", evaluated_at=NOW - DAY)


def test_labelled_listings_come_page_by_page_and_none_twice(store: Store) -> None:
    for number in range(7):
        judge(store, f"l-{number}", NOW - DAY)
        find(store, f"l-{number}", (OutcomeKind.FAKE, NOW), (OutcomeKind.FAKE, NOW + DAY))
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        with store.read(HERE) as reader:
            page, after = reader.verdict_samples.labelled(after, 3)
        seen += [each.verdict.listing_id for each in page]
    assert seen == [f"l-{number}" for number in range(7)]


def test_verdicts_are_found_by_their_numbers(store: Store) -> None:
    judge(store, "one", NOW, NOW + DAY)
    judge(store, "two", NOW + 2 * DAY)
    judge(store, "three", NOW + 3 * DAY)
    find(store, "three", (OutcomeKind.FAKE, NOW))
    with store.read(HERE) as reader:
        samples = reader.verdict_samples
        assert [each.verdict_id for each in samples.numbered([4, 1, 99])] == ["one@0", "three@0"]
        assert [each.verdict_id for each in samples.unlabelled([1, 2, 3, 4])] == ["one@1", "two@0"]
        assert samples.numbers_of(["two", "one", "unjudged"]) == {"one": [1, 2], "two": [3]}
        assert samples.numbered([]) == ()
        assert samples.first_since(NOW + timedelta(seconds=1)) == 2
        assert samples.first_since(NOW + 4 * DAY) is None


def test_the_marketplaces_that_have_verdicts_are_known(store: Store) -> None:
    judge(store, "one", NOW)
    with store.begin("empty") as unit:
        unit.models.change([a_stage_change()])
    assert store.marketplaces(WITH_VERDICTS) == (HERE,)
