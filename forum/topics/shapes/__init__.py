"""Topics and posts as JSON, for API and sockets alike."""
