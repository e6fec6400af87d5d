"""Votes are hearsay: no rule may make more of them, whoever writes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from zhengpin.domain.hit import Family, Proof
from zhengpin.errors import PackProblem
from zhengpin.rules.document import Document
from zhengpin.rules.packfile import PackForm, RuleForm
from zhengpin.rules.parser import parse
from zhengpin.rules.syntax import signals_named
from zhengpin.signals.signal import Signal

_VOTES = "votes."


def hearsay_as_proof(document: Document, form: PackForm, catalogue: Mapping[str, Signal]) -> Iterable[PackProblem]:
    """Find rules of votes that claim to be proof, and rules that hear of votes and claim to be of another family.

    Either would let votes alone hold, demote or delist a listing. What else a rule asks makes no difference: whether
    a condition beside the votes is evidence, or true of every listing, nobody can tell by looking at it.
    """
    for number, rule in enumerate(form.rules):
        if rule.family is Family.VOTES and rule.proof is Proof.DETERMINISTIC:
            line = document.line(("rules", number, "proof"))
            yield PackProblem(document.file, line, rule.id, "votes are no proof", "write `proof: statistical`")
        elif rule.family is not Family.VOTES and _hears_votes(rule, catalogue):
            line = document.line(("rules", number, "family"))
            yield PackProblem(document.file, line, rule.id, "it stands on votes", "write `family: votes`")


def _hears_votes(rule: RuleForm, catalogue: Mapping[str, Signal]) -> bool:
    condition = parse(rule.when, catalogue).condition
    named = signals_named(condition) if condition is not None else ()
    return any(signal.name.startswith(_VOTES) for signal in named)
