"""Agreements that come round."""
