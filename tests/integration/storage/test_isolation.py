"""Marketplaces never see one another: every method of every repository is tried from a neighbour.

A method without a case here fails the first test: add one.
"""

import inspect
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from builders import (
    NOW,
    PHASH,
    a_brand,
    a_forecast,
    a_list_entry,
    a_listing,
    a_model_check,
    a_price,
    a_registered_image,
    a_scored_supplier,
    a_stage_change,
    a_supplier,
    a_supplier_fact,
    a_supplier_profile,
    a_verdict,
    an_authorisation,
    an_order_event,
    an_outcome,
)
from vote_builders import THE_KETTLE, a_current_vote, a_standing, a_vote, a_vote_rates, a_voter, a_window
from votes_around import a_voter_mix
from zhengpin.detectors.images.hash_index import HashIndex
from zhengpin.domain.fake_vote import FakeVote
from zhengpin.domain.genuine_price import PriceSubject
from zhengpin.domain.hit import ActionKind
from zhengpin.domain.link_model import LinkModel
from zhengpin.domain.listing import Condition, Image, SaleKind
from zhengpin.domain.model_check import ShadowTrial
from zhengpin.domain.order import OrderEventKind
from zhengpin.domain.outcome import OutcomeKind, SubjectKind
from zhengpin.domain.price import PriceChannel, Stratum
from zhengpin.domain.rescreening import HangsOn
from zhengpin.domain.ring import Edge, LinkEvidence
from zhengpin.domain.scored_supplier import UNBLEMISHED, ScoreChangeFilter, ScoreFilter
from zhengpin.domain.snapshot import SnapshotQuery
from zhengpin.domain.standing import Board
from zhengpin.domain.supplier import Shop, SupplierState
from zhengpin.domain.supplier_fact import KeyedToken, Referral, Succession, TokenKind
from zhengpin.domain.supplier_score import Band, Prior, PriorTable, ScorePoints
from zhengpin.domain.verdict import Restriction
from zhengpin.domain.verdict_filter import VerdictFilter
from zhengpin.domain.vote import Target, TargetKind, WhyNotCounted
from zhengpin.domain.vote_lists import StandingFilter, WindowFilter
from zhengpin.domain.vote_tally import CircleTally, VoteHour, VoterTrust, VoteTally
from zhengpin.domain.votes_around import FakeWords
from zhengpin.errors import NotFound
from zhengpin.storage import Reader, Store, UnitOfWork
from zhengpin.storage.hash_log import KeptHashes
from zhengpin.storage.requests import StoredAnswer
from zhengpin.storage.score_columns import Restanding, ScoreColumns
from zhengpin.storage.standing_changes import Reached
from zhengpin.storage.standings import ListedStanding
from zhengpin.storage.supplier_profiles import KeptProfile
from zhengpin.storage.tables import metadata
from zhengpin.storage.work import Part

KETTLES = PriceSubject("acme k15", "CN", "CNY", Condition.NEW)
LATER = NOW + timedelta(days=1)
GTIN = "06901234567892"
MINE, NEIGHBOUR = "mine", "neighbour"

PHONE = ("phone", "ab" * 32)
A_PHONE = a_supplier_fact(fact=KeyedToken(TokenKind.PHONE, PHONE[1]))
A_REFERRAL = a_supplier_fact("referral", supplier_id="brought-in", fact=Referral("acme-factory"))
A_PROFILE = KeptProfile("acme-factory", a_supplier_profile(deposit_cover=0.5), NOW.date())
PAPER = "p" * 64
GONE_ON = a_supplier_fact("gone-on", supplier_id="before", fact=Succession("acme-factory", verified=True))
A_COLUMN = ScoreColumns(["acme-factory"], ["kitchen"], b"", [UNBLEMISHED], [400], [Band.GOOD], [NOW])
PRIORS = PriorTable("today", NOW.date(), {"": (Prior(0.1, 10),)})
LONG_AGO = NOW - timedelta(days=999)
SUPPLIER = a_supplier(shops=(Shop("acme-factory-shop", official_store=True),))
EDGE = Edge("acme-factory", "gone", 1.0, certain=True, weak=False, evidence=(LinkEvidence("phone", 8.5, 2),))
LISTING = a_listing()
PICTURES = (*LISTING.images, Image("https://img.example/side.jpg", phash=PHASH))
A_COPY = a_listing("copy", supplier_id="copier", factory_id="acme-factory", images=PICTURES)
SOLD = an_order_event("copied", order_id="of-a-copy", listing_id="sold", supplier_id="copier")
SAME_HASHES = KeptHashes(HashIndex(), too_many=True)
STRATUM = Stratum("acme k15", "CN", "CNY", Condition.NEW, SaleKind.REGULAR, PriceChannel.SINGLE)
OWNERS = [("acme-factory", "acme")]
ACME = Target(TargetKind.BRAND, "acme")
SEAT = (THE_KETTLE, "voter-1")

