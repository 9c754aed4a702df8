"""The history of the schema (Alembic); every database is made and mended by it."""
