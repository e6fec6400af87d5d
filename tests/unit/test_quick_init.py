"""Values that are made quickly are the dataclasses that they were."""

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from builders import a_listing, yuan
from zhengpin.domain.listing import Image, Listing, Offer
from zhengpin.domain.quick_init import quick_factory, quickly_made


@dataclass(frozen=True, slots=True)
class _Plain:
    name: str
    size: int = 3
    parts: tuple[str, ...] = field(default_factory=tuple)


@quickly_made
@dataclass(frozen=True, slots=True)
class _Quick:
    name: str
    size: int = 3
    parts: tuple[str, ...] = field(default_factory=tuple)


def test_a_quickly_made_value_is_of_its_class_and_stays_as_it_is() -> None:
    listing = a_listing()
    assert type(listing) is Listing
    with pytest.raises(FrozenInstanceError):
        listing.brand = "other"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del listing.brand
    with pytest.raises((AttributeError, TypeError)):  # as for any frozen dataclass with slots
        listing.colour = "red"  # type: ignore[attr-defined]


def test_equality_hash_copies_and_pickles_are_those_of_a_dataclass() -> None:
    listing = a_listing(offer=Offer(single_price=yuan(5)))
    for same in (replace(listing), copy.deepcopy(listing), pickle.loads(pickle.dumps(listing))):  # noqa: S301  our own
        assert same == listing
        assert hash(same) == hash(listing)
        assert type(same) is Listing
    assert replace(listing, images=(Image("u"),)) != listing
    assert repr(Image("u", phash=1)) == "Image(uri='u', sha256='', phash=1)"


def test_defaults_are_those_of_the_plain_dataclass() -> None:
    assert repr(_Quick("a"))[1:] == repr(_Plain("a"))[1:].replace("Plain", "Quick")
    assert _Quick("a", 4, ("b",)) == _Quick(parts=("b",), size=4, name="a")
    plain, quick = inspect.signature(_Plain), inspect.signature(_Quick)
    assert list(plain.parameters) == list(quick.parameters)


@pytest.mark.parametrize("kind", [_Plain, _Quick])
def test_a_factory_makes_what_the_class_makes(kind: type[_Plain | _Quick]) -> None:
    make = quick_factory(kind)
    for made, same in ((make("a"), kind("a")), (make("a", parts=("b",), size=4), kind("a", 4, ("b",)))):
        assert made == same
        assert type(made) is kind
    with pytest.raises(FrozenInstanceError):
        setattr(make("a"), "name", "b")  # noqa: B010  as one who does not heed types


@pytest.mark.parametrize("arguments", [{}, {"name": "a", "colour": "red"}])
def test_wrong_arguments_are_refused(arguments: dict[str, str]) -> None:
    with pytest.raises(TypeError, match="__init__"):
        _Quick(**arguments)  # type: ignore[arg-type]


def test_a_class_that_checks_its_fields_at_its_making_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Checked:
        size: int

        def __post_init__(self) -> None:
            raise ValueError(self.size)

    with pytest.raises(TypeError, match="Checked does more"):
        quickly_made(Checked)
