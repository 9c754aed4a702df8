"""The WebSub hub: who subscribes is asked for a confirmation, and sent what changes."""
