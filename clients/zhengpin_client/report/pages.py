"""Pages of their own: no script, font or picture comes from elsewhere."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from zhengpin_client.importing.rows import UnusableFile
from zhengpin_client.words import Language, phrase


def check_extra() -> None:
    """Refuse to begin where the extra is missing, before anything is asked of a server."""
    if not all(find_spec(name) for name in ("jinja2", "matplotlib")):
        raise UnusableFile("Reports need jinja2 and matplotlib: pip install 'zhengpin[report]'")


def fill_page(template: str, language: Language, **values: Any) -> str:
    """Fill a page of this folder; texts are escaped, and one that the page asks for and is not given is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - an extra: only reports need it

    environment = Environment(
        loader=PackageLoader("zhengpin_client", "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(
        lang="zh-Hans" if language is Language.ZH else "en",
        say=lambda name, **said: phrase(name, language, **said),
        **values,
    )
