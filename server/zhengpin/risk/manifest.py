"""A model's manifest: what it is, what it was made of, and what it must be run with. Strict to read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version as installed
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from zhengpin.errors import InvalidModel
from zhengpin.risk.drift import Reference
from zhengpin.risk.metrics import Worth

LIBRARIES: Final = ("numpy", "scikit-learn", "skops")
VERSION: Final = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{8}")
"""A day and the beginning of the file's SHA-256."""

_Count = Annotated[int, Field(ge=0)]
_Text = Annotated[str, Field(max_length=2000)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Labels(_Form):
    """How many listings a model was trained on, by what they turned out to be."""

    fake: _Count
    genuine: _Count
    unlabelled: _Count


class Training(_Form):
    """How a model came about."""

    trained_at: AwareDatetime
    trained_by: _Text
    marketplace: _Text
    """Empty for a model that ships with Zhengpin: it may serve any marketplace."""
    seed: int
    labels: Labels
    metrics: Worth | None
    """On the weeks that were held out; `None` without enough labels."""
    held_out_from: AwareDatetime | None
    reference: Reference
    note: _Text = ""


class Manifest(_Form):
    """What stands beside a model's file."""

    form: Literal[1] = 1
    model: _Text
    version: Annotated[str, Field(pattern=f"^{VERSION.pattern}$")]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    features: tuple[str, ...]
    features_digest: _Text
    libraries: Mapping[str, str]
    """Versions with which it was made, by distribution."""
    training: Training


def manifest_to_text(manifest: Manifest) -> str:
    """JSON that people can read."""
    return manifest.model_dump_json(indent=2) + "\n"


def manifest_from_text(text: str | bytes, file: str) -> Manifest:
    """Read a manifest; InvalidModel names every field that is wrong. `file` is only named in problems."""
    try:
        return Manifest.model_validate_json(text)
    except ValidationError as error:
        wrong = "; ".join(f"`{'.'.join(map(str, each['loc']))}`: {each['msg']}" for each in error.errors())
        raise InvalidModel(file, wrong.replace("``: ", ""), "restore it, or train the model anew") from None


def installed_libraries() -> dict[str, str]:
    """The versions that this process runs with."""
    return {name: installed(name) for name in LIBRARIES}


def version_name(trained_at: datetime, sha256: str) -> str:
    """The name of a version: the day of its training and the first 8 digits of its file's SHA-256."""
    return f"{trained_at:%Y-%m-%d}-{sha256[:8]}"
