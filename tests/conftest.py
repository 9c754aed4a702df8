"""What every test begins with."""

import signal

# A shell that starts the suite with ``&`` has it ignore Ctrl-C, which processes inherit:
# the tests that interrupt one would wait for an end that never comes.
signal.signal(signal.SIGINT, signal.default_int_handler)
