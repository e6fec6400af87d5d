"""What a use case holds in its hands: one marketplace, read at one moment or changed at once."""

from __future__ import annotations

from datetime import datetime

from zhengpin.storage.authorisations import AuthorisationReader, Authorisations
from zhengpin.storage.brands import BrandReader, Brands
from zhengpin.storage.current_votes import CurrentVoteReader, CurrentVotes
from zhengpin.storage.fake_votes import FakeVoteReader, FakeVotes
from zhengpin.storage.joined_products import JoinedProductReader, JoinedProducts
from zhengpin.storage.link_models import LinkModelReader, LinkModels
from zhengpin.storage.list_entries import ListEntries, ListEntryReader
from zhengpin.storage.listing_intake import Listings
from zhengpin.storage.listing_targets import ListingTargetReader
from zhengpin.storage.listings import ListingReader
from zhengpin.storage.model_stages import ModelReader, Models
from zhengpin.storage.offered_goods import OfferedGoodsReader
from zhengpin.storage.order_intake import Orders
from zhengpin.storage.orders import OrderReader
from zhengpin.storage.outcomes import OutcomeReader, Outcomes
from zhengpin.storage.paper_holders import PaperHolderReader
from zhengpin.storage.price_forecasts import PriceForecasts
from zhengpin.storage.price_history import PriceHistory
from zhengpin.storage.price_intake import Prices
from zhengpin.storage.prices import PriceReader
from zhengpin.storage.recount import Advance, Recount
from zhengpin.storage.referrals import ReferralReader
from zhengpin.storage.registered_images import RegisteredImageReader, RegisteredImages
from zhengpin.storage.requests import RequestReader, Requests
from zhengpin.storage.scope import Scope
from zhengpin.storage.score_priors import ScorePriorReader, ScorePriors
from zhengpin.storage.snapshots import SnapshotReader
from zhengpin.storage.stale_suppliers import Stale, StaleSupplierReader, StaleSuppliers
from zhengpin.storage.standing_changes import StandingChangeReader, StandingChanges
from zhengpin.storage.standings import StandingReader, Standings
from zhengpin.storage.streams import StreamReader, Streams
from zhengpin.storage.successions import SuccessionReader
from zhengpin.storage.supplier_facts import SupplierFactReader, SupplierFacts
from zhengpin.storage.supplier_links import SupplierLinkReader, SupplierLinks
from zhengpin.storage.supplier_profiles import SupplierProfileReader, SupplierProfiles
from zhengpin.storage.supplier_scores import SupplierScoreReader, SupplierScores
from zhengpin.storage.supplier_traits import SupplierTraitReader, SupplierTraits
from zhengpin.storage.suppliers import SupplierReader, Suppliers
from zhengpin.storage.verdict_samples import VerdictSampleReader
from zhengpin.storage.verdicts import VerdictReader, Verdicts
from zhengpin.storage.vote_tallies import VoteTallies, VoteTallyReader
from zhengpin.storage.vote_windows import VoteWindowReader, VoteWindows
from zhengpin.storage.voter_mixes import VoterMixes
from zhengpin.storage.voters import VoterReader, Voters
from zhengpin.storage.votes import VoteReader, Votes
from zhengpin.storage.weighing import WeighingReader


