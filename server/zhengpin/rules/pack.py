"""Packs: versioned files of rules, loaded whole or refused with every problem at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from zhengpin.domain.verdict import ActionKind, Family, PackVersion, Proof, Severity
from zhengpin.errors import InvalidPack, PackProblem
from zhengpin.rules.branches import branches_of
from zhengpin.rules.dimension import Space
from zhengpin.rules.document import Document, read_document, read_text
from zhengpin.rules.packfile import OnMissing, PackForm, RuleForm, read_form
from zhengpin.rules.parser import parse
from zhengpin.rules.reason import Template, read_template
from zhengpin.rules.syntax import Condition
from zhengpin.signals.signal import Signal


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, read and checked."""

    rule_id: str
    ref: str
    when: str
    """The condition as written."""
    condition: Condition
    severity: Severity
    family: Family
    proof: Proof
    action: ActionKind
    on_missing: OnMissing
    zh: Template
    en: Template
    source: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A file of rules."""

    name: str
    version: int
    digest: str
    """SHA-256 of the pack's canonical form: order of keys, comments and layout don't count."""
    rules: tuple[Rule, ...]

    @property
    def as_loaded(self) -> PackVersion:
        """Name the pack as verdicts do."""
        return PackVersion(self.name, self.version, self.digest)


def load_pack(path: Path, catalogue: Mapping[str, Signal]) -> Pack:
    """Load one file; raise InvalidPack with every problem in it."""
    return read_pack(read_text(path), str(path), catalogue)


def load_packs(folder: Path, catalogue: Mapping[str, Signal]) -> tuple[Pack, ...]:
    """Load every `*.yaml` of a folder, by name; raise InvalidPack with the problems of all files together.

    A rule's id and a pack's name may stand only once in all of them.
    """
    packs: list[tuple[str, Pack]] = []
    problems: list[PackProblem] = []
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        problems.append(PackProblem(str(folder), 1, "", "there is no pack", "put a `.yaml` file there"))
    for path in paths:
        try:
            packs.append((str(path), load_pack(path, catalogue)))
        except InvalidPack as error:
            problems += error.problems
    problems += said_twice(packs)
    if problems:
        raise InvalidPack(tuple(problems))
    return tuple(pack for _, pack in packs)


def read_pack(text: str, file: str, catalogue: Mapping[str, Signal]) -> Pack:
    """Read a pack from its text; `file` is only named in problems. Raise InvalidPack with every problem."""
    document = read_document(text, file)
    form = read_form(document)
    problems: list[PackProblem] = list(_doubled(document, form))
    rules = [_rule(document, number, rule, catalogue, problems) for number, rule in enumerate(form.rules)]
    if problems:
        raise InvalidPack(tuple(sorted(problems, key=lambda problem: problem.line)))
    canonical = json.dumps(form.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    return Pack(form.name, form.version, digest, tuple(rule for rule in rules if rule))


def _rule(
    document: Document,
    number: int,
    form: RuleForm,
    catalogue: Mapping[str, Signal],
    problems: list[PackProblem],
) -> Rule | None:
    def problem(key: str, wrong: str, remedy: str) -> None:
        line = document.line(("rules", number, *key.split(".")))
        problems.append(PackProblem(document.file, line, form.id, wrong, remedy))

    parsed = parse(form.when, catalogue)
    for flaw in parsed.flaws:
        problem("when", f"`when`, character {flaw.place}: {flaw.wrong}", flaw.remedy)
    zh, zh_flaws = read_template(form.because.zh, "zh", catalogue)
    en, en_flaws = read_template(form.because.en, "en", catalogue)
    for language, flaws in (("zh", zh_flaws), ("en", en_flaws)):
        for wrong, remedy in flaws:
            problem(f"because.{language}", f"`because.{language}`: {wrong}", remedy)
    condition = parsed.condition
    if condition is None:
        return None
    if not branches_of(condition, Space([condition])):
        problem("when", "the condition can never be true", "check its bounds: two of them exclude each other")
    return Rule(
        rule_id=form.id,
        ref=form.ref,
        when=" ".join(form.when.split()),
        condition=condition,
        severity=Severity[form.severity.name],
        family=form.family,
        proof=form.proof,
        action=form.action,
        on_missing=form.on_missing,
        zh=zh,
        en=en,
        source=form.source,
    )


def _doubled(document: Document, form: PackForm) -> Iterable[PackProblem]:
    seen: set[str] = set()
    for number, rule in enumerate(form.rules):
        if rule.id in seen:
            line = document.line(("rules", number, "id"))
            yield PackProblem(document.file, line, rule.id, "another rule has this id", "give it an id of its own")
        seen.add(rule.id)


def said_twice(packs: Iterable[tuple[str, Pack]]) -> Iterable[PackProblem]:
    """Find rules' ids and packs' names that stand in two packs, which are given with the names of their files."""
    files: dict[str, str] = {}
    for file, pack in packs:
        for name in (f"pack {pack.name}", *(rule.rule_id for rule in pack.rules)):
            if name in files:
                yield PackProblem(file, 1, name, f"it stands in {files[name]} too", "rename or remove one")
            files.setdefault(name, file)
