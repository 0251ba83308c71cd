"""Pictures, drawn from the content."""
