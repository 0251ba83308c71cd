"""Guided conversations: the engine, and what somebody typed in one."""
