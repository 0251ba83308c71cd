"""What the assistant must be able to tell apart of what goes wrong on a platform. Light to import."""


class ShutOut(Exception):
    """The platform does not let us in (any more): nothing can be done until somebody acts. The message says what."""
