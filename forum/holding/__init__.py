"""Held posts: what new members wrote and a moderator has not looked at yet. It is no post: it stands in a table of its
own, so that no list, count, page, socket or search can show it. Desk and answers are in moderation."""
