"""The same records as Parquet: a file for each kind of record, its columns named as the contract's fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from zhengpin.errors import InvalidSettings
from zhengpin.simulation.records import Record

try:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter
except ImportError:
    raise InvalidSettings("Writing Parquet needs pyarrow: pip install 'zhengpin[parquet]'") from None

_ROWS_AT_ONCE = 4096
"""Kept in memory for each file, and written together."""

_TEXT = pa.string()
_TIME = pa.timestamp("s", tz="UTC")
_MONEY = pa.struct({"currency_code": _TEXT, "units": pa.int64(), "nanos": pa.int32()})
_SHOP = pa.struct(
    {
        "shop_id": _TEXT,
        "name": _TEXT,
        "opened_at": _TIME,
        "official_store": pa.bool_(),
        "reputation": pa.float64(),
        "completed_orders": pa.int64(),
    }
)
_IMAGE = pa.struct({"uri": _TEXT, "sha256": _TEXT, "phash": pa.uint64()})
_OFFER = pa.struct(
    {
        "single_price": _MONEY,
        "group_tiers": pa.list_(pa.struct({"size": pa.int32(), "price": _MONEY})),
        "was_price": _MONEY,
        "platform_subsidy": _MONEY,
        "unit_cost": _MONEY,
        "sale_kind": _TEXT,
    }
)
_PRODUCT = pa.struct(
    dict.fromkeys(("gtin", "brand", "model", "spec", "condition", "territory", "seller", "platform"), _TEXT)
)
_TARGET = pa.struct(dict.fromkeys(("product_key", "brand_id", "factory_id", "origin"), _TEXT))
_PURCHASE = pa.struct(dict.fromkeys(("order_id", "proof"), _TEXT))


def _columns(**columns: Any) -> Any:
    """A schema of columns, in their order; those named `texts` come first."""
    texts = columns.pop("texts").split()
    return pa.schema([*((name, _TEXT) for name in texts), *columns.items()])


SCHEMAS = {
    "supplier": _columns(
        texts="supplier_id name kind country registration_code state",
        licence_valid_until=pa.date32(),
        verified_at=_TIME,
        joined_at=_TIME,
        monthly_capacity=pa.int64(),
        shops=pa.list_(_SHOP),
    ),
    "brand": _columns(
        texts="brand_id name owner_id",
        aliases=pa.list_(_TEXT),
        gated=pa.bool_(),
        reference_price=_MONEY,
        gtin_prefixes=pa.list_(_TEXT),
        categories=pa.list_(_TEXT),
    ),
    "authorisation": _columns(
        texts="authorisation_id brand_id licensor_id licensee_id document_sha256",
        valid_from=pa.date32(),
        valid_to=pa.date32(),
        sublicensable=pa.bool_(),
    ),
    "image": _columns(texts="image_id role brand_id gtin model uri sha256 source", phash=pa.uint64()),
    "listing": _columns(
        texts="listing_id supplier_id shop_id title description category brand gtin model spec origin_place factory_id "
        "condition authenticity_claim territory customs_declaration",
        attributes=pa.map_(_TEXT, _TEXT),
        images=pa.list_(_IMAGE),
        offer=_OFFER,
        units_per_pack=pa.int32(),
        stock=pa.int64(),
        authorisation_ids=pa.list_(_TEXT),
        created_at=_TIME,
        edited_at=_TIME,
    ),
    "price": _columns(
        texts="observation_id listing_id sale_kind", product=_PRODUCT, paid=_MONEY, units=pa.int32(), captured_at=_TIME
    ),
    "order_event": _columns(
        texts="event_id order_id listing_id supplier_id buyer_id kind cause text",
        happened_at=_TIME,
        quantity=pa.int32(),
        paid=_MONEY,
        stars=pa.int32(),
    ),
    "outcome": _columns(texts="outcome_id listing_id kind source note", found_at=_TIME),
    "list_entry": _columns(texts="entry_id kind subject_kind subject reason"),
    "truth": _columns(texts="listing_id supplier_id kind looks_like supplier ring", fake=pa.bool_(), clever=pa.bool_()),
    "voter": _columns(texts="voter_id supplier_id invited_by", registered_at=_TIME),
    "vote": _columns(texts="vote_id voter_id opinion", target=_TARGET, cast_at=_TIME, purchase=_PURCHASE),
    "vote_truth": _columns(texts="vote_id voter_id story looks_like plot", arranged=pa.bool_()),
    "link": _columns(texts="kind ring", honest=pa.bool_(), shared=pa.list_(_TEXT), suppliers=pa.list_(_TEXT)),
}
"""By kind of record."""


class ParquetFiles:
    """One file for each kind of record: `listing.parquet`; of the part `history` `history-listing.parquet`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._files: dict[str, _ParquetFile] = {}

    def write(self, part: str, records: Sequence[Record]) -> None:
        """Take records of a part."""
        for record in records:
            ((kind, fields),) = record.items()
            name = f"history-{kind}" if part == "history" else kind
            if name not in self._files:
                self._files[name] = _ParquetFile(self._folder / f"{name}.parquet", SCHEMAS[kind])
            self._files[name].write(fields)

    def close(self) -> None:
        """Finish every file."""
        for file in self._files.values():
            file.close()


class _ParquetFile:
    def __init__(self, path: Path, schema: Any) -> None:
        self._schema = schema
        self._read = _reader_of_struct([(each.name, each.type) for each in schema])
        self._writer = ParquetWriter(path, schema)
        self._rows: list[Any] = []

    def write(self, fields: Any) -> None:
        self._rows.append(self._read(fields))
        if len(self._rows) == _ROWS_AT_ONCE:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, self._schema))
            self._rows.clear()


# --- from ProtoJSON to Arrow -------------------------------------------------------------------------------------


def _reader_of(kind: Any) -> Callable[[Any], Any]:
    """How a ProtoJSON value of this Arrow type is read."""
    if pa.types.is_struct(kind):
        return _reader_of_struct([(kind[place].name, kind[place].type) for place in range(kind.num_fields)])
    if pa.types.is_list(kind):
        item = _reader_of(kind.value_type)
        return lambda value: [item(each) for each in value]
    if pa.types.is_map(kind):
        return lambda value: list(value.items())
    if pa.types.is_timestamp(kind):
        return datetime.fromisoformat
    if pa.types.is_date(kind):
        return lambda value: date(value["year"], value["month"], value["day"])
    return int if pa.types.is_integer(kind) else lambda value: value


def _reader_of_struct(columns: list[tuple[str, Any]]) -> Callable[[Any], Any]:
    readers = [(name, _camel(name), _reader_of(kind)) for name, kind in columns]

    def read(value: Any) -> Any:
        return {name: reader(value[camel]) for name, camel, reader in readers if camel in value}

    return read


def _camel(name: str) -> str:
    """The name in ProtoJSON."""
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
