"""What was said at an event. Words: record (a transcript or the minutes, in one language), line (a sentence or a
caption of it, with its time where one is known), correction (what somebody who was there would have it say)."""
