"""The form of a pack's file, and what is said when a file has another."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from zhengpin.domain.hit import ActionKind, Family, Proof
from zhengpin.errors import InvalidPack, PackProblem
from zhengpin.rules.document import Document, Place

MAX_RULES: Final = 2000
MAX_TEXT: Final = 2000


class SeverityName(StrEnum):
    """How bad it would be if true."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class OnMissing(StrEnum):
    """What happens if a rule's truth is unknown because signals are missing."""

    SKIP = "skip"
    FIRE = "fire"
    REVIEW = "review"


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Words = Annotated[str, Field(min_length=1, max_length=MAX_TEXT, strict=True)]
RuleId = Annotated[str, Field(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$", max_length=80, strict=True)]


class BecauseForm(_Form):
    """The reason that people read, with signals in braces."""

    zh: Words
    en: Words


class RuleForm(_Form):
    """One rule."""

    id: RuleId = Field(description="A dotted or dashed phrase that one can say in a meeting. Never renamed.")
    ref: str = Field(default="", pattern=r"^([A-Z]{2,5}-[0-9]{1,3})?$", description="The catalogue's number.")
    when: str = Field(strict=True, description="The condition over signals.")
    severity: SeverityName = Field(description="Orders cases; never decides.")
    family: Family = Field(description="The kind of evidence that the rule stands on.")
    proof: Proof = Field(default=Proof.STATISTICAL, description="deterministic: anyone can check it.")
    action: ActionKind = Field(description="What the rule proposes.")
    on_missing: OnMissing = Field(description="What happens if signals are missing and the condition is unknown.")
    because: BecauseForm
    source: Words = Field(description='Where the threshold comes from, or "to be tuned".')


class PackForm(_Form):
    """A file of rules."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60, strict=True)]
    version: Annotated[int, Field(ge=1, le=1_000_000, strict=True)]
    rules: Annotated[list[RuleForm], Field(min_length=1, max_length=MAX_RULES)]


def pack_json_schema() -> dict[str, Any]:
    """Give the JSON Schema of a pack's file, for editors that complete and check YAML."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **PackForm.model_json_schema()}


def read_form(document: Document) -> PackForm:
    """Check a document's form; raise InvalidPack with every problem."""
    if not isinstance(document.content, dict):
        problem = PackProblem(document.file, 1, "", "the file is no pack", "start with `name:`, `version:`, `rules:`")
        raise InvalidPack((problem,))
    try:
        return PackForm.model_validate(document.content)
    except ValidationError as error:
        problems = sorted(_problems(error.errors(), document), key=lambda problem: problem.line)
        raise InvalidPack(tuple(problems)) from None


def _problems(errors: list[ErrorDetails], document: Document) -> Iterator[PackProblem]:
    for error in errors:
        place = error["loc"]
        wrong, remedy = _said(error, str(place[-1]), place)
        yield PackProblem(document.file, document.line(place), rule_at(document, place), wrong, remedy)


def rule_at(document: Document, place: Place) -> str:
    """Give the id of the rule around a place, or its number where it has no id."""
    match place:
        case ("rules", int(number), *_):
            rule = document.content["rules"][number]
            name = rule.get("id") if isinstance(rule, dict) else None
            return name if isinstance(name, str) else f"rule {number + 1}"
        case _:
            return ""


def _said(error: ErrorDetails, key: str, place: Place) -> tuple[str, str]:  # noqa: PLR0911 - one return for each kind
    """Say what is wrong and what to do, in the words of this file."""
    context = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return f"`{key}` is missing", f"add `{key}:`"
        case "extra_forbidden":
            known = list(_form_at(place).model_fields)
            close = difflib.get_close_matches(key, known, n=1)
            return f"unknown key `{key}`", f"did you mean `{close[0]}`?" if close else f"keys are {', '.join(known)}"
        case "enum":
            return f"`{key}` is {error['input']!r}", f"write {context['expected']}".replace("'", "")
        case "string_type" | "string_sub_type":
            return f"`{key}` is no text", "put the value in quotes"
        case "string_pattern_mismatch" if key == "ref":
            return f"`ref` is {error['input']!r}", "write a catalogue number such as PRC-01, or leave it away"
        case "string_pattern_mismatch":
            return f"`{key}` is {error['input']!r}", "use lower-case words joined by dots and dashes"
        case "int_type" | "int_from_float" | "greater_than_equal" | "less_than_equal":
            return f"`{key}` is {error['input']!r}", "write a whole number from 1 to 1,000,000"
        case "string_too_short" | "too_short":
            return f"`{key}` is empty", "write at least one"
        case "string_too_long" | "too_long":
            return f"`{key}` is too long", f"it may have {context['max_length']}"
        case _:
            return f"`{key}`: {error['msg'][:1].lower()}{error['msg'][1:]}", "see rules/README.md for the form"


def _form_at(place: Place) -> type[_Form]:
    if len(place) == 1:
        return PackForm
    return BecauseForm if "because" in place else RuleForm


__all__ = ["BecauseForm", "OnMissing", "PackForm", "RuleForm", "SeverityName", "pack_json_schema", "read_form"]
