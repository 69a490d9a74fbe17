"""Every write to pads."""

from forum.pads.actions.leaving import leave_pen, leave_space
from forum.pads.actions.pens import ask_for_pen, put_pen_down, take_asking_back, take_pen
from forum.pads.actions.writing import bring_back, save

__all__ = [
    "ask_for_pen",
    "bring_back",
    "leave_pen",
    "leave_space",
    "put_pen_down",
    "save",
    "take_asking_back",
    "take_pen",
]
