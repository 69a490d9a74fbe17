"""Following: what a member wants to hear of. Words: level (all, mentions, muted), origin (why there is a row)."""
