"""Where everything is kept: a store, its units of work, and one repository for each kind of thing.

Nothing of SQLAlchemy leaves this room. Every statement names its marketplace.
"""

from zhengpin.storage.store import Store
from zhengpin.storage.work import Reader, UnitOfWork

__all__ = ["Reader", "Store", "UnitOfWork"]
