from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from zhengpin.v1 import image_pb2, listing_pb2, price_pb2, supplier_pb2
from zhengpin_client.importing.native import BadRecord
from zhengpin_client.importing.plan import find_mapping, make_job
from zhengpin_client.importing.rows import Cell, Row, UnusableFile
from zhengpin_client.importing.sources import Source
from zhengpin_client.kinds import Record
from zhengpin_client.mapping.apply import check_columns, records_of
from zhengpin_client.mapping.columns import mapping_of_columns
from zhengpin_client.mapping.form import RowMapping
from zhengpin_client.mapping.load import MappingError, load_mapping


def a_mapping(folder: Path, toml: str) -> RowMapping:
    path = folder / "shop.toml"
    path.write_text(dedent(toml), encoding="utf-8")
    return load_mapping(path)


def made(mapping: RowMapping, **cells: Cell) -> list[Record]:
    return records_of(mapping, Row("shop.csv", 2, cells))


def problems(mapping: RowMapping, **cells: Cell) -> list[str]:
    with pytest.raises(BadRecord) as caught:
        made(mapping, **cells)
    return [str(problem) for problem in caught.value.problems]


SHOP = """
    [settings]
    decimal = ","
    currency = "EUR"
    timezone = "Europe/Berlin"
    empty = ["", "-"]

    [supplier]
    supplier_id = "seller"
    [supplier.shops]
    shop_id = { template = "shop-{seller}" }
    official_store = { column = "official", true = ["ja"], false = ["nein"] }

    [listing]
    listing_id = "id"
    supplier_id = "seller"
    title = "name"
    condition = { column = "state", values = { Neu = "new", Gebraucht = "used" } }
    created_at = { column = "since", formats = ["%d.%m.%Y %H:%M"] }
    authorisation_ids = { column = "letters", split = ";" }
    [listing.offer]
    single_price = "price"
    [listing.attributes]
    colour = "colour"

    [price]
    when = { column = "elsewhere" }
    observation_id = { template = "{id}-elsewhere" }
    listing_id = "id"
    paid = { column = "elsewhere" }
    units = { constant = 1 }
"""
ROW: dict[str, Cell] = {
    "id": "l-1",
    "seller": "s-1",
    "name": "Kettle",
    "official": "nein",
    "state": "neu",
    "since": "02.01.2026 13:30",
    "letters": "a-1; a-2",
    "price": "1.234,50",
    "colour": "-",
    "elsewhere": "",
}


def test_one_row_yields_several_records_with_the_supplier_before_its_listing(tmp_path: Path) -> None:
    supplier, listing = made(a_mapping(tmp_path, SHOP), **ROW)

    assert isinstance(supplier, supplier_pb2.Supplier)
    assert supplier.shops[0].shop_id == "shop-s-1"
    assert supplier.shops[0].HasField("official_store")
    assert not supplier.shops[0].official_store
    assert isinstance(listing, listing_pb2.Listing)
    assert (listing.offer.single_price.units, listing.offer.single_price.nanos) == (1234, 500_000_000)
    assert listing.offer.single_price.currency_code == "EUR"
    assert listing.condition == listing_pb2.CONDITION_NEW
    assert listing.created_at.ToJsonString() == "2026-01-02T12:30:00Z"
    assert list(listing.authorisation_ids) == ["a-1", "a-2"]
    assert dict(listing.attributes) == {}


def test_a_record_with_a_condition_is_made_only_where_it_holds(tmp_path: Path) -> None:
    *_, price = made(a_mapping(tmp_path, SHOP), **{**ROW, "elsewhere": "9,99"})

    assert isinstance(price, price_pb2.PriceObservation)
    assert price.observation_id == "l-1-elsewhere"
    assert price.paid.nanos == 990_000_000


def test_an_empty_price_is_left_out_and_not_taken_as_nought(tmp_path: Path) -> None:
    _, listing = made(a_mapping(tmp_path, SHOP), **{**ROW, "price": "-"})

    assert isinstance(listing, listing_pb2.Listing)
    assert not listing.HasField("offer")


