"""TOML files → the frozen nouns of ``model/config.py``, every fault at once."""

from feedsvc.config.loading import check, load

__all__ = ["check", "load"]
