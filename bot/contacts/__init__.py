"""A contact list that stays right: changes by word, read back, logged and announced."""