def test_every_problem_of_a_row_is_named_with_its_field_and_a_remedy(tmp_path: Path) -> None:
    bad: dict[str, Cell] = {**ROW, "official": "vielleicht", "state": "Kaputt", "since": "gestern", "price": "zwölf"}

    assert problems(a_mapping(tmp_path, SHOP), **bad) == [
        (
            "supplier.shops.official_store: 'vielleicht' is neither ja or nein: "
            "name such words with true = […] and false = […]"
        ),
        "listing.condition: 'Kaputt' is not among the mapped values 'neu', 'gebraucht': add it to values, or set other",
        "listing.created_at: 'gestern' is not a time of the form '%d.%m.%Y %H:%M'",
        "listing.offer.single_price: 'zwölf' is not a number with the decimal mark ','",
    ]


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [
        ("12 USD", "'12 USD' is in USD, where EUR is expected"),
        ("1.5", "'1.5' is not a number with the decimal mark ','"),
        ("NaN", "'NaN' is not a number with the decimal mark ','"),
        ("1,0000000001", "'1,0000000001' has more than 9 decimals"),
    ],
)
def test_a_price_that_could_be_misread_is_refused(tmp_path: Path, cell: str, wrong: str) -> None:
    [problem] = problems(a_mapping(tmp_path, SHOP), **{**ROW, "price": cell})

    assert problem == f"listing.offer.single_price: {wrong}"


@pytest.mark.parametrize("cell", ["1.234,50 EUR", "€ 1.234,50", "1234,5", "1 234,50"])
def test_a_price_is_read_as_people_write_it(tmp_path: Path, cell: str) -> None:
    _, listing = made(a_mapping(tmp_path, SHOP), **{**ROW, "price": cell})

    assert isinstance(listing, listing_pb2.Listing)
    assert (listing.offer.single_price.units, listing.offer.single_price.nanos) == (1234, 500_000_000)


def test_a_cell_that_looks_like_a_placeholder_stays_text(tmp_path: Path) -> None:
    supplier, _ = made(a_mapping(tmp_path, SHOP), **{**ROW, "seller": "{id}"})

    assert isinstance(supplier, supplier_pb2.Supplier)
    assert supplier.shops[0].shop_id == "shop-{id}"


def test_every_mistake_in_a_mapping_is_named_at_once_with_the_nearest_right_name(tmp_path: Path) -> None:
    with pytest.raises(MappingError) as caught:
        a_mapping(
            tmp_path,
            """
            [settings]
            curency = "EUR"
            [listng]
            listing_id = "id"
            [listing]
            titel = "name"
            title = { colum = "name" }
            brand = { column = "a", constant = "b" }
            condition = { column = "state", values = { Neu = "knew" } }
            offer = "price"
            created_at = { column = "since", timezone = "Europe/Berln" }
            units_per_pack = { column = "pack", decimal = ";" }
            """,
        )

    assert str(caught.value).splitlines() == [
        "shop.toml: settings: there is no 'curency' here: did you mean 'currency'?",
        "shop.toml: there is no 'listng' here: did you mean 'listing'?",
        "shop.toml: listing: there is no 'titel' here: did you mean 'title'?",
        "shop.toml: listing.title: there is no 'colum' here: did you mean 'column'?",
        "shop.toml: listing.brand: give exactly one of column, template, constant",
        "shop.toml: listing.condition: 'knew' is not known: did you mean 'new'?",
        "shop.toml: listing.offer: must be a table [listing.offer] with the message's fields",
        "shop.toml: listing.created_at: 'Europe/Berln' is no time zone: give an IANA name such as Asia/Shanghai",
        'shop.toml: listing.units_per_pack: decimal is "." or ",", not \';\'',
    ]


def test_a_column_that_the_file_lacks_is_named_before_any_row_is_read(tmp_path: Path) -> None:
    mapping = a_mapping(tmp_path, '[listing]\nlisting_id = "id"\ntitle = { template = "{naem}!" }\n')

    with pytest.raises(MappingError) as caught:
        check_columns(mapping, ["id", "name"], "shop.csv")

    assert str(caught.value) == ("shop.toml: listing.title: shop.csv has no column 'naem': did you mean 'name'?")


