"""Handovers: an officer goes, a colleague of the same municipality takes over. Words: leaver, successor."""