class Reader:
    """One marketplace in one consistent state, to be read."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    @property
    def suppliers(self) -> SupplierReader:
        """Suppliers and their shops."""
        return SupplierReader(self._scope)

    @property
    def supplier_facts(self) -> SupplierFactReader:
        """What is known of suppliers beside their own records."""
        return SupplierFactReader(self._scope)

    @property
    def supplier_profiles(self) -> SupplierProfileReader:
        """What rules ask of suppliers' facts."""
        return SupplierProfileReader(self._scope)

    @property
    def referrals(self) -> ReferralReader:
        """Who brought whom in."""
        return ReferralReader(self._scope)

    @property
    def successions(self) -> SuccessionReader:
        """Who goes on in whom."""
        return SuccessionReader(self._scope)

    @property
    def offered_goods(self) -> OfferedGoodsReader:
        """What suppliers have on offer."""
        return OfferedGoodsReader(self._scope)

    @property
    def supplier_scores(self) -> SupplierScoreReader:
        """How good suppliers are."""
        return SupplierScoreReader(self._scope)

    @property
    def score_priors(self) -> ScorePriorReader:
        """What is usual of suppliers."""
        return ScorePriorReader(self._scope)

    @property
    def stale_suppliers(self) -> StaleSupplierReader:
        """Suppliers of whom more is known than their score says."""
        return StaleSupplierReader(self._scope)

    @property
    def stale_profiles(self) -> StaleSupplierReader:
        """Suppliers of whom rules may ask something else since others changed."""
        return StaleSupplierReader(self._scope, Stale.PROFILE)

    @property
    def unlinked_suppliers(self) -> StaleSupplierReader:
        """Suppliers of whom more is known than their links say."""
        return StaleSupplierReader(self._scope, Stale.LINKS)

    @property
    def supplier_traits(self) -> SupplierTraitReader:
        """What suppliers shared when they were last linked."""
        return SupplierTraitReader(self._scope)

    @property
    def supplier_links(self) -> SupplierLinkReader:
        """Who belongs together with whom."""
        return SupplierLinkReader(self._scope)

    @property
    def link_models(self) -> LinkModelReader:
        """What links are weighed by."""
        return LinkModelReader(self._scope)

    @property
    def paper_holders(self) -> PaperHolderReader:
        """Suppliers by the files that they handed in."""
        return PaperHolderReader(self._scope)

    @property
    def brands(self) -> BrandReader:
        """Registered brands."""
        return BrandReader(self._scope)

    @property
    def authorisations(self) -> AuthorisationReader:
        """The authorisation graph."""
        return AuthorisationReader(self._scope)

    @property
    def listings(self) -> ListingReader:
        """Listings with their history."""
        return ListingReader(self._scope)

    @property
    def prices(self) -> PriceReader:
        """Observed prices and baselines."""
        return PriceReader(self._scope)

    @property
    def joined_products(self) -> JoinedProductReader:
        """Keys of one product."""
        return JoinedProductReader(self._scope)

    def price_history(self, as_of: datetime) -> PriceHistory:
        """What products cost over the last weeks."""
        return PriceHistory(self._scope, as_of)

    @property
    def orders(self) -> OrderReader:
        """What orders add up to."""
        return OrderReader(self._scope)

    @property
    def outcomes(self) -> OutcomeReader:
        """What listings turned out to be."""
        return OutcomeReader(self._scope)

    @property
    def list_entries(self) -> ListEntryReader:
        """Standing decisions of the marketplace."""
        return ListEntryReader(self._scope)

    @property
    def registered_images(self) -> RegisteredImageReader:
        """Pictures that others' pictures are compared with."""
        return RegisteredImageReader(self._scope)

    @property
    def verdicts(self) -> VerdictReader:
        """Every verdict ever made."""
        return VerdictReader(self._scope)

    @property
    def verdict_samples(self) -> VerdictSampleReader:
        """Verdicts to learn from, and to look at models by."""
        return VerdictSampleReader(self._scope)

    @property
    def models(self) -> ModelReader:
        """Which learned models serve, and what was found of them."""
        return ModelReader(self._scope)

    @property
    def listing_targets(self) -> ListingTargetReader:
        """Which listings offer what votes speak of."""
        return ListingTargetReader(self._scope)

    @property
    def voters(self) -> VoterReader:
        """Voters, and how far their votes count."""
        return VoterReader(self._scope)

    @property
    def votes(self) -> VoteReader:
        """Every vote ever cast."""
        return VoteReader(self._scope)

    @property
    def current_votes(self) -> CurrentVoteReader:
        """The votes that stand, and what they count."""
        return CurrentVoteReader(self._scope)

    @property
    def vote_tallies(self) -> VoteTallyReader:
        """What votes add up to."""
        return VoteTallyReader(self._scope)

    @property
    def fake_votes(self) -> FakeVoteReader:
        """Votes that call the goods fake."""
        return FakeVoteReader(self._scope)

    @property
    def weighing(self) -> WeighingReader:
        """Votes from end to end of the marketplace."""
        return WeighingReader(self._scope)

    @property
    def vote_windows(self) -> VoteWindowReader:
        """Windows of votes that are left out of the count."""
        return VoteWindowReader(self._scope)

    @property
    def standings(self) -> StandingReader:
        """Where targets stand."""
        return StandingReader(self._scope)

    @property
    def standing_changes(self) -> StandingChangeReader:
        """Targets that crossed a border."""
        return StandingChangeReader(self._scope)

    @property
    def requests(self) -> RequestReader:
        """Answers given to request ids."""
        return RequestReader(self._scope)

    @property
    def streams(self) -> StreamReader:
        """How far streams are committed."""
        return StreamReader(self._scope)

    @property
    def snapshots(self) -> SnapshotReader:
        """What screenings must know."""
        return SnapshotReader(self._scope)


