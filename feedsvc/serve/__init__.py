"""HTTP answers: ready bytes for what is published, Starlette for the rest."""

from feedsvc.serve.application import Application, build
from feedsvc.serve.hub import hub_route
from feedsvc.serve.limit import Limit, Limited
from feedsvc.serve.ops import HEALTH, METRICS, OVERVIEW, Told, View, ops_routes
from feedsvc.serve.server import serving
from feedsvc.serve.shelf import Maker

__all__ = [
    "HEALTH",
    "METRICS",
    "OVERVIEW",
    "Application",
    "Limit",
    "Limited",
    "Maker",
    "Told",
    "View",
    "build",
    "hub_route",
    "ops_routes",
    "serving",
]
