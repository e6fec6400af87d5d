"""Every error that Zhengpin raises on purpose, in one tree.

ZhengpinError
├── InvalidInput            the caller's values break a rule; carries every field violation at once
├── NotFound                an id that nothing in this marketplace has
├── RequestIdReused         one request id, two different payloads
├── DeadlinePassed          the caller waits no longer; nothing more is written
├── Fault                   a fault of Zhengpin's own, logged under a reference
├── Unavailable             a store or a queue can't take work now; worth a retry
├── InvalidPack             a rule pack that may not be loaded; carries every problem
├── InvalidModel            a learned model that may not be loaded, or can't be kept
├── WrongState              what is asked does not fit what is there now; asking again changes nothing
├── AlreadyRunning          of this only one runs at a time
├── InvalidSettings         the server's own settings make no sense
└── WorkerFailed            a worker process could not be started, or kept running

None of them knows gRPC: `service/status.py` alone translates them.
"""

from __future__ import annotations

from dataclasses import dataclass


class ZhengpinError(Exception):
    """The root of every error raised on purpose."""


@dataclass(frozen=True, slots=True)
class FieldViolation:
    """One field, what is wrong with it, and what to do about it."""

    field: str
    description: str


class InvalidInput(ZhengpinError):
    """The caller's values break a rule."""

    def __init__(self, *violations: FieldViolation) -> None:
        """Keep every violation, in the order in which the fields stand."""
        super().__init__("; ".join(f"{each.field}: {each.description}" for each in violations))
        self.violations = violations

    def within(self, path: str) -> InvalidInput:
        """The same violations, of a part of a message that stands at `path`."""
        return InvalidInput(*[FieldViolation(f"{path}.{each.field}", each.description) for each in self.violations])


class NotFound(ZhengpinError):
    """No such thing in this marketplace."""

    def __init__(self, kind: str, name: str) -> None:
        """Name the kind ("listing") and the id that was asked for."""
        super().__init__(f"{kind} {name!r} is not in this marketplace")
        self.kind = kind
        self.name = name


class RequestIdReused(ZhengpinError):
    """One request id was sent with two different payloads."""

    def __init__(self, request_id: str) -> None:
        """Name the request id."""
        super().__init__(f"request_id {request_id} was used before with another payload: send a new one")
        self.request_id = request_id


class DeadlinePassed(ZhengpinError):
    """The caller waits no longer; nothing more is written."""

    def __init__(self, method: str, *, is_under_way: bool = False) -> None:
        """Name the method, and tell whether it has written some of its pages; those stay."""
        how_far = (
            "when only a part was written: send it again with the same request_id, and it goes on where it stopped"
            if is_under_way
            else "before anything was written: send it again"
        )
        super().__init__(f"the deadline of {method} passed {how_far}")


class Fault(ZhengpinError):
    """A fault of Zhengpin's own: the log has the traceback under the reference."""

    def __init__(self, reference: str) -> None:
        """Name the reference, and nothing of the inside."""
        super().__init__(f"an unexpected fault, logged as {reference}: send the same request again, or report it")
        self.reference = reference


class Unavailable(ZhengpinError):
    """Something can't take work now; the same call may succeed later."""

    def __init__(self, what: str, retry_after_seconds: float = 1.0) -> None:
        """Say what is busy or away, and when to come back."""
        super().__init__(what)
        self.retry_after_seconds = retry_after_seconds


@dataclass(frozen=True, slots=True)
class PackProblem:
    """One thing that is wrong with a rule pack: where, what, and what to do."""

    file: str
    line: int
    rule: str
    wrong: str
    remedy: str

    def __str__(self) -> str:
        """Read as a compiler's message: `file:line: rule: what is wrong: what to do`."""
        rule = f"{self.rule}: " if self.rule else ""
        return f"{self.file}:{self.line}: {rule}{self.wrong}: {self.remedy}"


class InvalidPack(ZhengpinError):
    """A rule pack that may not be loaded."""

    def __init__(self, problems: tuple[PackProblem, ...]) -> None:
        """Keep every problem, not the first."""
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class InvalidModel(ZhengpinError):
    """A learned model that may not be loaded, or can't be kept."""

    def __init__(self, file: str, wrong: str, remedy: str) -> None:
        """Say which file, what is wrong with it, and what to do."""
        super().__init__(f"{file}: {wrong}: {remedy}")
        self.file = file
        self.wrong = wrong
        self.remedy = remedy


class WrongState(ZhengpinError):
    """What is asked does not fit what is there now; asking again changes nothing."""


class AlreadyRunning(ZhengpinError):
    """Of this only one runs at a time."""


class InvalidSettings(ZhengpinError):
    """The server's own settings make no sense."""


class WorkerFailed(ZhengpinError):
    """A worker process could not be started, or kept running."""
