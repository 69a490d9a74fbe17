"""Workshops: webinars and workshops, and the topics that belong to them. Words: workshop (the record of either kind),
session (a part of it with a time of its own), talk (one contribution to its programme), phase (before, during, after),
link (one prepares another)."""
