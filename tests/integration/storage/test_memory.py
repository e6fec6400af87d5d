"""What a process remembers never differs from what is stored, whoever changed it."""

from collections.abc import Collection
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from builders import (
    NOW,
    PHASH,
    a_brand,
    a_list_entry,
    a_listing,
    a_price,
    a_registered_image,
    a_stage_change,
    a_supplier,
    an_authorisation,
    an_outcome,
)
from vote_builders import a_standing, a_window
from votes_around import a_voter_mix
from zhengpin.domain.image import ImageRole
from zhengpin.domain.listing import Image
from zhengpin.domain.model_stage import ModelStage
from zhengpin.domain.outcome import ListKind, OutcomeKind, SubjectKind
from zhengpin.domain.snapshot import Snapshot, SnapshotQuery
from zhengpin.domain.standing import Board
from zhengpin.domain.supplier import SupplierState
from zhengpin.domain.vote import Target, TargetKind
from zhengpin.domain.votes_around import FakeWords
from zhengpin.storage import Store
from zhengpin.storage.memory import MOST_MARKETPLACES, MOST_WITHOUT, Lately, Memory, Notes, memories
from zhengpin.storage.standings import ListedStanding
from zhengpin.storage.work import UnitOfWork

HERE = "here"
PRODUCT = "acme k15"
SELLERS = st.sampled_from([f"supplier-{number}" for number in range(3)])
LISTINGS = st.sampled_from([f"listing-{number}" for number in range(3)])
DAYS = st.integers(-3, 3)
KINDS = st.sampled_from(
    ["supplier", "brand", "authorisation", "entry", "outcome", "listing", "deletion", "price", "model", "image", "vote"]
)
VOTED = st.sampled_from([Target(TargetKind.PRODUCT, PRODUCT), Target(TargetKind.BRAND, "zeta")])
BITS = st.integers(0, 9).map(lambda bits: (1 << bits) - 1)
"""What a copy of a picture differs in."""


def pictures(changed: int) -> tuple[Image, ...]:
    """A file, and a copy of a picture."""
    return (*a_listing().images, Image("https://img.example/copy.jpg", phash=PHASH ^ changed))


def change(unit: UnitOfWork, kind: str, number: int, data: st.DataObject) -> None:  # noqa: C901  one case a kind
    """Make one change of this kind, of those that others' screenings rely on."""
    seller, listing_id = data.draw(SELLERS), data.draw(LISTINGS)
    day = NOW.date() + timedelta(days=data.draw(DAYS))
    match kind:
        case "supplier":
            shop = replace(a_supplier().shops[0], shop_id=data.draw(SELLERS), official_store=data.draw(st.booleans()))
            state = data.draw(st.sampled_from(SupplierState))
            unit.suppliers.upsert_many([a_supplier(seller, state=state, shops=(shop,))], NOW)
        case "brand":
            name = data.draw(st.sampled_from(["Acme", "Zeta", "Other"]))
            owner = data.draw(SELLERS | st.just(""))
            brand = a_brand(data.draw(st.sampled_from(["acme", "zeta"])), name=name, owner_id=owner, aliases=())
            unit.brands.upsert_many(
                [replace(brand, gtin_prefixes=(data.draw(st.sampled_from(["690123", "69"])),))], NOW
            )
        case "authorisation":
            letter = an_authorisation(f"letter-{data.draw(DAYS)}", licensor_id=data.draw(SELLERS), licensee_id=seller)
            unit.authorisations.upsert_many([replace(letter, valid_to=day, sublicensable=True)])
        case "entry":
            kind, subject = data.draw(
                st.sampled_from([(SubjectKind.SUPPLIER, seller), (SubjectKind.LISTING, listing_id)])
            )
            entry = a_list_entry(f"entry-{data.draw(DAYS)}", subject_kind=kind, subject=subject)
            unit.list_entries.upsert_many([replace(entry, kind=data.draw(st.sampled_from(ListKind)))])
        case "outcome" if unit.listings.find(listing_id):  # nobody can tell of a listing that was never told
            verdict = data.draw(st.sampled_from(OutcomeKind))
            found_at = NOW - timedelta(days=abs(data.draw(DAYS)))
            outcome = an_outcome(f"outcome-{number}", listing_id=listing_id, kind=verdict, found_at=found_at)
            unit.outcomes.record_many([outcome])
        case "listing":
            told = a_listing(listing_id, supplier_id=seller, price=50 + number, images=pictures(data.draw(BITS)))
            unit.listings.upsert_many([(told, PRODUCT)], NOW)
        case "image":
            role, name = data.draw(st.sampled_from(ImageRole)), f"image-{data.draw(DAYS)}"
            brand_id = data.draw(st.sampled_from(["acme", "zeta"]))
            image = a_registered_image(name, role=role, brand_id=brand_id, phash=PHASH ^ data.draw(BITS))
            unit.registered_images.upsert_many([image])
        case "deletion" if unit.listings.find(listing_id):
            unit.listings.delete(listing_id, NOW)
        case "model":
            stage = data.draw(st.sampled_from(ModelStage))
            unit.models.change([a_stage_change(data.draw(st.sampled_from(["one", "two"])), stage)])
        case "vote":
            target = data.draw(VOTED)
            unit.standings.put_many([ListedStanding(a_standing(target, board=data.draw(st.sampled_from(Board))))])
            tell_of_voters(unit, target, data)
        case "price":
            captured = NOW - timedelta(days=10 * abs(data.draw(DAYS)))
            price = a_price(f"price-{number}", seller=seller, listing_id=listing_id, captured_at=captured)
            unit.prices.record_many([price])


