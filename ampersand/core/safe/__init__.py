"""Kept safe: backups that were tried out, the way back, the whole house in open formats, and upgrades taken as a whole."""
