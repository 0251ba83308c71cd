"""A case of the week, to train the network with (`§2`)."""
