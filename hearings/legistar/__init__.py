"""Committees, people and meetings from a Legistar Web API: asked for by `client`, understood by `records`,
taken over by `reading`."""
