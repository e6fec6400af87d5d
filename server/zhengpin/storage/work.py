"""What a use case holds in its hands: one marketplace, read at one moment or changed at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Generic, TypeVar

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
from zhengpin.storage.verified_companies import VerifiedCompanyReader
from zhengpin.storage.vote_tallies import VoteTallies, VoteTallyReader
from zhengpin.storage.vote_windows import VoteWindowReader, VoteWindows
from zhengpin.storage.voter_mixes import VoterMixes
from zhengpin.storage.voters import VoterReader, Voters
from zhengpin.storage.votes import VoteReader, Votes
from zhengpin.storage.weighing import WeighingReader

Made = TypeVar("Made", covariant=True)  # noqa: PLC0105  a name that says what it is


class Part(Generic[Made]):
    """What holds one kind of facts: a look at the scope, and nothing else. Made when it is first asked for."""

    def __init__(self, kind: Callable[..., Made], *arguments: object) -> None:
        """Make it of a scope and these arguments."""
        self.kind = kind
        self._arguments = arguments

    def __set_name__(self, _kind_of_work: type[Reader], name: str) -> None:
        """Hear under which name it is asked for."""
        self._name = name

    def __get__(self, work: Reader, _kind_of_work: type[Reader] | None = None) -> Made:
        """Give what the reader or unit of work holds, which has it at hand from then on."""
        made = work.__dict__[self._name] = self.kind(work._scope, *self._arguments)  # noqa: SLF001  both are of one kind
        return made


class Reader:
    """One marketplace in one consistent state, to be read."""

    suppliers = Part(SupplierReader)
    """Suppliers and their shops."""
    supplier_facts = Part(SupplierFactReader)
    """What is known of suppliers beside their own records."""
    supplier_profiles = Part(SupplierProfileReader)
    """What rules ask of suppliers' facts."""
    referrals = Part(ReferralReader)
    """Who brought whom in."""
    successions = Part(SuccessionReader)
    """Who goes on in whom."""
    companies = Part(VerifiedCompanyReader)
    """Which suppliers are one company."""
    offered_goods = Part(OfferedGoodsReader)
    """What suppliers have on offer."""
    supplier_scores = Part(SupplierScoreReader)
    """How good suppliers are."""
    score_priors = Part(ScorePriorReader)
    """What is usual of suppliers."""
    stale_suppliers = Part(StaleSupplierReader)
    """Suppliers of whom more is known than their score says."""
    stale_profiles = Part(StaleSupplierReader, Stale.PROFILE)
    """Suppliers of whom rules may ask something else since others changed."""
    unlinked_suppliers = Part(StaleSupplierReader, Stale.LINKS)
    """Suppliers of whom more is known than their links say."""
    supplier_traits = Part(SupplierTraitReader)
    """What suppliers shared when they were last linked."""
    supplier_links = Part(SupplierLinkReader)
    """Who belongs together with whom."""
    link_models = Part(LinkModelReader)
    """What links are weighed by."""
    paper_holders = Part(PaperHolderReader)
    """Suppliers by the files that they handed in."""
    brands = Part(BrandReader)
    """Registered brands."""
    authorisations = Part(AuthorisationReader)
    """The authorisation graph."""
    listings = Part(ListingReader)
    """Listings with their history."""
    prices = Part(PriceReader)
    """Observed prices and baselines."""
    joined_products = Part(JoinedProductReader)
    """Keys of one product."""
    orders = Part(OrderReader)
    """What orders add up to."""
    outcomes = Part(OutcomeReader)
    """What listings turned out to be."""
    list_entries = Part(ListEntryReader)
    """Standing decisions of the marketplace."""
    registered_images = Part(RegisteredImageReader)
    """Pictures that others' pictures are compared with."""
    verdicts = Part(VerdictReader)
    """Every verdict ever made."""
    verdict_samples = Part(VerdictSampleReader)
    """Verdicts to learn from, and to look at models by."""
    models = Part(ModelReader)
    """Which learned models serve, and what was found of them."""
    listing_targets = Part(ListingTargetReader)
    """Which listings offer what votes speak of."""
    voters = Part(VoterReader)
    """Voters, and how far their votes count."""
    votes = Part(VoteReader)
    """Every vote ever cast."""
    current_votes = Part(CurrentVoteReader)
    """The votes that stand, and what they count."""
    vote_tallies = Part(VoteTallyReader)
    """What votes add up to."""
    fake_votes = Part(FakeVoteReader)
    """Votes that call the goods fake."""
    weighing = Part(WeighingReader)
    """Votes from end to end of the marketplace."""
    vote_windows = Part(VoteWindowReader)
    """Windows of votes that are left out of the count."""
    standings = Part(StandingReader)
    """Where targets stand."""
    standing_changes = Part(StandingChangeReader)
    """Targets that crossed a border."""
    requests = Part(RequestReader)
    """Answers given to request ids."""
    streams = Part(StreamReader)
    """How far streams are committed."""
    snapshots = Part(SnapshotReader)
    """What screenings must know."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def price_history(self, as_of: datetime) -> PriceHistory:
        """What products cost over the last weeks."""
        return PriceHistory(self._scope, as_of)


class UnitOfWork(Reader):
    """One marketplace, to be read and changed: everything or nothing of it is committed."""

    suppliers = Part(Suppliers)
    """Suppliers and their shops."""
    supplier_facts = Part(SupplierFacts)
    """What is known of suppliers beside their own records."""
    supplier_profiles = Part(SupplierProfiles)
    """What rules ask of suppliers' facts."""
    supplier_scores = Part(SupplierScores)
    """How good suppliers are."""
    score_priors = Part(ScorePriors)
    """What is usual of suppliers."""
    stale_suppliers = Part(StaleSuppliers)
    """Suppliers of whom more is known than their score says."""
    stale_profiles = Part(StaleSuppliers, Stale.PROFILE)
    """Suppliers of whom rules may ask something else since others changed."""
    unlinked_suppliers = Part(StaleSuppliers, Stale.LINKS)
    """Suppliers of whom more is known than their links say."""
    supplier_traits = Part(SupplierTraits)
    """What suppliers shared when they were last linked."""
    supplier_links = Part(SupplierLinks)
    """Who belongs together with whom."""
    link_models = Part(LinkModels)
    """What links are weighed by."""
    brands = Part(Brands)
    """Registered brands."""
    authorisations = Part(Authorisations)
    """The authorisation graph."""
    listings = Part(Listings)
    """Listings with their history."""
    prices = Part(Prices)
    """Observed prices and baselines."""
    joined_products = Part(JoinedProducts)
    """Keys of one product."""
    price_forecasts = Part(PriceForecasts)
    """What genuine articles would cost."""
    orders = Part(Orders)
    """What orders add up to."""
    outcomes = Part(Outcomes)
    """What listings turned out to be."""
    list_entries = Part(ListEntries)
    """Standing decisions of the marketplace."""
    registered_images = Part(RegisteredImages)
    """Pictures that others' pictures are compared with."""
    verdicts = Part(Verdicts)
    """Every verdict ever made."""
    models = Part(Models)
    """Which learned models serve, and what was found of them."""
    voters = Part(Voters)
    """Voters, and how far their votes count."""
    votes = Part(Votes)
    """Every vote ever cast."""
    current_votes = Part(CurrentVotes)
    """The votes that stand, and what they count."""
    vote_tallies = Part(VoteTallies)
    """What votes add up to."""
    voter_mixes = Part(VoterMixes)
    """What sort of voters vote on targets."""
    fake_votes = Part(FakeVotes)
    """Votes that call the goods fake."""
    vote_windows = Part(VoteWindows)
    """Windows of votes that are left out of the count."""
    standings = Part(Standings)
    """Where targets stand."""
    standing_changes = Part(StandingChanges)
    """Targets that crossed a border."""
    requests = Part(Requests)
    """Answers given to request ids."""
    streams = Part(Streams)
    """How far streams are committed."""

    def recount(self, before: Reader, advance: Advance) -> Recount:
        """Summaries made anew from recorded facts as `before` reads them: opened after this, it sees all there is."""
        return Recount(before._scope, self._scope, advance)  # noqa: SLF001  both are of one kind
