"""A model's state as a file: plain values and arrays, never pickled code.

skops writes a zip of JSON and NumPy's own array files. What it reads is held to the types of numbers, texts, lists,
dicts and arrays: a file that names anything else is refused before any of it is built.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import numpy as np
import skops.io
from skops.io.exceptions import UntrustedTypesFoundException

from zhengpin.errors import InvalidModel

State: TypeAlias = Mapping[str, Any]
"""By name: numbers, texts, booleans, `None`, arrays, and lists, tuples and dicts of these."""

_SCALARS = (str, int, float, bool, type(None))
_AGAIN = "train the model anew"


def state_to_bytes(state: State) -> bytes:
    """Write a state; TypeError names the first part that is no plain value."""
    for place, kind in _foreign(state, "state"):
        raise TypeError(f"{place} is a {kind}: a model's state holds numbers, texts, arrays, lists and dicts alone")
    written: bytes = skops.io.dumps(dict(state), compression=zipfile.ZIP_DEFLATED)
    return written


def state_from_bytes(written: bytes, file: str) -> State:
    """Read a state; InvalidModel if the file holds anything but plain values. `file` is only named in problems."""
    try:
        state = skops.io.loads(written, trusted=[])
    except UntrustedTypesFoundException as error:
        raise InvalidModel(file, f"holds more than plain values ({error})", "don't use it, and " + _AGAIN) from error
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, EOFError) as error:
        raise InvalidModel(file, "is no skops file, or a damaged one", f"restore it, or {_AGAIN}") from error
    if not isinstance(state, dict):
        raise InvalidModel(file, f"holds a {type(state).__name__} and no state", _AGAIN)
    for place, kind in _foreign(state, "state"):
        raise InvalidModel(file, f"holds a {kind} ({place})", "don't use it, and " + _AGAIN)
    return state


def _foreign(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every part that is no plain value: where it stands, and what it is."""
    kind = type(value)
    if kind in _SCALARS:
        return
    if kind is np.ndarray:
        if value.dtype.hasobject:
            yield place, "array of Python objects"
    elif kind is dict:
        for key, part in value.items():
            if type(key) is not str:
                yield place, f"dict with a key that is no text ({key!r})"
            yield from _foreign(part, f"{place}[{key!r}]")
    elif kind in {list, tuple}:
        for number, part in enumerate(value):
            yield from _foreign(part, f"{place}[{number}]")
    else:
        yield place, kind.__name__
