"""HTTP answers: ready bytes for what is published, Starlette for the rest."""

from feedsvc.serve.application import Application, build
from feedsvc.serve.hub import hub_route
from feedsvc.serve.limit import Limit, Limited
from feedsvc.serve.ops import Metrics, metrics_route
from feedsvc.serve.server import serving
from feedsvc.serve.shelf import Maker

__all__ = [
    "Application",
    "Limit",
    "Limited",
    "Maker",
    "Metrics",
    "build",
    "hub_route",
    "metrics_route",
    "serving",
]
