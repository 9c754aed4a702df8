"""Localized feeds → bytes, one module a format."""
