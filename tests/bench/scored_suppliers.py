"""Suppliers that are made up, kept in a store, scored anew and asked for."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from statistics import median

import numpy as np
from rich.progress import Progress, track

from bench.echo import echoing
from bench.load import open_channel
from zhengpin.domain.scored_supplier import UNBLEMISHED, SupplierEvidence
from zhengpin.domain.supplier_score import Blemishes, EvidenceSums
from zhengpin.storage.store import Store
from zhengpin.suppliers.score.standards import STANDARDS
from zhengpin.usecases.score_all import ScoreAll, Step
from zhengpin.usecases.supplier_evidence import NEVER_FITTED, scored
from zhengpin.v1 import supplier_service_pb2 as pb
from zhengpin.v1 import supplier_service_pb2_grpc

MARKETPLACE = "default"
PAGE, CATEGORIES, CAPPED, SEED = 10_000, 50, 0.02, 20_260_301
INCIDENT = Blemishes(open_high=("incident",))


def made_up(chance: np.random.Generator, suppliers: int) -> list[tuple[EvidenceSums, Blemishes]]:
    """What some suppliers' evidence adds up to, and what bars a few of them."""
    tolerated = np.array([standard.tolerated for standard in STANDARDS])
    events = chance.lognormal(4, 2, (suppliers, 1)) * chance.uniform(0.02, 1, (suppliers, len(STANDARDS)))
    shares = np.minimum(1, tolerated * chance.lognormal(-0.5, 1.2, (suppliers, len(STANDARDS))))
    capped = (chance.random(suppliers) < CAPPED).tolist()
    good, bad = (events * (1 - shares)).tolist(), (events * shares).tolist()
    return [
        (EvidenceSums(tuple(of_good), tuple(of_bad)), INCIDENT if has_cap else UNBLEMISHED)
        for of_good, of_bad, has_cap in zip(good, bad, capped, strict=True)
    ]


def rescored(database: str, suppliers: int) -> dict[str, float]:
    """Keep suppliers as they stood yesterday, and score all of them today."""
    now = datetime.now(UTC)
    with closing(Store(database)) as store:
        store.migrate()
        _fill(store, suppliers, now - timedelta(days=1))
        done = dict.fromkeys(Step, 0)
        began, cpu = time.perf_counter(), time.process_time()
        with Progress(transient=True) as progress:
            bar = progress.add_task("scoring through the store", total=suppliers)
            for part in ScoreAll(store, lambda: now)(MARKETPLACE):
                done[part.step] += part.done
                progress.update(bar, completed=done[Step.SCORED])
        seconds, cpu_seconds = time.perf_counter() - began, time.process_time() - cpu
    if done[Step.SCORED] != suppliers:
        raise RuntimeError(f"{done[Step.SCORED]} of {suppliers} suppliers were scored")
    return {
        "rescore_seconds": round(seconds, 1),
        "rescore_cpu_seconds": round(cpu_seconds, 1),
        "changed": done[Step.CHANGES],
    }


def asked(port: int, suppliers: int, calls: int) -> dict[str, float]:
    """Ask for one score after another, and a bare service for a ready one, in turns."""
    chance = np.random.default_rng(SEED)
    requests = [
        pb.GetSupplierScoreRequest(supplier_id=_name(number))
        for number in chance.integers(0, suppliers, calls).tolist()
    ]
    with open_channel(port) as channel:
        ours = supplier_service_pb2_grpc.SupplierServiceStub(channel).GetSupplierScore
        answers = [ours(each) for each in requests[:101]]
        typical = sorted(answers, key=lambda each: each.ByteSize())[len(answers) // 2]
        with echoing(typical, 1, "GetSupplierScore") as bare_port, open_channel(bare_port) as bare_channel:
            bare = supplier_service_pb2_grpc.SupplierServiceStub(bare_channel).GetSupplierScore
            took = [(_ms(ours, each), _ms(bare, each)) for each in track(requests, "asking", transient=True)]
    kept = took[calls // 10 :]  # the first tenth warms up
    mine, echo = median(each for each, _ in kept), median(each for _, each in kept)
    return {
        "get_p50_ms": round(mine, 3),
        "echo_p50_ms": round(echo, 3),
        "get_p50_over_echo": round(mine / echo, 2),
        "answer_bytes": typical.ByteSize(),
    }


def _fill(store: Store, suppliers: int, then: datetime) -> None:
    chance = np.random.default_rng(SEED)
    for start in track(range(0, suppliers, PAGE), "keeping suppliers", transient=True):
        page = [
            SupplierEvidence(sums, blemishes, f"category-{place % CATEGORIES:02}")
            for place, (sums, blemishes) in enumerate(made_up(chance, min(PAGE, suppliers - start)))
        ]
        table = NEVER_FITTED.table
        with store.begin(MARKETPLACE, len(page)) as unit:
            unit.supplier_scores.put_many(
                [scored(_name(start + place), evidence, table, then) for place, evidence in enumerate(page)]
            )


def _name(number: int) -> str:
    return f"supplier-{number:07}"


def _ms(call: Callable[[pb.GetSupplierScoreRequest], object], request: pb.GetSupplierScoreRequest) -> float:
    began = time.perf_counter()
    call(request)
    return (time.perf_counter() - began) * 1000
