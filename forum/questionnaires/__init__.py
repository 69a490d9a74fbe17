"""Questionnaires: questions in several languages that belong to something, and the sheets on which they are
answered. What they belong to says who designs them and who answers."""
