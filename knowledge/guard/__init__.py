"""The guard on personal data in free text: what has a fixed form, and names. It finds; what happens then is not decided here."""
