"""Ids that sort by the time of their making (UUIDv7, RFC 9562): new rows land side by side in an index."""

from __future__ import annotations

import os
import threading
import time

_lock = threading.Lock()
_last = 0


def time_ordered_id() -> str:
    """A new UUIDv7, later than every one this process made before."""
    global _last  # noqa: PLW0603  one clock for the process
    with _lock:
        # 48 bits of milliseconds and 12 of the fraction behind them, as RFC 9562 §6.2 method 3 allows.
        moment = time.time_ns() * 4096 // 1_000_000
        _last = max(moment, _last + 1)
        tick = _last
    random = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    digits = f"{(tick >> 12) << 80 | 0x7 << 76 | (tick & 0xFFF) << 64 | 0b10 << 62 | random:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
