"""Applying for an event with few places. Words: call (an event's invitation to apply, open until a moment), candidacy
(a member's application to it; joining has applications of its own), criterion and review (how two members look at
each), decision (selected, waiting, not this time: known to managers alone until they tell everybody, and then to each
theirs).

Whoever is not a manager meets a decision in one place, `queries.outcome_of`, and in the letter. Decisions stand in a
table of their own, so that no query about candidacies brings one along."""
