"""Drafts: words that a member has begun and not sent, one for each topic, post, space or workshop."""
