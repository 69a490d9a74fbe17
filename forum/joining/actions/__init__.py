"""Every write on the way in: applying, deciding."""