READS: dict[str, Callable[[Reader], Any]] = {
    "suppliers.find_many": lambda r: r.suppliers.find_many(["acme-factory"]),
    "suppliers.without_shops": lambda r: r.suppliers.without_shops(["acme-factory"]),
    "suppliers.with_official_store": lambda r: r.suppliers.with_official_store(["acme-factory"]),
    "suppliers.not_active": lambda r: r.suppliers.not_active(["gone"]),
    "suppliers.terminated": lambda r: r.suppliers.terminated(["CN:91350100M000100Y43"]),
    "supplier_facts.of_suppliers": lambda r: r.supplier_facts.of_suppliers(
        ["acme-factory"], [KeyedToken], LONG_AGO, NOW
    ),
    "supplier_facts.values_of": lambda r: r.supplier_facts.values_of(["acme-factory"]),
    "supplier_facts.sharers": lambda r: r.supplier_facts.sharers([PHONE]),
    "supplier_facts.latest": lambda r: r.supplier_facts.latest("acme-factory", [KeyedToken], LONG_AGO, NOW),
    "supplier_facts.those_with": lambda r: r.supplier_facts.those_with(KeyedToken, ["acme-factory"]),
    "successions.predecessors": lambda r: r.successions.predecessors(["acme-factory"]),
    "successions.successors": lambda r: r.successions.successors(["before"]),
    "companies.of_several": lambda r: r.companies.of_several(["gone"]),
    "offered_goods.of": lambda r: r.offered_goods.of("acme-factory"),
    "offered_goods.placed": lambda r: r.offered_goods.placed(["acme-factory"]),
    "offered_goods.listings": lambda r: r.offered_goods.listings("acme-factory", "", 9),
    "supplier_facts.owners": lambda r: r.supplier_facts.owners(["fact-1"]),
    "supplier_profiles.find_many": lambda r: r.supplier_profiles.find_many(["acme-factory"]),
    "supplier_profiles.due": lambda r: r.supplier_profiles.due(NOW.date(), "", 9),
    "referrals.referrers": lambda r: r.referrals.referrers(["brought-in"]),
    "referrals.brought_in": lambda r: r.referrals.brought_in(["acme-factory"]),
    "stale_profiles.behind": lambda r: r.stale_profiles.behind("", 9),
    "stale_profiles.marks_of": lambda r: r.stale_profiles.marks_of(["acme-factory"]),
    "stale_profiles.due": lambda r: r.stale_profiles.due(NOW.date(), "", 9),
    "stale_profiles.offering": lambda r: r.stale_profiles.offering([ACME]),
    "offered_goods.sellers": lambda r: r.offered_goods.sellers(["gtin:sold"]),
    "supplier_scores.find_many": lambda r: r.supplier_scores.find_many(["acme-factory"]),
    "supplier_scores.columns_behind": lambda r: r.supplier_scores.columns_behind("", 9),
    "supplier_scores.ranking": lambda r: r.supplier_scores.ranking(ScoreFilter("kitchen"), 9),
    "supplier_scores.place": lambda r: r.supplier_scores.place("kitchen/kettles", 0),
    "supplier_scores.sample": lambda r: r.supplier_scores.sample("kitchen/kettles", 9),
    "supplier_scores.trend": lambda r: r.supplier_scores.trend("acme-factory", 9),
    "supplier_scores.changes_after": lambda r: r.supplier_scores.changes_after(0, ScoreChangeFilter(), 9),
    "supplier_scores.last_cursor": lambda r: r.supplier_scores.last_cursor(),
    "score_priors.get": lambda r: r.score_priors.get("today"),
    "score_priors.latest": lambda r: r.score_priors.latest(),
    "stale_suppliers.behind": lambda r: r.stale_suppliers.behind("", 9),
    "stale_suppliers.marks_of": lambda r: r.stale_suppliers.marks_of(["acme-factory"]),
    "stale_suppliers.due": lambda r: r.stale_suppliers.due(NOW.date(), "", 9),
    "stale_suppliers.offering": lambda r: r.stale_suppliers.offering([ACME]),
    "unlinked_suppliers.behind": lambda r: r.unlinked_suppliers.behind("", 9),
    "unlinked_suppliers.marks_of": lambda r: r.unlinked_suppliers.marks_of(["acme-factory"]),
    "unlinked_suppliers.due": lambda r: r.unlinked_suppliers.due(NOW.date(), "", 9),
    "unlinked_suppliers.offering": lambda r: r.unlinked_suppliers.offering([ACME]),
    "supplier_traits.of": lambda r: r.supplier_traits.of(["acme-factory"]),
    "supplier_traits.bearers": lambda r: r.supplier_traits.bearers([PHONE], 9),
    "supplier_links.linked": lambda r: r.supplier_links.linked(["gone"]),
    "supplier_links.edges_of": lambda r: r.supplier_links.edges_of(["gone"]),
    "supplier_links.holding": lambda r: r.supplier_links.holding(["acme-factory"]),
    "supplier_links.rings_of": lambda r: r.supplier_links.rings_of(["acme-factory"]),
    "supplier_links.letters_among": lambda r: r.supplier_links.letters_among(["acme-factory", "acme-owner"]),
    "supplier_links.named_factories": lambda r: r.supplier_links.named_factories(["copier", "acme-factory"]),
    "supplier_links.counts": lambda r: r.supplier_links.counts(),
    "supplier_links.members": lambda r: r.supplier_links.members(["ring"]),
    "link_models.state": lambda r: r.link_models.state(),
    "link_models.get": lambda r: r.link_models.get("1"),
    "link_models.suppliers": lambda r: r.link_models.suppliers(),
    "link_models.everybody": lambda r: r.link_models.everybody("", 9),
    "paper_holders.of": lambda r: r.paper_holders.of([PAPER]),
    "brands.by_names": lambda r: r.brands.by_names(["acme"]),
    "brands.by_ids": lambda r: r.brands.by_ids(["acme"]),
    "brands.by_gtins": lambda r: r.brands.by_gtins([GTIN]),
    "authorisations.paths_to_many": lambda r: r.authorisations.paths_to_many(OWNERS),
    "authorisations.licensees_among": lambda r: r.authorisations.licensees_among(OWNERS),
    "authorisations.sharing_documents": lambda r: r.authorisations.sharing_documents(OWNERS),
    "listings.get": lambda r: r.listings.get("listing-1"),
    "listings.find": lambda r: r.listings.find("listing-1"),
    "listings.find_many": lambda r: r.listings.find_many(["listing-1"]),
    "listings.offerings": lambda r: r.listings.offerings(["listing-1"]),
    "listings.first_seen": lambda r: r.listings.first_seen(["listing-1"]),
    "listings.deleted": lambda r: r.listings.deleted(["buried"]),
    "listings.image_sharing": lambda r: r.listings.image_sharing([LISTING], SAME_HASHES),
    "listings.showing": lambda r: r.listings.showing(LISTING.images, SAME_HASHES),
    "prices.quote_texts": lambda r: r.prices.quote_texts([STRATUM]),
    "prices.market_texts": lambda r: r.prices.market_texts([STRATUM]),
    "prices.own_prices": lambda r: r.prices.own_prices([LISTING], LATER),
    "orders.units_sold": lambda r: r.orders.units_sold(["listing-1"]),
    "orders.bought": lambda r: r.orders.bought(["order-1"]),
    "orders.delivered": lambda r: r.orders.delivered("acme-factory"),
    "orders.sold": lambda r: r.orders.sold("acme-factory", date(2000, 1, 1)),
    "orders.days_of_suppliers": lambda r: r.orders.days_of_suppliers(["acme-factory"]),
    "orders.often_bought": lambda r: r.orders.often_bought(["acme-factory"]),
    "orders.buyers": lambda r: r.orders.buyers("acme-factory", 9),
    "orders.counts_of_suppliers": lambda r: r.orders.counts_of_suppliers(["acme-factory"], NOW, 9),
    "orders.best_selling": lambda r: r.orders.best_selling("acme-factory", NOW, 9, 9),
    "outcomes.coming": lambda r: r.outcomes.coming(["acme-factory"], LONG_AGO),
    "outcomes.of_suppliers": lambda r: r.outcomes.of_suppliers(["acme-factory"], LATER),
    "outcomes.found_fake": lambda r: r.outcomes.found_fake(["listing-1"], LATER),
    "outcomes.found_genuine": lambda r: r.outcomes.found_genuine(["buried"], LATER),
    "registered_images.under_phashes": lambda r: r.registered_images.under_phashes([PHASH]),
    "registered_images.under_sha256s": lambda r: r.registered_images.under_sha256s(["c" * 64]),
    "joined_products.listings": lambda r: r.joined_products.listings(),
    "joined_products.found": lambda r: (seen := list[int](), r.joined_products.found(seen.append)),
    "list_entries.about": lambda r: r.list_entries.about([(SubjectKind.SUPPLIER, "acme-factory")]),
    "verdicts.get": lambda r: r.verdicts.get("verdict-1"),
    "verdicts.latest_ids": lambda r: r.verdicts.latest_ids(["listing-1"]),
    "verdicts.restrictions": lambda r: r.verdicts.restrictions(["listing-1"]),
    "verdicts.list": lambda r: r.verdicts.list(VerdictFilter(reason_code="price.far-below-market"), 10),
    "verdicts.after": lambda r: r.verdicts.after(0, VerdictFilter(), 10),
    "verdicts.last_cursor": lambda r: r.verdicts.last_cursor(),
    "verdict_samples.first_since": lambda r: r.verdict_samples.first_since(NOW),
    "verdict_samples.numbered": lambda r: r.verdict_samples.numbered([1]),
    "verdict_samples.numbers_of": lambda r: r.verdict_samples.numbers_of(["listing-1"]),
    "verdict_samples.unlabelled": lambda r: r.verdict_samples.unlabelled([1, 2]),
    "verdict_samples.labelled": lambda r: r.verdict_samples.labelled("", 10),
    "models.changes": lambda r: r.models.changes(),
    "models.serving": lambda r: r.models.serving(),
    "models.checks": lambda r: r.models.checks(),
    "models.trial": lambda r: r.models.trial("version-1"),
    "listing_targets.origins": lambda r: r.listing_targets.origins(ACME),
    "listing_targets.offered_by": lambda r: r.listing_targets.offered_by([(ACME, "acme-factory")]),
    "listing_targets.listings": lambda r: r.listing_targets.listings([ACME], ("", ""), 9),
    "listing_targets.of_listings": lambda r: r.listing_targets.of_listings(["buried"]),
    "voters.find_many": lambda r: r.voters.find_many(["voter-1"]),
    "voters.at_polls": lambda r: r.voters.at_polls(["voter-1"]),
    "voters.all": lambda r: list(r.voters.all()),
    "voters.trust": lambda r: r.voters.trust(["voter-1"]),
    "votes.find_many": lambda r: r.votes.find_many(["vote-1"]),
    "votes.of_voter": lambda r: r.votes.of_voter("voter-1", 9),
    "current_votes.find_many": lambda r: r.current_votes.find_many([SEAT]),
    "current_votes.latest_of_target": lambda r: r.current_votes.latest_of_target(THE_KETTLE, 9),
    "current_votes.of_voter": lambda r: r.current_votes.of_voter("voter-1", None, 9),
    "current_votes.of_window": lambda r: r.current_votes.of_window("window-1", WhyNotCounted.BURST, 9),
    "current_votes.voters_with": lambda r: r.current_votes.voters_with([("voter-1", None)]),
    "current_votes.counted": lambda r: r.current_votes.counted(THE_KETTLE, NOW, LATER, recommends=True),
    "current_votes.counts_of_voter": lambda r: r.current_votes.counts_of_voter("voter-1"),
    "vote_tallies.find_many": lambda r: r.vote_tallies.find_many([THE_KETTLE]),
    "vote_tallies.circles": lambda r: r.vote_tallies.circles([SEAT]),
    "vote_tallies.hours": lambda r: r.vote_tallies.hours(THE_KETTLE, 0, 9),
    "weighing.cast": lambda r: list(r.weighing.cast()),
    "weighing.votes_behind": lambda r: r.weighing.votes_behind(None, 9),
    "weighing.targets_behind": lambda r: r.weighing.targets_behind(TargetKind.PRODUCT, "", 9),
    "weighing.trust": lambda r: list(r.weighing.trust()),
    "weighing.tallies": lambda r: list(r.weighing.tallies()),
    "weighing.weighed_at": lambda r: r.weighing.weighed_at(),
    "fake_votes.counted": lambda r: r.fake_votes.counted(THE_KETTLE),
    "fake_votes.called_fake": lambda r: r.fake_votes.called_fake([THE_KETTLE]),
    "fake_votes.words": lambda r: r.fake_votes.words([THE_KETTLE]),
    "vote_tallies.rates": lambda r: r.vote_tallies.rates(),
    "vote_windows.get": lambda r: r.vote_windows.get("window-1"),
    "vote_windows.find_many": lambda r: r.vote_windows.find_many(["window-1"]),
    "vote_windows.list": lambda r: r.vote_windows.list(WindowFilter(THE_KETTLE, undecided=True), 9),
    "vote_windows.alarmed": lambda r: r.vote_windows.alarmed([THE_KETTLE]),
    "standings.find_many": lambda r: r.standings.find_many([THE_KETTLE]),
    "standings.list": lambda r: r.standings.list(StandingFilter(Board.RED), 9),
    "standings.usual_shares": lambda r: r.standings.usual_shares([(TargetKind.BRAND, "")]),
    "standing_changes.after": lambda r: r.standing_changes.after(TargetKind.PRODUCT, 0, 9),
    "standing_changes.behind": lambda r: r.standing_changes.behind(HangsOn.PRODUCT, 0, 9),
    "standing_changes.reached": lambda r: r.standing_changes.reached(TargetKind.PRODUCT),
    "requests.find_many": lambda r: r.requests.find_many("Upsert", ["id-1"]),
    "requests.find": lambda r: r.requests.find("Upsert", "id-1"),
    "streams.committed_offset": lambda r: r.streams.committed_offset("stream"),
    "snapshots.read_many": lambda r: r.snapshots.read_many([SnapshotQuery(LISTING, "acme k15")], NOW),
}