def test_without_a_mapping_columns_are_the_fields_of_the_kind(tmp_path: Path) -> None:
    file = tmp_path / "prices.csv"
    file.write_text(
        "listing_id,title,offer.single_price,authorisation_ids\nl-1,Kettle,12.50 EUR,a;b\n", encoding="utf-8"
    )
    job = make_job((Source(file, "csv"),), "listing", None)

    [record] = [
        made for row in job.inputs[0].source.rows() if isinstance(row, Row) for made in job.inputs[0].convert(row)
    ]

    assert isinstance(record, listing_pb2.Listing)
    assert record.offer.single_price.units == 12
    assert list(record.authorisation_ids) == ["a", "b"]


def test_a_column_of_whole_messages_is_read_as_json_and_parquet_have_them() -> None:
    mapping = mapping_of_columns("listing", ["listing_id", "offer", "images", "attributes"], "shop.parquet")
    offer: Cell = {"single_price": {"currency_code": "CNY", "units": 12, "nanos": None}, "was_price": None}
    images: Cell = [{"sha256": "ab", "phash": 7}, {"sha256": "cd", "phash": None}]
    pairs: Any = [("volume_ml", "30")]

    [told] = made(mapping, listing_id="l-1", offer=offer, images=images, attributes=pairs)
    [bare] = made(mapping, listing_id="l-1", offer=None, images=[], attributes=[])

    assert told == listing_pb2.Listing(
        listing_id="l-1",
        offer=listing_pb2.Offer(single_price={"currency_code": "CNY", "units": 12}),
        images=[listing_pb2.Image(sha256="ab", phash=7), listing_pb2.Image(sha256="cd")],
        attributes={"volume_ml": "30"},
    )
    assert bare == listing_pb2.Listing(listing_id="l-1")


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("12 CNY", "'12 CNY' is no object: give its fields columns of their own, such as offer.single_price"),
        ({"prise": 12}, 'no field named "prise"'),
    ],
)
def test_what_is_no_whole_message_is_refused_with_what_to_do(cell: Cell, says: str) -> None:
    mapping = mapping_of_columns("listing", ["listing_id", "offer"], "shop.csv")

    [problem] = problems(mapping, listing_id="l-1", offer=cell)

    assert problem.startswith("listing.offer: ")
    assert says in problem


def test_a_kind_that_does_not_exist_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnusableFile, match=r"'lising' is no kind of record: did you mean 'listing'\?"):
        make_job((), "lising", None)


def test_the_mapping_that_comes_with_the_package_is_found_by_its_name() -> None:
    mapping = load_mapping(find_mapping("mercado-livre-cartridges"))

    assert [record.kind.name for record in mapping.records] == ["supplier", "listing"]


IMAGES = """
    [image]
    image_id = "id"
    role = "role"
    brand_id = "brand"
    phash = { template = "0x{hash}" }
    [listing]
    listing_id = "id"
    [[listing.images]]
    uri = "uri"
    phash = "number"
"""
IMAGE_ROW: dict[str, Cell] = {"id": "i-1", "role": "official", "brand": "acme", "uri": "u"}


def test_a_perceptual_hash_is_hexadecimal_with_0x_and_decimal_without(tmp_path: Path) -> None:
    cells: dict[str, Cell] = {**IMAGE_ROW, "hash": "F0a5000000000001", "number": "1234567890123456"}
    image, listing = made(a_mapping(tmp_path, IMAGES), **cells)
    assert image == image_pb2.RegisteredImage(
        image_id="i-1", role=image_pb2.IMAGE_ROLE_OFFICIAL, brand_id="acme", phash=0xF0A5_0000_0000_0001
    )
    assert listing == listing_pb2.Listing(
        listing_id="i-1", images=[listing_pb2.Image(uri="u", phash=1_234_567_890_123_456)]
    )


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (
            {"hash": "f0", "number": "f0a5000000000001"},
            'nor 16 hexadecimal digits after 0x: template = "0x{column}" puts it there',
        ),
        ({"hash": "f0", "number": "0x1f0a5000000000001"}, "is neither a whole number"),
        ({"hash": "f0", "number": "18446744073709551616"}, "18446744073709551616 is out of range"),
        ({"hash": "xyz", "number": "1"}, "'0xxyz' is neither a whole number"),
    ],
)
def test_what_is_no_hash_is_said_with_what_to_do(tmp_path: Path, cells: dict[str, Cell], says: str) -> None:
    (problem,) = problems(a_mapping(tmp_path, IMAGES), **{**IMAGE_ROW, **cells})
    assert says in problem
    assert ".phash: " in problem
