"""The shell of publication: dirty feeds → selection → localize → render → output."""
