"""Polls: a question in a topic, options, one voice per member or per municipality."""
