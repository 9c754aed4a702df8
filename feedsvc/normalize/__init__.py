"""What a page says → what is published: ids, dates, names, sections, clean HTML."""