def tell_of_voters(unit: UnitOfWork, target: Target, data: st.DataObject) -> None:
    """Tell one thing more of those who vote on a target."""
    match data.draw(st.sampled_from(["mix", "words", "window"])):
        case "mix":
            unit.voter_mixes.put_many({target: a_voter_mix(related=data.draw(st.sampled_from([0.1, 0.9])))})
        case "words":
            words = {name: FakeWords(data.draw(st.integers(0, 3))) for name in ("", data.draw(LISTINGS))}
            unit.fake_votes.put_words(target, words)
        case "window":
            decided_at = data.draw(st.none() | st.just(NOW))
            unit.vote_windows.put_many([a_window(f"window-{data.draw(DAYS)}", target=target, decided_at=decided_at)])


def read(store: Store, later: timedelta = timedelta(), marketplace: str = HERE) -> list[Snapshot]:
    queries = [
        SnapshotQuery(
            a_listing(
                f"listing-{number}",
                supplier_id=f"supplier-{number}",
                shop_id=f"supplier-{number}",
                images=pictures(2**number - 1),
            ),
            PRODUCT,
            frozenset({"zeta", "other"}),
            "06901234567892",
        )
        for number in range(3)
    ]
    with store.read(marketplace) as reader:
        return reader.snapshots.read_many(queries, NOW + later)


def check_what_is_remembered(database_url: str, data: st.DataObject) -> None:
    """Change a new marketplace in any way through either of two stores, and compare with one that remembers nothing."""
    marketplace = str(uuid4())
    with closing(Store(database_url)) as remembering, closing(Store(database_url)) as writing:
        with writing.begin(marketplace) as unit:
            for number in range(6):
                change(unit, "price", number, data)
        for number, kind in enumerate(data.draw(st.lists(KINDS, min_size=1, max_size=8)), start=10):
            later = timedelta(days=data.draw(st.integers(0, 31)))
            read(remembering, marketplace=marketplace)
            with data.draw(st.sampled_from([remembering, writing])).begin(marketplace) as unit:
                change(unit, kind, number, data)
            with closing(Store(database_url)) as forgetful:
                assert read(remembering, later, marketplace) == read(forgetful, later, marketplace)


def test_what_is_remembered_is_what_is_stored(database_url: str) -> None:
    checked = given(database_url=st.just(database_url), data=st.data())(check_what_is_remembered)
    # To connect to PostgreSQL takes a while: there a few examples must do, and none is made smaller.
    quick = settings(max_examples=10, phases=[Phase.generate])
    (settings(max_examples=25) if database_url.startswith("sqlite") else quick)(checked)()


def test_baselines_that_did_not_change_are_the_same_objects(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.prices.record_many([a_price(f"price-{number}", seller=f"supplier-{number}") for number in range(5)])
    first, again = read(store)[0], read(store, timedelta(hours=1))[0]
    assert first.baselines[0] is again.baselines[0]
    with store.begin(HERE) as unit:
        unit.prices.record_many([a_price("price-9", seller="supplier-9")])
    assert len(read(store)[0].baselines[0].prices) == 6


def test_a_marketplace_that_was_forgotten_among_many_is_read_the_same_again(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand("zeta", name="Zeta")], NOW)
        unit.list_entries.upsert_many([a_list_entry(subject="supplier-1")])
        unit.listings.upsert_many([(a_listing("listing-0", supplier_id="supplier-0"), PRODUCT)], NOW)
        unit.listings.delete("listing-0", NOW)
        prices = [a_price(f"price-{number}", seller=f"supplier-{number}") for number in range(5)]
        unit.prices.record_many([*prices, a_price("withdrawn", seller="supplier-5", listing_id="listing-0")])
    first = read(store)
    for number in range(MOST_MARKETPLACES):
        with store.read(f"other-{number}"):
            pass
    again = read(store)
    assert again[0].baselines[0] is not first[0].baselines[0]
    assert again == first


