"""The server's settings refuse what can't work, and say what would."""

import pytest
from pydantic import ValidationError

from zhengpin.settings import Settings, shipped


@pytest.mark.parametrize("listen", ["foo", ":7443", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:http"])
def test_an_address_that_is_none_is_refused(listen: str) -> None:
    with pytest.raises(ValidationError, match="write host:port"):
        Settings(listen=listen)


@pytest.mark.parametrize("listen", ["127.0.0.1:0", "0.0.0.0:65535", "[::1]:7443"])
def test_an_address_is_taken(listen: str) -> None:
    assert Settings(listen=listen).listen == listen


def test_the_packs_that_ship_are_found() -> None:
    assert (shipped("rules") / "packs" / "price.yaml").is_file()
