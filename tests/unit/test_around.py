"""What happens around every call: a place, a check, a status for an error, a line in the log."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import grpc
import pytest
from structlog.testing import capture_logs

from zhengpin.errors import NotFound
from zhengpin.service import interceptors
from zhengpin.service.interceptors import Around
from zhengpin.v1 import screening_service_pb2 as pb

QUESTION = pb.GetVerdictRequest(verdict_id="verdict-1")


class _Ended(Exception):
    """Raised by gRPC to end a call with a status."""


class _Context:
    def __init__(self, *, active: bool = True) -> None:
        self.active = active
        self.codes: list[grpc.StatusCode] = []

    def is_active(self) -> bool:
        return self.active

    def abort_with_status(self, status: Any) -> None:
        self.codes.append(status.code)
        raise _Ended


class _Asked:
    method = "/zhengpin.v1.ScreeningService/GetVerdict"
    invocation_metadata: tuple[tuple[str, str | bytes], ...] = ()


def _wrapped(answer: Callable[[Any, Any], Any], places: int = 1) -> Callable[[Any, Any], Any]:
    around = Around(places, places)
    handler = around.intercept_service(lambda _: grpc.unary_unary_rpc_method_handler(answer), _Asked())
    assert handler is not None
    assert handler.unary_unary is not None
    return handler.unary_unary


def _not_found(_request: Any, _context: Any) -> Any:
    raise NotFound("verdict", "verdict-1")


def test_an_ordinary_call_leaves_a_line_for_those_who_debug() -> None:
    with capture_logs() as lines:
        assert _wrapped(lambda *_: "answer")(QUESTION, _Context()) == "answer"
    assert [(each["log_level"], each["method"], each["ok"]) for each in lines] == [("debug", "GetVerdict", True)]


def test_a_call_that_failed_tells_everybody_and_ends_with_its_status() -> None:
    context = _Context()
    with capture_logs() as lines, pytest.raises(_Ended):
        _wrapped(_not_found)(QUESTION, context)
    assert context.codes == [grpc.StatusCode.NOT_FOUND]
    assert [(each["log_level"], each["ok"]) for each in lines] == [("info", False)]


def test_a_call_that_took_long_tells_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interceptors, "SLOW_SECONDS", 0.05)

    def slow(_request: Any, _context: Any) -> None:
        time.sleep(0.05)

    with capture_logs() as lines:
        _wrapped(slow)(QUESTION, _Context())
    assert [(each["log_level"], each["ok"]) for each in lines] == [("info", True)]
    assert lines[0]["ms"] >= 50


def test_a_message_against_the_contract_never_reaches_its_method() -> None:
    context = _Context()
    with pytest.raises(_Ended):
        _wrapped(lambda *_: pytest.fail("reached"))(pb.GetVerdictRequest(verdict_id=""), context)
    assert context.codes == [grpc.StatusCode.INVALID_ARGUMENT]


def test_an_error_that_nobody_would_read_gets_no_status() -> None:
    context = _Context(active=False)
    with pytest.raises(NotFound):
        _wrapped(_not_found)(QUESTION, context)
    assert context.codes == []


def test_a_place_is_given_back_whatever_happens_and_refused_while_it_is_taken() -> None:
    inside, outside = _Context(), _Context()

    def ask_again(request: Any, _context: Any) -> Any:
        return asked(request, inside)

    asked = _wrapped(ask_again)
    for _ in range(2):
        with pytest.raises(_Ended):
            asked(QUESTION, outside)
    assert inside.codes == [grpc.StatusCode.RESOURCE_EXHAUSTED] * 2