def test_of_many_marketplaces_those_asked_for_last_are_remembered() -> None:
    memory_of = memories(2)
    first, second = memory_of("first"), memory_of("second")
    assert memory_of("first") is first
    memory_of("third")
    assert memory_of("first") is first
    assert memory_of("second") is not second


def test_whoever_reads_an_older_state_neither_gets_nor_leaves_newer_notes() -> None:
    memory = Memory()
    memory.notes("brands", 2).add("acme", "new")
    older = memory.notes("brands", 1)
    assert older.get("acme") is None
    older.add("acme", "old")
    assert memory.notes("brands", 2).get("acme") == "new"


def test_notes_that_are_full_keep_what_was_noted_last() -> None:
    notes: Notes[int, int] = Notes(1, most=2)
    asked: list[set[int]] = []

    def square(keys: object) -> dict[int, int]:
        asked.append(set(keys))  # type: ignore[call-overload]
        return {key: key * key for key in asked[-1] if key != 3}

    assert notes.look_up([1, 2], square, -1) == {1: 1, 2: 4}
    assert notes.look_up([2, 3], square, -1) == {2: 4, 3: -1}
    assert notes.look_up([3], square, -1) == {3: -1}
    assert asked == [{1, 2}, {3}]


def test_of_keys_without_a_fact_nobody_asks_twice() -> None:
    notes: Notes[int, str] = Notes(1)
    asked: list[set[int]] = []

    def name(keys: object) -> dict[int, str]:
        asked.append(set(keys))  # type: ignore[call-overload]
        return {7: "seven"} if 7 in asked[-1] else {}

    assert notes.look_up_few({1, 2}, name) == {}
    assert notes.look_up_few({2, 3, 7}, name) == {7: "seven"}
    assert notes.look_up_few({1, 2, 3, 7}, name) == {7: "seven"}
    assert notes.look_up_few({1, 2, 3}, name) == {}
    assert asked == [{1, 2}, {3, 7}]


def test_of_more_keys_without_a_fact_than_there_is_room_for_some_are_asked_for_again() -> None:
    notes: Notes[int, str] = Notes(1)
    read: list[int] = []

    def nothing(keys: Collection[int]) -> dict[int, str]:
        read.append(len(keys))
        return {}

    keys = set(range(MOST_WITHOUT + 10))
    assert notes.look_up_few(keys, nothing) == notes.look_up_few(keys, nothing) == {}
    assert read == [MOST_WITHOUT + 10, MOST_WITHOUT // 2 + 10]


def test_what_was_read_lately_is_not_read_again_until_it_is_too_old() -> None:
    young, old = Lately[str, str](60.0, 10), Lately[str, str](0.0, 10)
    read = [(lately.get("k", lambda: "first"), lately.get("k", lambda: "second")) for lately in (young, old)]
    assert read == [("first", "first"), ("first", "second")]


def test_what_was_empty_lately_may_have_come_since_and_what_is_too_much_is_read_again() -> None:
    lately = Lately[int, str](60.0, 10)
    assert (lately.get(0, str), lately.get(0, lambda: "come")) == ("", "come")
    for key in range(1, 40):
        lately.get(key, lambda: "early")
    assert (lately.get(39, lambda: "late"), lately.get(0, lambda: "late")) == ("early", "late")


def test_heavy_facts_leave_room_for_fewer() -> None:
    notes: Notes[int, str] = Notes(1, most=10, weigh=len)
    for number, fact in enumerate(("aaa", "bb", "ccc", "dd")):
        notes.add(number, fact)
    assert [notes.get(number) for number in range(4)] == ["aaa", "bb", "ccc", "dd"]
    notes.add(4, "e")
    assert [notes.get(number) for number in range(5)] == [None, None, None, "dd", "e"]
    for _ in range(9):
        notes.add(4, "e")
    assert notes.get(3) == "dd"
