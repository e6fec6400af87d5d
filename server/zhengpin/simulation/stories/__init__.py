"""The story of each kind of listing: how it comes about, and what it shows of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from zhengpin.simulation.draft import Draft
from zhengpin.simulation.scene import Scene
from zhengpin.simulation.stories import clever, genuine, look_alikes, obvious

Story: TypeAlias = Callable[[Scene], Draft]

STORIES: Mapping[str, Story] = {**genuine.STORIES, **look_alikes.STORIES, **obvious.STORIES, **clever.STORIES}
"""By kind."""
