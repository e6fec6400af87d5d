"""Answers after a crash: each verdict as it was, the same request the same answer, another payload a refusal."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import grpc

from callers import Caller, reason_of, status_of_error
from faults.applied import DELETE, PAGE, applied_by
from faults.ledger import Acknowledged, Ledger, Promise, Sent, in_bytes
from faults.told_apart import told_apart
from zhengpin.v1 import catalog_service_pb2, screening_service_pb2

LATEST, EARLIER = 5, 3
"""Requests of each marketplace that are sent again after each crash: the last ones before it, and any others."""
DELETIONS = 3
"""Deletions of each marketplace, of all there were, that are sent again after each crash: many listings are back."""
ALTERED = 3
"""Request ids of each marketplace that are sent with another payload after each crash."""


def check_answers(caller: Caller, acknowledged: Sequence[Acknowledged], ledger: Ledger, chance: random.Random) -> None:
    """Ask again for what one marketplace was answered, and report whatever is not the same."""
    _check_verdicts(caller, acknowledged, ledger)
    with_ids = [each.sent for each in acknowledged if each.sent.method != PAGE]
    latest, others = with_ids[-LATEST:], with_ids[:-LATEST]
    deletions = [each.sent for each in ledger.acknowledged() if _deletes(each.sent, caller.marketplace)]
    for sent in (*latest, *_some(others, EARLIER, chance), *_some(deletions, DELETIONS, chance)):
        _check_repetition(caller, sent, ledger)
    for sent in _some(with_ids, ALTERED, chance):
        _check_refusal(caller, sent, ledger)


def _check_verdicts(caller: Caller, acknowledged: Sequence[Acknowledged], ledger: Ledger) -> None:
    for verdict in applied_by(acknowledged, caller.marketplace).verdicts:
        explained = verdict.HasField("explanation")
        request = screening_service_pb2.GetVerdictRequest(verdict_id=verdict.verdict_id, explain=explained)
        try:
            stored = caller.call("GetVerdict", request)
        except grpc.RpcError as error:
            ledger.report(Promise.LOST, f"{caller.marketplace}, verdict {verdict.verdict_id}: {error.details()}")
            continue
        if in_bytes(stored) != in_bytes(verdict):
            answered, now = told_apart(verdict, stored)
            what = f"{caller.marketplace}, verdict {verdict.verdict_id}: {answered} answered, {now} stored"
            ledger.report(Promise.CHANGED, what)


def _deletes(sent: Sent, marketplace: str) -> bool:
    return (sent.method, sent.marketplace) == (DELETE, marketplace)


def _check_repetition(caller: Caller, sent: Sent, ledger: Ledger) -> None:
    try:
        answer = caller.call(sent.method, sent.request)
    except grpc.RpcError as error:
        ledger.report(Promise.CHANGED, f"{sent}: answered before, now {error.code().name}: {error.details()}")
    else:
        ledger.acknowledge(sent, answer)


def _check_refusal(caller: Caller, sent: Sent, ledger: Ledger) -> None:
    try:
        answer = caller.call(sent.method, altered(sent.request))
    except grpc.RpcError as error:
        reason = reason_of(status_of_error(error))
        if (error.code(), reason) == (grpc.StatusCode.ALREADY_EXISTS, "REQUEST_ID_REUSED"):
            return
        ledger.report(Promise.CHANGED, f"{sent} with another payload: {error.code()} {reason}")
    else:
        ledger.report(Promise.CHANGED, f"{sent} with another payload was answered: {answer}")


def altered(request: Any) -> Any:
    """Another payload under the same request id."""
    other = type(request)()
    other.CopyFrom(request)
    match other:
        case screening_service_pb2.ScreenListingRequest():
            other.dry_run = True
        case catalog_service_pb2.DeleteListingRequest():
            other.listing_id += "-other"
        case _:
            items = next(value for field, value in other.ListFields() if field.name != "request_id")
            items.add().CopyFrom(items[0])
    return other


def _some(sent: Sequence[Sent], count: int, chance: random.Random) -> list[Sent]:
    return chance.sample(sent, min(count, len(sent)))
