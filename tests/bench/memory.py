"""What a process holds in memory."""

from __future__ import annotations

import os
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")


def rss_mb() -> float:
    """Give this process's resident memory in MB, as Linux counts it now (not its peak)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 1e6
