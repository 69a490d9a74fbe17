"""Every write to accounts as a whole."""
