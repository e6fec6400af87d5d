"""Promoting and going back: what serves, who may, and what stands in the way."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from builders import NOW, a_listing
from learning import DAY, HERE, judge, keep, price_models, told_labels
from zhengpin.domain.model_stage import ModelStage, ServingModels
from zhengpin.domain.snapshot import SnapshotQuery
from zhengpin.errors import DeadlinePassed, InvalidInput, InvalidModel, NotFound, RequestIdReused, WrongState
from zhengpin.risk.registry import Registry
from zhengpin.storage import Store
from zhengpin.usecases.call import Call
from zhengpin.usecases.compare_models import CompareModels
from zhengpin.usecases.model_examples import ModelExamples
from zhengpin.usecases.promote_model import Promoted, PromoteModel, Promotion
from zhengpin.usecases.read_models import ReadModels
from zhengpin.usecases.rollback_model import RollbackModel, RolledBack

LIVE, SHADOW = ModelStage.LIVE, ModelStage.SHADOW


@pytest.fixture
def registry(tmp_path: Path) -> Registry[Any]:
    """Two shelves: what was trained here, and what ships."""
    return price_models(tmp_path / "own", tmp_path / "shipped")


@pytest.fixture
def shipped(tmp_path: Path) -> str:
    """A model that came with Zhengpin, and serves where nobody has chosen another."""
    version = keep(price_models(tmp_path / "shipped"), 0.1, marketplace="")
    (tmp_path / "shipped" / "listing_risk" / "CURRENT").write_text(version)
    return version


class Staff:
    """Somebody who promotes and goes back."""

    def __init__(self, store: Store, registry: Registry[Any], marketplace: str = HERE) -> None:
        compare = CompareModels(store, registry, ModelExamples(store))
        self.marketplace = marketplace
        self.store = store
        self.read = ReadModels(store, registry)
        self._promote = PromoteModel(store, registry, compare, lambda: NOW)
        self._roll_back = RollbackModel(store, registry, lambda: NOW)

    def promote(
        self, version: str, stage: ModelStage = LIVE, request_id: str = "", digest: str = "d", **options: Any
    ) -> Promoted:
        call = Call(self.marketplace, "PromoteModel", request_id or str(uuid4()), digest)
        return self._promote(call, Promotion(version, stage, "an analyst", **options))

    def force(self, version: str) -> Promoted:
        return self.promote(version, force=True, note="nothing to compare by yet")

    def roll_back(self, request_id: str = "") -> RolledBack:
        return self._roll_back(Call(self.marketplace, "RollbackModel", request_id or str(uuid4()), "d"), "an analyst")

    def serving(self) -> ServingModels:
        """As the next screening sees it."""
        with self.store.read(self.marketplace) as reader:
            (snapshot,) = reader.snapshots.read_many([SnapshotQuery(a_listing())], NOW)
        return snapshot.serving


@pytest.fixture
def staff(store: Store, registry: Registry[Any]) -> Staff:
    return Staff(store, registry)


def told_plainly(store: Store) -> None:
    """Cheap fakes and dear genuine listings, far apart."""
    judge(store, 40, fake=True, name="cheap", prices=(0.2, 0.5))
    judge(store, 120, fake=False, name="dear", prices=(1.2, 1.4))


def test_the_first_model_serves_if_its_suspicions_are_worth_something(
    store: Store, staff: Staff, registry: Registry[Any]
) -> None:
    told_plainly(store)
    version = keep(registry, 1.0)
    promoted = staff.promote(version)
    assert promoted.replaced == ""
    assert promoted.comparison is not None
    assert promoted.comparison.finding.startswith("no model serves yet, and its Brier skill is 0.")
    assert promoted.comparison.worth is not None
    assert promoted.comparison.baseline_worth is None
    assert staff.serving() == ServingModels(version)


def test_the_first_model_that_suspects_everybody_serves_only_by_force(
    store: Store, staff: Staff, registry: Registry[Any]
) -> None:
    told_plainly(store)
    blind = keep(registry, 0.0)
    with pytest.raises(WrongState, match=r"no model serves yet, and its Brier skill is -0\.\d+, no better than"):
        staff.promote(blind)
    assert staff.serving() == ServingModels()
    staff.force(blind)
    assert staff.serving() == ServingModels(blind)


def test_the_first_model_is_not_proven_by_what_it_has_learned_from(
    store: Store, staff: Staff, registry: Registry[Any]
) -> None:
    told_plainly(store)
    with pytest.raises(WrongState, match="only 0 listings found to be fake and 0 others"):
        staff.promote(keep(registry, 1.0, held_out_from=NOW + DAY))


def test_a_model_that_ranks_alike_and_suspects_everybody_is_refused(
    store: Store, staff: Staff, registry: Registry[Any]
) -> None:
    told_plainly(store)
    staff.force(keep(registry, 1.0))
    vague = keep(registry, 0.1)
    with pytest.raises(WrongState, match=r"not below the 1\.000 of .* its Brier skill is -0\.\d+ beside 0\.\d+"):
        staff.promote(vague)


def test_a_better_model_replaces_the_one_that_ships(
    store: Store, staff: Staff, registry: Registry[Any], shipped: str
) -> None:
    told_labels(store)
    better = keep(registry, 0.5)
    promoted = staff.promote(better, note="caught more")
    assert promoted.replaced == shipped
    assert promoted.comparison is not None
    assert promoted.comparison.worth is not None
    assert promoted.comparison.baseline_worth is not None
    assert promoted.comparison.worth.together.fakes == promoted.comparison.baseline_worth.together.fakes > 0
    (change,) = staff.read.get(HERE, better).history
    assert (change.stage, change.actor, change.note, change.changed_at) == (LIVE, "an analyst", "caught more", NOW)


def test_a_worse_model_serves_only_by_force_and_with_a_reason(
    store: Store, staff: Staff, registry: Registry[Any], shipped: str
) -> None:
    told_labels(store)
    worse = keep(registry, -0.5)
    with pytest.raises(WrongState, match=rf"average precision is 0\.\d+, lower than .* of {shipped}.* set force"):
        staff.promote(worse)
    with pytest.raises(InvalidInput, match="note: is missing: with force it must say why"):
        staff.promote(worse, force=True, note=" ")
    assert staff.serving() == ServingModels()
    assert staff.promote(worse, force=True, note="to see it fail").comparison.unproven  # type: ignore[union-attr]
    assert staff.serving() == ServingModels(worse)


def test_without_labels_nothing_is_proven(store: Store, staff: Staff, registry: Registry[Any], shipped: str) -> None:
    told_labels(store, fakes=3)
    with pytest.raises(WrongState, match=r"only 3 listings found to be fake .* at least 10 of each"):
        staff.promote(keep(registry))
    assert staff.read.all(HERE).live == shipped


def test_what_a_model_has_learned_from_proves_nothing(store: Store, staff: Staff, registry: Registry[Any]) -> None:
    told_labels(store)
    staff.force(keep(registry, 0.1))
    learned_from_all = keep(registry, 0.5, held_out_from=NOW + DAY)
    with pytest.raises(WrongState, match="only 0 listings found to be fake and 0 others"):
        staff.promote(learned_from_all)


def test_a_model_that_has_the_stage_already_is_told_so(staff: Staff, registry: Registry[Any], shipped: str) -> None:
    candidate = keep(registry)
    with pytest.raises(WrongState, match=f"{shipped} serves: what serves can't run in shadow beside itself"):
        staff.promote(shipped, SHADOW)
    promoted = staff.promote(shipped)  # it has only advised until now
    assert (promoted.replaced, promoted.comparison) == ("", None)
    assert staff.serving().live == shipped
    with pytest.raises(WrongState, match=f"{shipped} is live already"):
        staff.promote(shipped)
    staff.promote(candidate, SHADOW)
    with pytest.raises(WrongState, match="is in shadow already"):
        staff.promote(candidate, SHADOW)
    staff.force(candidate)
    for stage in (LIVE, SHADOW):
        with pytest.raises(WrongState, match="is live already"):
            staff.promote(candidate, stage)


@pytest.mark.parametrize("of", ["another marketplace", "nobody"])
def test_a_version_that_is_not_of_this_marketplace_is_not_there(
    store: Store, staff: Staff, registry: Registry[Any], of: str
) -> None:
    version = keep(registry, marketplace="there") if of == "another marketplace" else "2026-03-01-00000000"
    compare = CompareModels(store, registry, ModelExamples(store))
    uses: list[Callable[[], object]] = [
        lambda: staff.promote(version),
        lambda: staff.promote(version, SHADOW),
        lambda: staff.read.get(HERE, version),
        lambda: compare(HERE, version),
        lambda: compare(HERE, keep(registry), version),
    ]
    for use in uses:
        with pytest.raises(NotFound, match=f"model '{version}' is not in this marketplace"):
            use()
    assert version not in {entry.manifest.version for entry in staff.read.all(HERE).entries}


def test_a_model_that_cannot_be_loaded_cannot_serve(staff: Staff, registry: Registry[Any], tmp_path: Path) -> None:
    version = keep(registry)
    (tmp_path / "own" / "listing_risk" / version / "model.skops").write_bytes(b"")
    with pytest.raises(InvalidModel, match="is not the file that its manifest names"):
        staff.promote(version)
    assert staff.serving() == ServingModels()


def test_going_back_leads_step_by_step_to_the_model_that_ships(
    staff: Staff, registry: Registry[Any], shipped: str
) -> None:
    first, second = keep(registry, 0.5), keep(registry, 0.6)
    for version in (first, second, first):  # the first one twice
        staff.force(version)
    assert staff.roll_back() == RolledBack(second, first)
    assert staff.serving() == ServingModels(second)
    staff.force(first)  # and up again on the way
    assert [staff.roll_back().live for _ in range(3)] == [second, first, shipped]
    assert staff.serving() == ServingModels()
    with pytest.raises(WrongState, match="there is nothing to go back to"):
        staff.roll_back()
    stages = {entry.manifest.version: entry.stage for entry in staff.read.all(HERE).entries}
    assert stages == {shipped: LIVE, first: ModelStage.RETIRED, second: ModelStage.RETIRED}


def test_the_same_request_changes_a_stage_once(staff: Staff, registry: Registry[Any]) -> None:
    first, second = keep(registry, 0.5), keep(registry, 0.6)
    ids = [str(uuid4()) for _ in range(2)]
    answers = [staff.promote(first, request_id=ids[0], force=True, note="the first") for _ in range(2)]
    assert answers[0] == answers[1]
    staff.force(second)
    backs = [staff.roll_back(ids[1]) for _ in range(2)]
    assert backs == [RolledBack(first, second)] * 2
    assert len(staff.read.get(HERE, first).history) == 3  # live, retired, live
    with pytest.raises(RequestIdReused):
        staff.promote(first, request_id=ids[0], digest="another")


def test_a_caller_who_waits_no_longer_changes_nothing(store: Store, registry: Registry[Any], staff: Staff) -> None:
    compare = CompareModels(store, registry, ModelExamples(store))
    call = Call(HERE, "PromoteModel", str(uuid4()), "d", expired=lambda: True)
    with pytest.raises(DeadlinePassed):
        PromoteModel(store, registry, compare, lambda: NOW)(call, Promotion(keep(registry), SHADOW, "an analyst"))
    assert staff.serving() == ServingModels()


def test_another_in_shadow_ends_the_trial_of_the_one_before(staff: Staff, registry: Registry[Any]) -> None:
    first, second = keep(registry, 0.5), keep(registry, 0.6)
    assert staff.promote(first, SHADOW).comparison is None
    assert staff.promote(second, SHADOW).replaced == first
    assert staff.serving() == ServingModels("", second)
    assert staff.read.get(HERE, first).entry.stage is ModelStage.RETIRED


def test_a_promotion_holds_for_its_own_marketplace(store: Store, staff: Staff, registry: Registry[Any]) -> None:
    shipped_but_not_current = keep(registry, marketplace="")
    staff.force(shipped_but_not_current)
    assert Staff(store, registry, "there").serving() == ServingModels()


def test_a_model_without_a_readable_manifest_is_told_of_where_it_has_a_stage_and_hides_no_other(
    store: Store, staff: Staff, registry: Registry[Any], tmp_path: Path
) -> None:
    good, bad = keep(registry, 0.5), keep(registry, 0.6)
    staff.promote(bad, SHADOW)
    (tmp_path / "own" / "listing_risk" / bad / "manifest.json").write_text("{}")
    listed = staff.read.all(HERE)
    assert [entry.manifest.version for entry in listed.entries] == [good]
    assert listed.unreadable == (bad,)
    assert Staff(store, registry, "there").read.all("there").unreadable == ()


def test_nobody_is_told_where_a_model_lies(staff: Staff, registry: Registry[Any], tmp_path: Path) -> None:
    bad = keep(registry, 0.6)
    (tmp_path / "own" / "listing_risk" / bad / "manifest.json").write_text("{}")
    with pytest.raises(InvalidModel) as refusal:
        staff.read.get(HERE, bad)
    assert str(tmp_path) not in str(refusal.value)
