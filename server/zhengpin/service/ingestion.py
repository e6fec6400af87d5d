"""One `IngestEvents` call: pages in, how far they are committed out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from zhengpin.errors import FieldViolation, InvalidInput, ZhengpinError
from zhengpin.service.batch import batch_response, ids_of
from zhengpin.service.fact_batches import PAGES, problems_in
from zhengpin.service.validation import check
from zhengpin.usecases.ingest_stream import IngestStream
from zhengpin.v1 import catalog_service_pb2 as pb

MOST_REFUSED_NAMED = 1000


class Ingestion:
    """A stream while it is being taken."""

    def __init__(self, ingest_stream: IngestStream, marketplace: str) -> None:
        self._ingest_stream = ingest_stream
        self._marketplace = marketplace
        self._response = pb.IngestEventsResponse()
        self._named = 0

    def take(self, pages: Iterator[pb.IngestEventsRequest]) -> pb.IngestEventsResponse:
        """Commit page by page; answer how far the stream is committed."""
        stream_id = ""
        for page in pages:
            check(page)
            if stream_id and page.stream_id != stream_id:
                raise InvalidInput(FieldViolation("stream_id", f"changed from {stream_id!r} within one stream"))
            stream_id = page.stream_id
            self._take_page(page)
        if stream_id:
            self._response.committed_offset = self._ingest_stream.committed_offset(self._marketplace, stream_id)
        return self._response

    def _take_page(self, page: pb.IngestEventsRequest) -> None:
        field = page.WhichOneof("page")
        if field is None:
            return
        batch = PAGES[field]
        messages = batch.items_of(getattr(page, field))
        items = [*map(batch.read, messages)]
        found = self._ingest_stream(self._marketplace, page.stream_id, page.offset, batch.kind, items)
        if found is None:
            return
        problems = problems_in(found)
        self._response.accepted += len(messages) - len(problems)
        self._response.refused_items += len(problems)
        self._name_refused(page.offset, messages, problems)

    def _name_refused(self, offset: int, messages: Sequence[Any], problems: dict[int, ZhengpinError]) -> None:
        room = MOST_REFUSED_NAMED - self._named
        named = dict(sorted(problems.items())[:room])
        if not named:
            return
        self._named += len(named)
        results = batch_response(ids_of(messages), named).results
        self._response.refused.add(offset=offset, results=[result for result in results if result.index in named])
