"""Home: the first page, and what machines ask of the site (health, readiness)."""
