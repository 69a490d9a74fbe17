"""Registering: who comes to a workshop. Words: registration (one person's answer to one workshop), answer (yes, maybe,
no), place (confirmed, waiting, none), admission (how many places there are, and the link by which one joins)."""
