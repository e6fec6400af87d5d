"""What a check asks, what it found, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any, Final

from zhengpin.domain.hit import Text
from zhengpin.domain.money import Money
from zhengpin.domain.onboarding import Check, CheckResult, IntendedTrade, OnboardingOutcome
from zhengpin.domain.supplier_fact import DocumentKind


class Consequence(IntEnum):
    """What a finding asks for, from the mildest to the hardest."""

    NOTHING = 0
    LIMITS = 1
    """It may sell within limits until this is settled."""
    PAPERS = 2
    """It may not sell before this is settled."""
    REFUSAL = 3

    @property
    def outcome(self) -> OnboardingOutcome:
        """What it comes to where nothing else is found."""
        return _OUTCOMES[self]


_OUTCOMES: Final = {
    Consequence.NOTHING: OnboardingOutcome.ACCEPT,
    Consequence.LIMITS: OnboardingOutcome.ACCEPT_WITH_LIMITS,
    Consequence.PAPERS: OnboardingOutcome.NEED_DOCUMENTS,
    Consequence.REFUSAL: OnboardingOutcome.REFUSE,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One check, and what follows from it."""

    check: Check
    consequence: Consequence
    paper: DocumentKind | None = None
    """What settles it; a paper that ends soon is asked for though nothing else follows."""
    due_at: datetime | None = None
    """When the paper is due; `None` is when papers usually are."""
    trades: tuple[IntendedTrade, ...] = ()
    """Those that it concerns; empty is the applicant itself, and so all of them."""
    deposit: Money | None = None
    """The deposit that settles it."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a check asks. Answers take what was observed in Chinese and in English, and the fields of a finding."""

    code: str
    expected: Text
    ref: str = ""

    def passed(self, zh: str, en: str, **parts: Any) -> Finding:
        """It is as it should be."""
        return self._answered(CheckResult.PASSED, Text(zh, en), Consequence.NOTHING, **parts)

    def failed(self, zh: str, en: str, consequence: Consequence, **parts: Any) -> Finding:
        """It is surely not as it should be."""
        return self._answered(CheckResult.FAILED, Text(zh, en), consequence, **parts)

    def unknown(self, zh: str, en: str, consequence: Consequence = Consequence.NOTHING, **parts: Any) -> Finding:
        """Nothing was handed in, or nothing is known to check it by."""
        return self._answered(CheckResult.UNKNOWN, Text(zh, en), consequence, **parts)

    def _answered(
        self,
        result: CheckResult,
        observed: Text,
        consequence: Consequence,
        *,
        subject: str = "",
        evidence: tuple[str, ...] = (),
        expected: Text | None = None,
        **rest: Any,
    ) -> Finding:
        asked = expected or self.expected
        check = Check(self.code, result, asked, observed, self.ref, evidence, subject, consequence.outcome)
        return Finding(check, consequence, **rest)
