"""Blame ties: where a network sees them, what is a tie of it, and whom their mentions can mean."""
