"""The web of stakeholders as arrays: who is in touch with whom, and how much, for walks over a whole book."""
