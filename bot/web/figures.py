"""The figures as Prometheus reads them."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.domain.backlog import Backlog
from bot.metrics import BUCKETS, Metrics


def page(metrics: Metrics, backlog: Backlog) -> bytes:
    """Return the page: what this process counted, and what waits in the database."""
    registry = CollectorRegistry()
    registry.register(_Figures(metrics, backlog))
    return generate_latest(registry)


class _Figures(Collector):
    def __init__(self, metrics: Metrics, backlog: Backlog) -> None:
        self._metrics = metrics
        self._backlog = backlog

    def collect(self) -> Iterator[Metric]:
        yield from self._requests()
        deliveries = GaugeMetricFamily("weeknotes_deliveries", "Writes owed to Slack, by state.", labels=["state"])
        for state, many in sorted(self._backlog.deliveries.items()):
            deliveries.add_metric([state], many)
        yield deliveries
        step, delivery, tick = self._backlog.step_lag, self._backlog.delivery_lag, self._metrics.last_tick
        yield GaugeMetricFamily("weeknotes_step_lag_seconds", "How long the oldest due step has waited.", step)
        yield GaugeMetricFamily(
            "weeknotes_delivery_lag_seconds", "How long the oldest owed write has waited.", delivery
        )
        if tick:
            what = "When the clock of this process last ticked."
            yield GaugeMetricFamily("weeknotes_last_tick_timestamp_seconds", what, tick.timestamp())

    def _requests(self) -> Iterator[Metric]:
        counts = self._metrics.counts()
        requests = CounterMetricFamily("weeknotes_requests", "Slack's requests.", labels=["kind", "status"])
        for labels, many in sorted(counts.requests.items()):
            requests.add_metric(labels, many)
        yield requests
        yield HistogramMetricFamily(
            "weeknotes_acknowledgement_seconds",
            "How long Slack's requests took until they were acknowledged.",
            buckets=list(zip([*map(str, BUCKETS), "+Inf"], counts.within, strict=True)),
            sum_value=counts.seconds,
        )
