"""What is open, told by itself and when asked."""
