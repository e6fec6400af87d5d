"""Packs: versioned files of rules, loaded whole or refused with every problem at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from zhengpin.domain.edition import PackVersion
from zhengpin.domain.hit import ActionKind, Family, Proof, Severity
from zhengpin.errors import InvalidPack, PackProblem
from zhengpin.rules.branches import branches_of
from zhengpin.rules.dimension import Space
from zhengpin.rules.document import Document, Place, read_document, read_text
from zhengpin.rules.hearsay import hearsay_as_proof
from zhengpin.rules.packfile import OnMissing, PackForm, RuleForm, read_form, rule_at
from zhengpin.rules.parser import parse
from zhengpin.rules.reason import LANGUAGES, Language, Template, read_template
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
    problems = list(_flaws(document, catalogue))
    try:
        form = read_form(document)
    except InvalidPack as error:
        raise InvalidPack(_by_line((*error.problems, *problems))) from None
    problems += _doubled(document, form)
    problems += hearsay_as_proof(document, form, catalogue)
    if problems:
        raise InvalidPack(_by_line(problems))
    canonical = json.dumps(form.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    return Pack(form.name, form.version, digest, tuple(_rule(rule, catalogue) for rule in form.rules))


def _by_line(problems: Iterable[PackProblem]) -> tuple[PackProblem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.line))


def _flaws(document: Document, catalogue: Mapping[str, Signal]) -> Iterator[PackProblem]:
    """Find what is wrong with conditions and texts, whatever else is wrong with the form of the file."""
    rules = document.content.get("rules") if isinstance(document.content, dict) else None
    for number, rule in enumerate(rules if isinstance(rules, list) else ()):
        if not isinstance(rule, dict):
            continue
        because = rule.get("because")
        texts = because if isinstance(because, dict) else {}
        found = [("when", *flaw) for flaw in _condition_flaws(rule.get("when"), catalogue)]
        for language in LANGUAGES:
            found += [(f"because.{language}", *flaw) for flaw in _text_flaws(texts.get(language), language, catalogue)]
        for key, wrong, remedy in found:
            place: Place = ("rules", number, *key.split("."))
            yield PackProblem(document.file, document.line(place), rule_at(document, place), wrong, remedy)


def _condition_flaws(when: object, catalogue: Mapping[str, Signal]) -> Iterator[tuple[str, str]]:
    if not isinstance(when, str):
        return
    parsed = parse(when, catalogue)
    for flaw in parsed.flaws:
        yield f"`when`, character {flaw.place}: {flaw.wrong}", flaw.remedy
    if parsed.condition is not None and not branches_of(parsed.condition, Space([parsed.condition])):
        yield "the condition can never be true", "check its bounds: two of them exclude each other"


def _text_flaws(text: object, language: Language, catalogue: Mapping[str, Signal]) -> Iterator[tuple[str, str]]:
    if isinstance(text, str):
        for wrong, remedy in read_template(text, language, catalogue)[1]:
            yield f"`because.{language}`: {wrong}", remedy


def _rule(form: RuleForm, catalogue: Mapping[str, Signal]) -> Rule:
    """Make a rule of a form that has no flaws."""
    condition = parse(form.when, catalogue).condition
    assert condition is not None
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
        zh=read_template(form.because.zh, "zh", catalogue)[0],
        en=read_template(form.because.en, "en", catalogue)[0],
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
