"""Notifications: what a member is told. Words: notice (a line behind the bell, one per member and topic)."""
