"""Moderation: the desk where moderators look at what waits. Words: held (a first post that nobody has looked at)."""
