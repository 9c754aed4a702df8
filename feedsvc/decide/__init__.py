"""What is new, changed or held back, and when to come again."""
