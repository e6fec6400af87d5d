"""What votes speak of, as people write it: `brand:acme`, `gtin:6904235001014`, `origin:中国`."""

from __future__ import annotations

from zhengpin.v1 import vote_pb2

FIELDS = {
    "listing": "listing_id",
    "gtin": "gtin",
    "product": "product_key",
    "brand": "brand_id",
    "factory": "factory_id",
    "origin": "origin",
}
"""By the word before the colon: the field of the contract's VoteTarget."""
_WORDS = {field: word for word, field in FIELDS.items()}


def read_target(name: str) -> vote_pb2.VoteTarget:
    """Read a target's name; raises ValueError that says how one is written."""
    word, _, key = name.partition(":")
    if word not in FIELDS or not key:
        forms = ", ".join(f"{each}:…" for each in FIELDS)
        raise ValueError(f"'{name}' is no target: write what it is before a colon, such as brand:acme ({forms})")
    return vote_pb2.VoteTarget(**{FIELDS[word]: key})


def name_of(target: vote_pb2.VoteTarget) -> str:
    """Write a target so that `read_target` reads it back."""
    field = target.WhichOneof("subject")
    return f"{_WORDS[field]}:{getattr(target, field)}" if field else ""
