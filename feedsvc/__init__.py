"""feedsvc: a multilingual news feed publisher."""

__version__ = "0.1.0"
