"""Learned models over gRPC: trained on what was found, promoted, gone back from, and refused with a reason."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import grpc
import pytest

from callers import Caller, a_listing_message, an_id, fields_of, reason_of, status_of_error
from conftest import ON_POSTGRES
from learning import judge, told_labels
from zhengpin.bootstrap import Service
from zhengpin.settings import Settings
from zhengpin.v1 import model_pb2, model_service_pb2

Models = model_service_pb2
LIVE, SHADOW = model_pb2.MODEL_STAGE_LIVE, model_pb2.MODEL_STAGE_SHADOW


@dataclass(frozen=True, slots=True)
class Learning:
    """A server whose store a test may fill."""

    service: Service
    port: int
    models: Path

    @contextmanager
    def market(self, **labels: Any) -> Iterator[Caller]:
        """The backend of a marketplace with labelled listings that nobody used before."""
        marketplace = f"m-{uuid4().hex[:12]}"
        told_labels(self.service.store, marketplace=marketplace, **{"fakes": 180, "genuine": 540, **labels})
        judge(self.service.store, 200, marketplace=marketplace, name="u")
        with Caller(self.port, marketplace) as caller:
            yield caller


@pytest.fixture(scope="module", params=["sqlite", ON_POSTGRES])
def learning(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Generator[Learning]:
    """A server on a fresh database of each of the two engines."""
    folder = tmp_path_factory.mktemp("learning")
    if request.param == "sqlite":
        yield from _serve(f"sqlite:///{folder / 'zhengpin.db'}", folder / "models")
        return
    with request.getfixturevalue("postgres").new_database() as url:
        yield from _serve(url, folder / "models")


def _serve(database: str, models: Path) -> Generator[Learning]:
    settings = Settings(
        database=database,
        listen="127.0.0.1:0",
        grace_seconds=1,
        log_level="error",
        models=models,
        shipped_models=models.parent / "none",
    )
    with Service(settings) as service:
        yield Learning(service, service.start(), models)


@pytest.fixture(scope="module")
def caller(learning: Learning) -> Iterator[Caller]:
    """A marketplace that has trained one model."""
    with learning.market() as opened:
        opened.train(note="the first")
        yield opened


def the_model(caller: Caller) -> str:
    """The version that the marketplace has trained."""
    models = caller.call("ListModels", Models.ListModelsRequest()).models
    return next(str(each.version) for each in models if not each.shipped)


def promote(caller: Caller, version: str, stage: int = LIVE, **options: Any) -> Any:
    asked = {"request_id": an_id(), "actor": "an analyst", "version": version, "stage": stage, **options}
    return caller.call("PromoteModel", Models.PromoteModelRequest(**asked))


def roll_back(caller: Caller) -> Any:
    return caller.call("RollbackModel", Models.RollbackModelRequest(request_id=an_id(), actor="an analyst"))


def refused(call: Callable[[], Any]) -> tuple[str, str, str]:
    """Status, reason and text with which a call is refused."""
    with pytest.raises(grpc.RpcError) as caught:
        call()
    status = status_of_error(caught.value)
    return caught.value.code().name, reason_of(status), status.message


def test_training_tells_how_far_it_is_and_ends_with_the_model_and_its_comparison(learning: Learning) -> None:
    with learning.market() as caller:
        *progress, last = caller.train(note="weekly", seed=3)
        assert {step.WhichOneof("step") for step in progress} == {"progress"}
        assert progress[0].progress.stage == "reading labelled listings"
        model = last.trained.model
        assert (model.stage, model.trained_by, model.note, model.seed) == (
            model_pb2.MODEL_STAGE_CANDIDATE,
            "an analyst",
            "weekly",
            3,
        )
        assert (model.labels.fake, model.labels.genuine, model.labels.unlabelled) == (180, 540, 200)
        assert model.HasField("held_out_from")
        assert model.worth.classifier.average_precision > 0.5  # cheap goods are fakes here: a quarter is chance
        assert last.trained.comparison.version == model.version
        assert (learning.models / "listing_risk" / model.version / "CARD.md").exists()
        details = caller.call("GetModel", Models.GetModelRequest(version=model.version))
        assert details.model == model
        assert details.card.startswith(f"# listing_risk {model.version}")
        assert not details.history


def test_the_same_training_asked_again_is_answered_and_not_done_again(learning: Learning) -> None:
    with learning.market() as caller:
        request_id = an_id()
        first = caller.train(request_id)[-1]
        (again,) = caller.train(request_id)
        assert again == first
        listed = caller.call("ListModels", Models.ListModelsRequest()).models
        assert [each.version for each in listed if not each.shipped] == [first.trained.model.version]
        assert refused(lambda: caller.train(request_id, note="another"))[:2] == ("ALREADY_EXISTS", "REQUEST_ID_REUSED")


def test_a_model_is_promoted_looked_at_and_gone_back_from(caller: Caller) -> None:
    version = the_model(caller)
    before = caller.call("ListModels", Models.ListModelsRequest()).live
    assert promote(caller, version, SHADOW).stage == SHADOW
    assert caller.call("ListModels", Models.ListModelsRequest()).shadow == version
    promoted = promote(caller, version, force=True, note="a test")
    assert (promoted.version, promoted.replaced) == (version, before)
    assert caller.call("ListModels", Models.ListModelsRequest()).live == version
    details = caller.call("GetModel", Models.GetModelRequest(version=version))
    assert [(step.stage, step.actor, step.note) for step in details.history] == [
        (LIVE, "an analyst", "a test"),
        (SHADOW, "an analyst", ""),
    ]
    assert details.model.stage == LIVE
    assert details.HasField("trial")
    assert refused(lambda: promote(caller, version))[:2] == ("FAILED_PRECONDITION", "WRONG_STATE")
    assert roll_back(caller) == Models.RollbackModelResponse(live=before, retired=version)
    assert refused(lambda: roll_back(caller))[2].endswith("there is nothing to go back to")


def test_a_comparison_tells_both_models_figures(caller: Caller) -> None:
    version = the_model(caller)
    comparison = caller.call("CompareModels", Models.CompareModelsRequest(version=version, baseline=version))
    assert (comparison.version, comparison.baseline, comparison.unproven) == (version, version, False)


def test_too_few_listings_are_told_with_what_is_needed(learning: Learning) -> None:
    with Caller(learning.port, "empty") as caller:
        code, reason, text = refused(caller.train)
        assert (code, reason) == ("FAILED_PRECONDITION", "WRONG_STATE")
        assert text == "0 screened listings are too few to train on: screen at least 200 first"
        assert not [m for m in caller.call("ListModels", Models.ListModelsRequest()).models if not m.shipped]


def test_without_enough_labels_a_model_tells_only_what_is_unusual(learning: Learning) -> None:
    with learning.market(fakes=5, genuine=5) as caller:
        model = caller.train()[-1].trained.model
        assert not model.HasField("worth")
        assert "Not measured" in caller.call("GetModel", Models.GetModelRequest(version=model.version)).card


def test_one_training_at_a_time_runs_and_the_next_may_begin_when_it_is_over(learning: Learning) -> None:
    with learning.market() as caller:
        request = Models.TrainModelRequest(request_id=an_id(), actor="first")
        first = caller.models.TrainModel(request, metadata=caller.metadata, timeout=100)
        next(first)
        code, reason, text = refused(caller.train)
        assert (code, reason) == ("RESOURCE_EXHAUSTED", "ALREADY_RUNNING")
        assert "wait until it is done" in text
        assert list(first)[-1].HasField("trained")
        assert caller.train()[-1].HasField("trained")


BAD: dict[str, tuple[str, Any, str]] = {
    "no version": ("GetModel", Models.GetModelRequest(version="latest"), "version"),
    "a path": ("GetModel", Models.GetModelRequest(version="../../2026-03-01-0f8fad5b"), "version"),
    "no stage": ("PromoteModel", Models.PromoteModelRequest(version="2026-03-01-0f8fad5b"), "stage"),
    "a stage that nobody gives": (
        "PromoteModel",
        Models.PromoteModelRequest(stage=model_pb2.MODEL_STAGE_RETIRED),
        "stage",
    ),
    "nobody": ("RollbackModel", Models.RollbackModelRequest(request_id=an_id()), "actor"),
    "a line break in a name": ("RollbackModel", Models.RollbackModelRequest(actor="a\nb"), "actor"),
    "no request id": ("RollbackModel", Models.RollbackModelRequest(actor="a"), "request_id"),
    "a long note": ("RollbackModel", Models.RollbackModelRequest(note="x" * 2001), "note"),
    "a NUL": ("RollbackModel", Models.RollbackModelRequest(note="a\0"), "note"),
    "a baseline that is no version": ("CompareModels", Models.CompareModelsRequest(baseline="x"), "baseline"),
}


@pytest.mark.parametrize("bad", BAD)
def test_what_cannot_be_is_refused_by_its_field(caller: Caller, bad: str) -> None:
    method, request, field = BAD[bad]
    with pytest.raises(grpc.RpcError) as caught:
        caller.call(method, request)
    assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert field in fields_of(status_of_error(caught.value))


def test_a_seed_that_is_too_large_is_refused_before_anything_is_read(caller: Caller) -> None:
    code, reason, text = refused(lambda: caller.train(seed=2**32))
    assert (code, reason) == ("INVALID_ARGUMENT", "INVALID_INPUT")
    assert "seed" in text


def test_force_without_a_reason_is_refused(caller: Caller) -> None:
    code, _, text = refused(lambda: promote(caller, the_model(caller), force=True))
    assert (code, text) == ("INVALID_ARGUMENT", "note: is missing: with force it must say why")


def test_a_damaged_model_is_refused_with_what_is_wrong(learning: Learning) -> None:
    with learning.market() as caller:
        version = caller.train()[-1].trained.model.version
        (learning.models / "listing_risk" / version / "model.skops").write_bytes(b"")
        code, reason, text = refused(lambda: promote(caller, version, SHADOW))
        assert (code, reason) == ("FAILED_PRECONDITION", "INVALID_MODEL")
        assert "is not the file that its manifest names" in text
        assert caller.screen(a_listing_message()).verdict_id


REACHING: dict[str, Callable[[Caller, str], Any]] = {
    "GetModel": lambda stranger, version: stranger.call("GetModel", Models.GetModelRequest(version=version)),
    "CompareModels": lambda stranger, version: stranger.call(
        "CompareModels", Models.CompareModelsRequest(version=version)
    ),
    "PromoteModel": lambda stranger, version: promote(stranger, version, SHADOW),
}


@pytest.mark.parametrize("method", REACHING)
def test_the_model_of_another_marketplace_is_not_there(caller: Caller, learning: Learning, method: str) -> None:
    version = the_model(caller)
    with Caller(learning.port, "stranger") as stranger:
        code, reason, text = refused(lambda: REACHING[method](stranger, version))
    assert (code, reason) == ("NOT_FOUND", "NOT_FOUND")
    assert text == f"model '{version}' is not in this marketplace"


def test_nothing_that_one_marketplace_does_with_models_touches_another(caller: Caller, learning: Learning) -> None:
    with Caller(learning.port, "stranger") as stranger:
        before = stranger.call("ListModels", Models.ListModelsRequest())
        promote(caller, the_model(caller), force=True, note="a test")
        assert stranger.call("ListModels", Models.ListModelsRequest()) == before
        assert refused(lambda: roll_back(stranger))[0] == "FAILED_PRECONDITION"
        assert refused(stranger.train)[0] == "FAILED_PRECONDITION"  # the labels of others are not its own
        roll_back(caller)


def test_every_method_is_tried_from_another_marketplace() -> None:
    methods = {each.name for each in Models.DESCRIPTOR.services_by_name["ModelService"].methods}
    assert methods == {*REACHING, "ListModels", "TrainModel", "RollbackModel"}
