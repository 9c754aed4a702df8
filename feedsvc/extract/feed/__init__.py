"""Feeds: each format as it stands, then one adapter (RSS, RDF, Atom, JSON Feed)."""

from feedsvc.extract.feed.read import read_feed

__all__ = ["read_feed"]
