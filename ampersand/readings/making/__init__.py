"""Readings made of what was measured: one file a family, rows in, sentences' quantities out."""
