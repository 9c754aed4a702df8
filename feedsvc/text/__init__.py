"""Small pure readers and cleaners of text; one question each."""
