"""List pages: by rules, or by the repeated block of headline links."""

from feedsvc.extract.listing.read import read_listing

__all__ = ["read_listing"]
