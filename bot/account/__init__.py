"""Who is who on a platform."""
