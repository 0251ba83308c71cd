"""The yearly evaluation (`§3`, convenant art. 10)."""
