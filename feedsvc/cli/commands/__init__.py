"""One module a command; each offers ``command(call) -> exit code``."""
