"""A supplier's report as one page."""

from __future__ import annotations

from collections.abc import Callable

from google.protobuf.timestamp_pb2 import Timestamp

from zhengpin.v1 import supplier_report_pb2, supplier_score_pb2
from zhengpin_client import words
from zhengpin_client.amounts import amount_text
from zhengpin_client.report.pages import fill_page
from zhengpin_client.score_figures import chance_text, good_of_all, of_orders, other_reasons
from zhengpin_client.words import Language

_BAND_CLASSES = {
    supplier_score_pb2.SCORE_BAND_PREFERRED: "allow",
    supplier_score_pb2.SCORE_BAND_GOOD: "allow",
    supplier_score_pb2.SCORE_BAND_NORMAL: "watch",
    supplier_score_pb2.SCORE_BAND_AT_RISK: "review",
    supplier_score_pb2.SCORE_BAND_STOP: "block",
}


def supplier_page(
    report: supplier_report_pb2.SupplierReport, language: Language, show_time: Callable[[Timestamp], str]
) -> str:
    """Make the page; nothing on it comes from elsewhere."""
    from markupsafe import Markup  # noqa: PLC0415 - an extra: only reports need it

    from zhengpin_client.report.supplier_charts import (  # noqa: PLC0415
        component_chart,
        over_market,
        position_chart,
        trend_chart,
        trouble_chart,
    )

    return fill_page(
        "supplier_page.html.j2",
        language,
        report=report,
        score=report.score,
        reasons=other_reasons(report.score),
        band=words.word(supplier_score_pb2.ScoreBand.Name(report.score.band), language),
        band_class=_BAND_CLASSES.get(report.score.band, "watch"),
        text=lambda value: words.text(value, language),
        component=lambda name: words.component(name, language),
        trouble=lambda value: words.trouble(value, language),
        money=amount_text,
        over_market=over_market,
        show_time=show_time,
        good_of_all=good_of_all,
        of_orders=of_orders,
        chance_text=chance_text,
        component_chart=Markup(component_chart(report.score, language)),  # noqa: S704 - drawn here, its texts are escaped
        trend_chart=Markup(trend_chart(report.score)),  # noqa: S704
        trouble_chart=Markup(trouble_chart(report, language)),  # noqa: S704
        position_chart=Markup(position_chart(report.products, language)),  # noqa: S704
    )
