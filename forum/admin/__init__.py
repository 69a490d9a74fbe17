"""Keeping the site: pages for managers that belong to no feature."""
