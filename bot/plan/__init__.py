"""Plans of signal routes, followed until they are done."""
