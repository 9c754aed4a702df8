"""The frozen nouns that walk through the house, one module for each stretch."""
