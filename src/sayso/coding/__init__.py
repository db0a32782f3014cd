"""Codings in, corrected figures out: what coders say of drawn articles mends what was counted."""
