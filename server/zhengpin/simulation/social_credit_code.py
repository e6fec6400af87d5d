"""Unified social credit codes whose two check characters are right (GB 32100-2015, GB 11714)."""

from __future__ import annotations

from random import Random

from stdnum.cn import uscc

_ORGANISATION_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_DISTRICTS = ("310115", "440300", "330106", "350500", "440111", "110105", "320505", "510107")


def social_credit_code(dice: Random) -> str:
    """The code of some company that is registered in one of eight districts."""
    organisation = "MA" + "".join(dice.choices(_ORGANISATION_CHARACTERS, k=6))
    total = sum(weight * _DIGITS.index(each) for weight, each in zip(_WEIGHTS, organisation, strict=True))
    body = f"91{dice.choice(_DISTRICTS)}{organisation}{'0X987654321'[total % 11]}"
    return body + str(uscc.calc_check_digit(body))
