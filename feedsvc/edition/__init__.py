"""Articles × edition → ordered entries → in the reader's language."""