WRITES: dict[str, Callable[[UnitOfWork], Any]] = {
    "joined_products.become": lambda u: u.joined_products.become({"gtin:1": "acme|x", "acme|x": "gtin:1"}),
    "suppliers.upsert_many": lambda u: u.suppliers.upsert_many([a_supplier(name="x", shops=())], LATER),
    "supplier_facts.record_many": lambda u: u.supplier_facts.record_many(
        [replace(A_PHONE, revision=1, withdrawn=True)], LATER
    ),
    "supplier_scores.put_many": lambda u: u.supplier_scores.put_many([a_scored_supplier(points=100)]),
    "supplier_scores.restand": lambda u: u.supplier_scores.restand(
        Restanding(A_COLUMN, [ScorePoints(100, 90, 110, Band.AT_RISK)], LATER, "tomorrow")
    ),
    "score_priors.add": lambda u: u.score_priors.add(replace(PRIORS, version="tomorrow")),
    "score_priors.move_to": lambda u: u.score_priors.move_to("today", "acme-factory", LATER),
    "supplier_profiles.put_many": lambda u: u.supplier_profiles.put_many(
        [replace(A_PROFILE, profile=a_supplier_profile(turnover_jump=9.0))]
    ),
    "stale_profiles.mark": lambda u: u.stale_profiles.mark(["acme-factory"]),
    "stale_profiles.clear": lambda u: u.stale_profiles.clear(u.stale_profiles.behind("", 9)),
    "stale_suppliers.mark": lambda u: u.stale_suppliers.mark(["acme-factory"]),
    "stale_suppliers.clear": lambda u: u.stale_suppliers.clear(u.stale_suppliers.behind("", 9)),
    "unlinked_suppliers.mark": lambda u: u.unlinked_suppliers.mark(["acme-factory"]),
    "unlinked_suppliers.clear": lambda u: u.unlinked_suppliers.clear(u.unlinked_suppliers.behind("", 9)),
    "supplier_traits.put": lambda u: u.supplier_traits.put({"acme-factory": {}}),
    "supplier_links.put_edges": lambda u: u.supplier_links.put_edges([], [EDGE.pair]),
    "supplier_links.put_rings": lambda u: u.supplier_links.put_rings({"gone": None, "acme-factory": "other"}),
    "link_models.add": lambda u: u.link_models.add(LinkModel("2", 2048)),
    "link_models.move_to": lambda u: u.link_models.move_to("1", "acme-factory", NOW),
    "brands.upsert_many": lambda u: u.brands.upsert_many([a_brand(name="x")], LATER),
    "authorisations.upsert_many": lambda u: u.authorisations.upsert_many([an_authorisation(licensee_id="x")]),
    "listings.upsert_many": lambda u: u.listings.upsert_many([(a_listing(title="x", images=(), price=1), "x")], LATER),
    "listings.delete": lambda u: u.listings.delete("listing-1", LATER),
    "prices.record_offers": lambda u: u.prices.record_offers([a_price("price-3")]),
    "prices.record_many": lambda u: u.prices.record_many([a_price("price-2", price=1, captured_at=LATER)]),
    "price_forecasts.put": lambda u: u.price_forecasts.put([(KETTLES, a_forecast(9))]),
    "price_forecasts.forget_before": lambda u: u.price_forecasts.forget_before(LATER),
    "orders.record_many": lambda u: u.orders.record_many([an_order_event("event-2", quantity=5)]),
    "outcomes.record_many": lambda u: u.outcomes.record_many([an_outcome("outcome-2")]),
    "registered_images.upsert_many": lambda u: u.registered_images.upsert_many([a_registered_image(sha256="")]),
    "list_entries.upsert_many": lambda u: u.list_entries.upsert_many([a_list_entry(subject="x")]),
    "verdicts.add_many": lambda u: u.verdicts.add_many([a_verdict("verdict-2")]),
    "models.change": lambda u: u.models.change([a_stage_change("version-2")]),
    "models.add_check": lambda u: u.models.add_check(a_model_check(checked_at=LATER)),
    "models.keep_trial": lambda u: u.models.keep_trial(ShadowTrial("version-1", 9)),
    "voters.upsert_many": lambda u: u.voters.upsert_many([a_voter(banned=True)]),
    "voters.put_trust": lambda u: u.voters.put_trust([VoterTrust("voter-1", 0.9, 2, 0.0, 1.0)]),
    "votes.add_many": lambda u: u.votes.add_many([a_vote("vote-2")], NOW, imported=False),
    "votes.claim_orders": lambda u: u.votes.claim_orders({"order-2": "voter-1"}),
    "current_votes.put_many": lambda u: u.current_votes.put_many([a_current_vote(recommends=False)]),
    "vote_tallies.put_many": lambda u: u.vote_tallies.put_many({THE_KETTLE: VoteTally(9)}),
    "vote_tallies.put_circles": lambda u: u.vote_tallies.put_circles({SEAT: CircleTally(9)}),
    "vote_tallies.add_hours": lambda u: u.vote_tallies.add_hours({THE_KETTLE: [VoteHour(8, 1)]}),
    "voter_mixes.put_many": lambda u: u.voter_mixes.put_many({THE_KETTLE: a_voter_mix(related=0.9)}),
    "fake_votes.replace": lambda u: u.fake_votes.replace([SEAT], []),
    "fake_votes.put_words": lambda u: u.fake_votes.put_words(THE_KETTLE, {"": FakeWords(9)}),
    "vote_tallies.put_rates": lambda u: u.vote_tallies.put_rates(a_vote_rates(made_at=LATER)),
    "vote_windows.put_many": lambda u: u.vote_windows.put_many([a_window(voters=1)]),
    "standings.put_many": lambda u: u.standings.put_many([ListedStanding(a_standing(share=0.8))]),
    "standings.put_usual_shares": lambda u: u.standings.put_usual_shares({(TargetKind.BRAND, ""): 0.4}, LATER),
    "standing_changes.add_many": lambda u: u.standing_changes.add_many([(THE_KETTLE, Board.RED, Board.BLACK)], LATER),
    "standing_changes.add_suppliers": lambda u: u.standing_changes.add_suppliers(["acme-factory"], LATER),
    "standing_changes.move_to": lambda u: u.standing_changes.move_to(TargetKind.PRODUCT, Reached(1), LATER),
    "requests.add_many": lambda u: u.requests.add_many("Upsert", [("request-2", StoredAnswer("d", b"answer"))], NOW),
    "requests.add": lambda u: u.requests.add("Upsert", "id-2", "digest", b"", NOW),
    "requests.replace": lambda u: u.requests.replace("Upsert", "id-1", "digest", b"another", NOW),
    "requests.forget_before": lambda u: u.requests.forget_before(LATER),
    "streams.advance": lambda u: u.streams.advance("stream", 9, LATER),
}


