"""From files and options to a job: which rows become what."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from zhengpin_client.importing.job import Input, Job
from zhengpin_client.importing.native import did_you_mean, native_records
from zhengpin_client.importing.rows import UnusableFile
from zhengpin_client.importing.sources import Source
from zhengpin_client.kinds import KINDS
from zhengpin_client.mapping.apply import check_columns, records_of
from zhengpin_client.mapping.columns import mapping_of_columns
from zhengpin_client.mapping.load import MappingError, load_mapping

BUNDLED = "mappings"
"""The folder of mappings that come with the package: inside it when installed, beside it in the project."""


def make_job(sources: tuple[Source, ...], kind: str | None, mapping: str | None) -> Job:
    """Say how each file's rows become records, or raise UnusableFile with what to change."""
    if kind is not None and kind not in KINDS:
        raise UnusableFile(f"'{kind}' is no kind of record: {did_you_mean(kind, list(KINDS))}")
    try:
        return Job(tuple(_input(source, kind, mapping) for source in sources))
    except MappingError as error:
        raise UnusableFile(str(error)) from None


def _input(source: Source, kind: str | None, mapping: str | None) -> Input:
    if mapping is not None:
        loaded = load_mapping(find_mapping(mapping))
        columns = source.columns()
        if columns is not None:
            check_columns(loaded, columns, source.path.name)
        return Input(source, partial(records_of, loaded))
    if source.format == "jsonl":
        return Input(source, partial(native_records, kind=kind))
    if kind is None:
        raise UnusableFile(
            f"{source.path}: what its columns mean is not known: give --mapping FILE.toml, or --kind with columns "
            f"named as the message's fields"
        )
    return Input(source, partial(records_of, mapping_of_columns(kind, source.columns() or (), source.path.name)))


def find_mapping(name: str) -> Path:
    """Find a mapping: a file, or the name of one that comes with the package."""
    path = Path(name)
    if path.is_file():
        return path
    package = Path(__file__).parent.parent
    folders = (package / BUNDLED, package.parent / BUNDLED)
    for folder in folders:
        if (found := folder / f"{path.stem}.toml").is_file() and path.parent == Path():
            return found
    bundled = sorted(each.stem for folder in folders for each in folder.glob("*.toml"))
    raise UnusableFile(
        f"'{name}' is no mapping: name a TOML file, or one that comes with zhengpin: {', '.join(bundled)}"
    )
