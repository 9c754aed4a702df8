"""Who runs which shell, and when."""
