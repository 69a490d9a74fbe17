"""Municipalities: the towns and cities of the network. Words: municipality, hosted population (displaced people)."""
