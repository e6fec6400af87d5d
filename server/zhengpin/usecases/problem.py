"""Problems of single items, in the form in which answers are kept for replays."""

from __future__ import annotations

from typing import Any

from zhengpin.errors import Fault, FieldViolation, InvalidInput, NotFound, RequestIdReused, ZhengpinError


def problem_to_json(problem: ZhengpinError | None) -> Any:
    """Write down what was wrong with one item; `None` for nothing."""
    match problem:
        case None:
            return None
        case InvalidInput():
            return {"invalid": [[each.field, each.description] for each in problem.violations]}
        case NotFound():
            return {"not_found": [problem.kind, problem.name]}
        case RequestIdReused():
            return {"request_id_reused": problem.request_id}
        case Fault():
            return {"fault": problem.reference}
        case _:
            raise problem  # what is not the item's own fault fails the whole call


def problem_from_json(stored: Any) -> ZhengpinError | None:
    """Read back what `problem_to_json` wrote."""
    match stored:
        case {"invalid": violations}:
            return InvalidInput(*(FieldViolation(field, description) for field, description in violations))
        case {"not_found": [kind, name]}:
            return NotFound(kind, name)
        case {"request_id_reused": request_id}:
            return RequestIdReused(request_id)
        case {"fault": reference}:
            return Fault(reference)
        case _:
            return None
