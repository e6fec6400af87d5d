"""Chance without memory: whatever has a name has its own dice, and they always fall the same way for the same seed."""

from __future__ import annotations

from hashlib import blake2b
from math import gcd
from random import Random

_ID_BYTES = 16
_PICTURE_BYTES = 32


class Chance:
    """The dice of one marketplace.

    A name is a text such as "listing/3/17". Ids are keyed hashes of names: without the seed, neither their form nor
    their order tells what they stand for.
    """

    def __init__(self, seed: int) -> None:
        self._key = blake2b(f"zhengpin/{seed}".encode(), digest_size=32).digest()

    def id(self, name: str) -> str:
        """32 hexadecimal digits."""
        return blake2b(name.encode(), digest_size=_ID_BYTES, key=self._key).hexdigest()

    def sha256(self, name: str) -> str:
        """64 hexadecimal digits that stand for the hash of a picture or a document."""
        return blake2b(name.encode(), digest_size=_PICTURE_BYTES, key=self._key, person=b"content").hexdigest()

    def token(self, name: str) -> str:
        """64 hexadecimal digits: the keyed hash of something that is compared and never shown."""
        return blake2b(name.encode(), digest_size=_PICTURE_BYTES, key=self._key, person=b"token").hexdigest()

    def random(self, name: str) -> Random:
        """Dice of its own."""
        digest = blake2b(name.encode(), digest_size=8, key=self._key, person=b"dice").digest()
        return Random(int.from_bytes(digest))  # noqa: S311 - a simulation, no secret

    def fraction(self, name: str) -> float:
        """One throw from 0 to 1 where no more is needed: dearer dice are not made for it."""
        digest = blake2b(name.encode(), digest_size=6, key=self._key, person=b"throw").digest()
        return int.from_bytes(digest) / (1 << 48)

    def shuffled(self, name: str, number: int, among: int) -> int:
        """Another number below `among` for each number, so that serial numbers do not show in what is made of them."""
        dice = self.random(name)
        factor = dice.randrange(among // 3, among)
        while gcd(factor, among) != 1:
            factor += 1
        return (number * factor + dice.randrange(among)) % among
