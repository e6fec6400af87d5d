"""Whose a file is that several suppliers handed in."""

import pytest

from builders import a_supplier
from zhengpin.detectors.lenders import lenders_of
from zhengpin.domain.paper_holder import PaperHolder

CODE = "91350100M000100Y43"
OWN, OTHER = a_supplier("own", registration_code=CODE), a_supplier("other", registration_code="")
AGAIN = a_supplier("own again", registration_code=CODE)
KNOWN = {each.supplier_id: each for each in (OWN, OTHER, AGAIN)}


def lent(*holders: PaperHolder, verified: bool = False) -> list[str]:
    return [each.supplier_id for each in lenders_of(OWN, holders, KNOWN, verified=verified)]


def test_a_file_is_of_whoever_handed_it_in_first() -> None:
    assert lent(PaperHolder("own", 2), PaperHolder("other", 1), PaperHolder("late", 3)) == ["other"]
    assert lent(PaperHolder("own", 1), PaperHolder("other", 2)) == []


def test_whoever_is_no_holder_yet_comes_after_everybody() -> None:
    assert lent(PaperHolder("other", 7), PaperHolder("nobody knows it", 8)) == ["other", "nobody knows it"]


def test_a_file_is_of_whom_it_was_verified_whoever_was_first() -> None:
    assert lent(PaperHolder("own", 1), PaperHolder("other", 2, verified=True), PaperHolder("third", 3)) == ["other"]
    assert lent(PaperHolder("own", 2, verified=True), PaperHolder("other", 1)) == []
    assert lent(PaperHolder("own", 2), PaperHolder("other", 1), verified=True) == []


@pytest.mark.parametrize("verified", [True, False])
def test_each_is_told_of_the_other_where_nobody_knows_whose_it_is(verified: bool) -> None:
    assert lent(PaperHolder("own", 0, verified), PaperHolder("other", 0, verified)) == ["other"]


def test_nobody_borrows_of_its_own_company() -> None:
    assert lent(PaperHolder("own again", 1), PaperHolder("own", 3)) == []
    assert lent(PaperHolder("own again", 1), PaperHolder("other", 2), PaperHolder("own", 3)) == []
    assert lent(PaperHolder("other", 1), PaperHolder("own again", 2), PaperHolder("own", 3)) == ["other"]
