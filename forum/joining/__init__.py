"""Joining: how people become members.

Words: application (somebody asks), invitation (a manager asks), desk (where managers decide).
"""
