"""Where a list goes on: opaque to the caller, and good only for the list it came from."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from pydantic_core import to_json

from zhengpin.errors import FieldViolation, InvalidInput


def token_after(place: Sequence[str | float], *asked: object) -> str:
    """The token that asks for what follows a place in the list that `asked` makes: marketplace, filter."""
    text = json.dumps([*place, _seal(place, asked)])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def place_in(token: str, *asked: object) -> list[Any]:
    """Where a token says to go on; InvalidInput on `page_token` if it is not of this very list."""
    try:
        text = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        place: list[Any]
        *place, seal = json.loads(text)
        if seal == _seal(place, asked):
            return place
    except (binascii.Error, ValueError, TypeError):
        pass
    problem = (
        "is not a token of this list: send the one from the answer before with the same filter, or none to start over"
    )
    raise InvalidInput(FieldViolation("page_token", problem))


def _seal(place: Sequence[object], asked: tuple[object, ...]) -> str:
    """Ties a token to its list; no secret, for the filter decides what may be seen."""
    return blake2b(to_json([list(place), asked]), digest_size=9).hexdigest()