def _tell_of_suppliers(unit: UnitOfWork) -> None:
    unit.supplier_scores.put_many([a_scored_supplier()])
    unit.score_priors.add(PRIORS)
    unit.supplier_facts.record_many([A_REFERRAL], NOW)
    unit.supplier_profiles.put_many([A_PROFILE])
    unit.stale_profiles.mark(["acme-factory"])


def fill(store: Store, marketplace: str) -> None:
    """Something of everything."""
    with store.begin(marketplace) as unit:
        gone = a_supplier("gone", state=SupplierState.TERMINATED, registration_code="91350100M000100Y43")
        unit.suppliers.upsert_many([SUPPLIER, gone, replace(gone, supplier_id="again", shops=())], NOW)
        unit.supplier_facts.record_many([A_PHONE, GONE_ON], NOW)
        _tell_of_suppliers(unit)
        unit.supplier_traits.put({"acme-factory": {PHONE: True}})
        unit.supplier_links.put_edges([(EDGE, True)], [])
        unit.supplier_links.put_rings({"acme-factory": "ring", "gone": "ring"})
        unit.link_models.add(LinkModel("1", 1024))
        unit.brands.upsert_many([a_brand(gtin_prefixes=("690123",))], NOW)
        letters = [an_authorisation(document_sha256=PAPER)]
        unit.authorisations.upsert_many([*letters, replace(letters[0], authorisation_id="copy", licensee_id="copier")])
        unit.listings.upsert_many([(LISTING, ""), (A_COPY, "")], NOW)
        unit.listings.upsert_many([(a_listing("buried", images=()), "")], NOW)
        unit.listings.delete("buried", NOW)
        unit.listings.upsert_many([(a_listing("sold", supplier_id="copier", images=()), "gtin:sold")], NOW)
        unit.prices.record_many([a_price(seller="seller")])
        unit.price_forecasts.put([(KETTLES, a_forecast())])
        unit.orders.record_many([an_order_event(), an_order_event("arrival", kind=OrderEventKind.DELIVERED), SOLD])
        unit.orders.record_many([an_order_event(each, order_id=each, buyer_id="often") for each in "abcd"])
        unit.outcomes.record_many([an_outcome(), an_outcome("early", listing_id="never told")])
        unit.outcomes.record_many([an_outcome("cleared", listing_id="buried", kind=OutcomeKind.GENUINE)])
        unit.registered_images.upsert_many([a_registered_image()])
        unit.list_entries.upsert_many([a_list_entry()])
        judged = a_verdict(restrictions=(Restriction(ActionKind.HOLD, NOW),))
        unit.verdicts.add_many([judged, a_verdict("verdict-copy", listing_id="copy")])
        unit.models.change([a_stage_change()])
        unit.models.add_check(a_model_check())
        unit.models.keep_trial(ShadowTrial("version-1", 1))
        unit.voters.upsert_many([a_voter()])
        unit.voters.put_trust([VoterTrust("voter-1", 0.5, 1, 0.0, 0.0)])
        unit.votes.add_many([a_vote()], NOW, imported=False)
        unit.votes.claim_orders({"order-1": "voter-1"})
        left_out = a_current_vote("voter-2", why_not=WhyNotCounted.BURST, window_id="window-1")
        unit.current_votes.put_many([a_current_vote(), left_out])
        unit.vote_tallies.put_many({THE_KETTLE: VoteTally(1)})
        unit.vote_tallies.put_circles({SEAT: CircleTally(1)})
        unit.vote_tallies.add_hours({THE_KETTLE: [VoteHour(8, 1)]})
        unit.voter_mixes.put_many({THE_KETTLE: a_voter_mix()})
        unit.fake_votes.replace([], [FakeVote(*SEAT, "listing-1", NOW, "绝对是假货!")])
        unit.fake_votes.put_words(THE_KETTLE, {"": FakeWords(1)})
        unit.vote_tallies.put_rates(a_vote_rates())
        unit.vote_windows.put_many([a_window()])
        unit.standings.put_many([ListedStanding(a_standing())])
        unit.standings.put_usual_shares({(TargetKind.BRAND, ""): 0.6}, NOW)
        unit.standing_changes.add_many([(THE_KETTLE, Board.UNLISTED, Board.RED)], NOW)
        unit.standing_changes.move_to(TargetKind.PRODUCT, Reached(0, "acme-factory", "listing-1"), NOW)
        unit.requests.add("Upsert", "id-1", "digest", b"", NOW)
        unit.streams.advance("stream", 3, NOW)


