"""What operators look at: is it alive, can it work, how much does it do. No personal data."""

import time

import structlog
from flask import Blueprint, Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import generate_latest
from sqlalchemy.exc import SQLAlchemyError

from engine import migrations
from engine.identity.permissions import Permission
from engine.instances import repository as instances
from engine.instances.models import InstanceState
from web.auth.permissions import requires
from web.transactions import installation, opens_its_own

blueprint = Blueprint("operations", __name__)
log = structlog.get_logger()


class InstanceCounts:
    """How many instances there are in each state, counted when somebody asks."""

    def collect(self) -> list[GaugeMetricFamily]:
        gauge = GaugeMetricFamily(
            "rutin_process_instances", "Process instances by state", labels=["state"]
        )
        with installation().database.reading() as session:
            counts = instances.count_by_state(session)
        for state in InstanceState:
            gauge.add_metric([state.value], counts.get(state.value, 0))
        return [gauge]

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing is counted before somebody asks."""
        return []


def register(app: Flask) -> None:
    registry = CollectorRegistry()
    registry.register(InstanceCounts())
    answered = Counter(
        "rutin_requests", "Requests by route and status", ["route", "status"], registry=registry
    )
    took = Histogram("rutin_request_seconds", "Time to answer", ["route"], registry=registry)
    app.extensions["rutin_metrics"] = registry
    app.register_blueprint(blueprint)

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        route = request.endpoint or "unknown"
        seconds = time.perf_counter() - g.get("began", time.perf_counter())
        answered.labels(route, response.status_code).inc()
        took.labels(route).observe(seconds)
        log.info(
            "request.answered",
            route=route,
            method=request.method,
            status=response.status_code,
            milliseconds=round(seconds * 1000, 1),
        )
        return response


@blueprint.get("/health")
@opens_its_own
@requires(Permission.PUBLIC)
def health() -> ResponseReturnValue:
    """The process is alive."""
    return {"status": "alive"}


@blueprint.get("/ready")
@opens_its_own
@requires(Permission.PUBLIC)
def ready() -> ResponseReturnValue:
    """The process can work: the database answers and has the schema of this release."""
    try:
        current = migrations.is_current(installation().database)
    except SQLAlchemyError:
        return {"status": "no database"}, 503
    return ({"status": "ready"}, 200) if current else ({"status": "old schema"}, 503)


@blueprint.get("/metrics")
@opens_its_own
@requires(Permission.PUBLIC)
def metrics() -> ResponseReturnValue:
    """Counts for Prometheus."""
    registry: CollectorRegistry = current_app.extensions["rutin_metrics"]
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
