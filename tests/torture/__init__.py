"""Kills the assistant at every statement that it writes, starts it again, and counts at the far end: nothing lost, nothing double."""
