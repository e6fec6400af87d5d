"""The models of listings' risk that an installation has, found without what it takes to run them.

scikit-learn takes seconds to import: it is brought in when a model is loaded, and not before.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zhengpin.errors import InvalidModel

if TYPE_CHECKING:
    from zhengpin.risk.listing_risk import ListingRisk
    from zhengpin.risk.registry import Registry

KIND = "listing_risk"
CURRENT = "CURRENT"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where models lie."""

    own: Path
    """Of those that were trained here."""
    shipped: Path
    """Of those that came with Zhengpin; it may not exist."""

    def current(self) -> str:
        """The version that serves where nobody has chosen another; empty if none does. Raises `InvalidModel`."""
        return current_version(self.shipped / KIND)

    def registry(self) -> Registry[ListingRisk]:
        """What finds, loads and keeps versions."""
        from zhengpin.risk.listing_risk import LISTING_RISK  # noqa: PLC0415  see above
        from zhengpin.risk.registry import Registry  # noqa: PLC0415  see above

        return Registry(LISTING_RISK, self.own, self.shipped)

    def load(self, version: str) -> ListingRisk:
        """Load a version. Raises `NotFound` and `InvalidModel`."""
        model = self.registry().load(version)
        model.warm_up()
        return model


def current_version(folder: Path) -> str:
    """The version that a folder of one kind of models names in `CURRENT`; empty if it names none."""
    file = folder / CURRENT
    try:
        return file.read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidModel(str(file), f"can't be read ({error})", "restore it") from error
