"""Surveys: a questionnaire with an occasion, before or after an event or once a year, answered by members or by
municipalities, and what came of it. Polls, which stand in topics, are in forum/surveys."""
