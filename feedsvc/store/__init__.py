"""The database: one schema on SQLite and PostgreSQL (design, decision 8)."""

from feedsvc.store.store import Store, open_store, restore_store

__all__ = ["Store", "open_store", "restore_store"]
