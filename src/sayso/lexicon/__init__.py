"""What sayso knows beside a text: all of it is in TOML files under ``data``, to read and extend.

Cue verbs ('said', 'claimed') with their stance: :mod:`sayso.lexicon.cues`, ``data/cues.toml``.
Parties (countries, organisations, outlets, people) with their other names: :mod:`.parties`,
``data/parties.toml``. Roles ('minister', 'spokesman'), bodies, honorifics: :mod:`.parties`,
``data/roles.toml``; first names: ``data/first_names.toml``. Words for charges:
``data/blame.toml``.
"""
