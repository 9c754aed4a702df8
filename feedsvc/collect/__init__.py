"""The shell of a visit: source → fetch → extract → normalize → decide → store."""
