"""Asks the learned model, and never lets it stand in the way: a verdict without it says what was away."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from zhengpin.domain.rule_evidence import RuleEvidence
from zhengpin.domain.verdict import Risk
from zhengpin.risk.sighting import Sighting
from zhengpin.signals.signal import SignalValues

MODEL_ABSENT = "model absent"
MODEL_LOADING = "model loading"
MODEL_UNREADABLE = "model unreadable"
MODEL_FAILED = "model failed"
MODEL_RESTING = "model resting after faults"
CLASSIFIER_ABSENT = "classifier absent: too few labels"
"""What `degraded` says."""

SLOW_SECONDS = 0.25
"""An assessment takes a quarter of a millisecond; one that takes this long is a fault, however busy the process is."""
FAULTS_BEFORE_REST = 3
REST_SECONDS = 60.0
MOST_MODELS = 16
"""Versions that a process keeps; the one that nobody has asked for longest makes room."""

log = structlog.get_logger(__name__)


class RiskModel(Protocol):
    """A learned model that serves."""

    @property
    def knows_labels(self) -> bool:
        """Whether it has a classifier."""

    def assess(self, values: SignalValues, category: str, rules: RuleEvidence) -> Risk:
        """How likely the listing is a fake."""

    def assess_many(self, asked: Sequence[Sighting]) -> list[Risk]:
        """How likely each listing is one."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the model said, and what was away."""

    risk: Risk | None
    degraded: tuple[str, ...] = ()


class AssessRisk:
    """Assess listings, each by the version that its marketplace has chosen. Safe to share between threads.

    A version is loaded in the background when it is first asked for; until then verdicts say so. A model that fails or
    is slow `FAULTS_BEFORE_REST` times in a row is left alone for `REST_SECONDS`, as is one that can't be read.
    """

    def __init__(
        self, load: Callable[[str], RiskModel], shipped: str = "", clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Take what loads a version, the one for those who chose none (`""`: none), and a clock in seconds."""
        self._load = load
        self._shipped = shipped
        self._clock = clock
        self._lock = threading.Lock()
        self._places: dict[str, _Place] = {}

    def prepare(self) -> None:
        """Load the shipped version and wait for it, so that the first listing finds it ready."""
        if self._shipped:
            self._place(self._shipped).loading.join()

    def __call__(self, version: str, asked: Sequence[Sighting]) -> list[Assessment]:
        """Assess listings, in their order; raises nothing. An empty version is the shipped one."""
        version = version or self._shipped
        if not version:
            return [Assessment(None, (MODEL_ABSENT,))] * len(asked)
        place = self._place(version)
        if place.model is None:
            return [Assessment(None, (place.problem,))] * len(asked)
        if place.faults >= FAULTS_BEFORE_REST and self._clock() < place.rests_until:
            return [Assessment(None, (MODEL_RESTING,))] * len(asked)
        return self._assess(place, place.model, asked)

    def _assess(self, place: _Place, model: RiskModel, asked: Sequence[Sighting]) -> list[Assessment]:
        start = self._clock()
        try:
            risks = [model.assess(*asked[0])] if len(asked) == 1 else model.assess_many(asked)
        except Exception:  # whatever a model does, the rules still judge
            if len(asked) > 1:  # one bad listing must not hide the others' risk
                return [assessment for each in asked for assessment in self._assess(place, model, [each])]
            log.exception("model.failed", version=place.version)
            place.note_fault(self._clock())
            return [Assessment(None, (MODEL_FAILED,))]
        end = self._clock()
        if end - start > SLOW_SECONDS * len(asked):
            log.warning("model.slow", version=place.version, seconds=round(end - start, 3), listings=len(asked))
            place.note_fault(end)
        else:
            place.faults = 0
        degraded = () if model.knows_labels else (CLASSIFIER_ABSENT,)
        return [Assessment(risk, degraded) for risk in risks]

    def _place(self, version: str) -> _Place:
        """The version's place, where it is being loaded if it was not there or could not be read a while ago."""
        with self._lock:
            place = self._places.pop(version, None)
            if place is None or (place.problem == MODEL_UNREADABLE and self._clock() >= place.rests_until):
                place = _Place(version)
                place.loading = threading.Thread(target=self._fetch, args=(place,), name="model", daemon=True)
                place.loading.start()
            self._places[version] = place  # the one asked for last stands last
            while len(self._places) > MOST_MODELS:
                del self._places[next(iter(self._places))]
            return place

    def _fetch(self, place: _Place) -> None:
        try:
            place.model = self._load(place.version)
        except Exception:  # a model that can't be loaded is away; the log says why
            log.exception("model.unreadable", version=place.version)
            place.rests_until = self._clock() + REST_SECONDS
            place.problem = MODEL_UNREADABLE


@dataclass(slots=True)
class _Place:
    """One version in this process."""

    version: str
    model: RiskModel | None = None
    problem: str = MODEL_LOADING
    faults: int = 0
    """In a row."""
    rests_until: float = 0.0
    loading: threading.Thread = field(default_factory=threading.Thread)

    def note_fault(self, now: float) -> None:
        """Count a fault; the model rests from the third one on."""
        self.faults += 1
        self.rests_until = now + REST_SECONDS
