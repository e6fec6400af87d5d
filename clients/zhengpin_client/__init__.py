"""The Python SDK of Zhengpin 正品: tell it what a marketplace sells, ask it what is likely fake.

    from zhengpin_client import Zhengpin

    with Zhengpin("127.0.0.1:7443") as zhengpin:
        verdict = zhengpin.screen_listing(listing)

Messages are the generated ones of `zhengpin.v1`; errors are the tree of `zhengpin_client.errors`.
"""

from zhengpin_client.catalog import Stored
from zhengpin_client.client import DEFAULT_TARGET, Zhengpin
from zhengpin_client.errors import (
    Busy,
    DeadlinePassed,
    FieldViolation,
    NotFound,
    Rejected,
    RequestIdReused,
    Unreachable,
    WrongState,
    ZhengpinError,
)
from zhengpin_client.kinds import KINDS
from zhengpin_client.screening import Screened

__all__ = [
    "DEFAULT_TARGET",
    "KINDS",
    "Busy",
    "DeadlinePassed",
    "FieldViolation",
    "NotFound",
    "Rejected",
    "RequestIdReused",
    "Screened",
    "Stored",
    "Unreachable",
    "WrongState",
    "Zhengpin",
    "ZhengpinError",
]