def answer(reader: Reader, read: Callable[[Reader], Any]) -> Any:
    try:
        return read(reader)
    except NotFound as error:
        return str(error)


def rows(store: Store, marketplace: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of a marketplace."""
    with store._engine.connect() as connection:
        return {
            table.name: sorted(
                map(tuple, connection.execute(select(table).where(table.c.marketplace == marketplace))), key=repr
            )
            for table in metadata.sorted_tables
        }


def methods(kind: type[Reader]) -> set[str]:
    """`repository.method` for every public method of every repository."""
    repositories = {name: part.kind for name, part in inspect.getmembers_static(kind) if isinstance(part, Part)}
    return {
        f"{name}.{method}"
        for name, repository in repositories.items()
        for method, _ in inspect.getmembers(repository, inspect.isfunction)
        if not method.startswith("_")
    }


def test_every_method_of_every_repository_has_a_case() -> None:
    assert methods(Reader) == set(READS)
    assert methods(UnitOfWork) == set(READS) | set(WRITES)


def test_every_table_names_its_marketplace_first() -> None:
    for table in metadata.sorted_tables:
        assert table.primary_key.columns.keys()[0] == "marketplace", table.name


def test_nothing_of_a_neighbour_is_visible(store: Store, tmp_path: Path) -> None:
    fill(store, NEIGHBOUR)
    empty = Store(f"sqlite:///{tmp_path / 'empty.db'}")
    empty.migrate()
    with store.read(MINE) as mine, store.read(NEIGHBOUR) as neighbour, empty.read(MINE) as alone:
        for name, read in READS.items():
            assert answer(mine, read) == answer(alone, read), name
            assert answer(mine, read) != answer(neighbour, read), f"{name}: the case finds nothing even at home"
    empty.close()


def test_nothing_of_a_neighbour_can_be_changed(store: Store) -> None:
    for number, (name, write) in enumerate(WRITES.items()):
        mine, neighbour = f"mine-{number}", f"neighbour-{number}"
        fill(store, mine)
        fill(store, neighbour)
        before = {marketplace: rows(store, marketplace) for marketplace in (mine, neighbour)}
        with store.begin(mine) as unit:
            write(unit)
        assert rows(store, neighbour) == before[neighbour], name
        assert rows(store, mine) != before[mine], f"{name}: the case changes nothing even at home"