class UnitOfWork(Reader):
    """One marketplace, to be read and changed: everything or nothing of it is committed."""

    @property
    def suppliers(self) -> Suppliers:
        """Suppliers and their shops."""
        return Suppliers(self._scope)

    @property
    def supplier_facts(self) -> SupplierFacts:
        """What is known of suppliers beside their own records."""
        return SupplierFacts(self._scope)

    @property
    def supplier_profiles(self) -> SupplierProfiles:
        """What rules ask of suppliers' facts."""
        return SupplierProfiles(self._scope)

    @property
    def supplier_scores(self) -> SupplierScores:
        """How good suppliers are."""
        return SupplierScores(self._scope)

    @property
    def score_priors(self) -> ScorePriors:
        """What is usual of suppliers."""
        return ScorePriors(self._scope)

    @property
    def stale_suppliers(self) -> StaleSuppliers:
        """Suppliers of whom more is known than their score says."""
        return StaleSuppliers(self._scope)

    @property
    def stale_profiles(self) -> StaleSuppliers:
        """Suppliers of whom rules may ask something else since others changed."""
        return StaleSuppliers(self._scope, Stale.PROFILE)

    @property
    def unlinked_suppliers(self) -> StaleSuppliers:
        """Suppliers of whom more is known than their links say."""
        return StaleSuppliers(self._scope, Stale.LINKS)

    @property
    def supplier_traits(self) -> SupplierTraits:
        """What suppliers shared when they were last linked."""
        return SupplierTraits(self._scope)

    @property
    def supplier_links(self) -> SupplierLinks:
        """Who belongs together with whom."""
        return SupplierLinks(self._scope)

    @property
    def link_models(self) -> LinkModels:
        """What links are weighed by."""
        return LinkModels(self._scope)

    @property
    def brands(self) -> Brands:
        """Registered brands."""
        return Brands(self._scope)

    @property
    def authorisations(self) -> Authorisations:
        """The authorisation graph."""
        return Authorisations(self._scope)

    @property
    def listings(self) -> Listings:
        """Listings with their history."""
        return Listings(self._scope)

    @property
    def prices(self) -> Prices:
        """Observed prices and baselines."""
        return Prices(self._scope)

    @property
    def joined_products(self) -> JoinedProducts:
        """Keys of one product."""
        return JoinedProducts(self._scope)

    @property
    def price_forecasts(self) -> PriceForecasts:
        """What genuine articles would cost."""
        return PriceForecasts(self._scope)

    @property
    def orders(self) -> Orders:
        """What orders add up to."""
        return Orders(self._scope)

    @property
    def outcomes(self) -> Outcomes:
        """What listings turned out to be."""
        return Outcomes(self._scope)

    @property
    def list_entries(self) -> ListEntries:
        """Standing decisions of the marketplace."""
        return ListEntries(self._scope)

    @property
    def registered_images(self) -> RegisteredImages:
        """Pictures that others' pictures are compared with."""
        return RegisteredImages(self._scope)

    @property
    def verdicts(self) -> Verdicts:
        """Every verdict ever made."""
        return Verdicts(self._scope)

    @property
    def models(self) -> Models:
        """Which learned models serve, and what was found of them."""
        return Models(self._scope)

    @property
    def voters(self) -> Voters:
        """Voters, and how far their votes count."""
        return Voters(self._scope)

    @property
    def votes(self) -> Votes:
        """Every vote ever cast."""
        return Votes(self._scope)

    @property
    def current_votes(self) -> CurrentVotes:
        """The votes that stand, and what they count."""
        return CurrentVotes(self._scope)

    @property
    def vote_tallies(self) -> VoteTallies:
        """What votes add up to."""
        return VoteTallies(self._scope)

    @property
    def voter_mixes(self) -> VoterMixes:
        """What sort of voters vote on targets."""
        return VoterMixes(self._scope)

    @property
    def fake_votes(self) -> FakeVotes:
        """Votes that call the goods fake."""
        return FakeVotes(self._scope)

    @property
    def vote_windows(self) -> VoteWindows:
        """Windows of votes that are left out of the count."""
        return VoteWindows(self._scope)

    @property
    def standings(self) -> Standings:
        """Where targets stand."""
        return Standings(self._scope)

    @property
    def standing_changes(self) -> StandingChanges:
        """Targets that crossed a border."""
        return StandingChanges(self._scope)

    @property
    def requests(self) -> Requests:
        """Answers given to request ids."""
        return Requests(self._scope)

    @property
    def streams(self) -> Streams:
        """How far streams are committed."""
        return Streams(self._scope)

    def recount(self, before: Reader, advance: Advance) -> Recount:
        """Summaries made anew from recorded facts as `before` reads them: opened after this, it sees all there is."""
        return Recount(before._scope, self._scope, advance)  # noqa: SLF001  both are of one kind
