"""Members: people with an account. Words: reader (whoever asks, member or guest), role (a right in a scope), session
(one device signed in), byline (how an author is shown)."""
