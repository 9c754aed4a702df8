"""What operators do to what is kept."""
