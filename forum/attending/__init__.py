"""Attending: being at an event. Words: audience question (asked before or during it), voice (of a member who seconds a
question), attendance (somebody was there), here (attending now)."""
