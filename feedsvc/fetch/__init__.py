"""The egress: the only room that knows HTTP clients and sockets to the outside."""

from feedsvc.fetch.egress import Egress

__all__ = ["Egress"]
