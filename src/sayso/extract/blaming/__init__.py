"""Rules that find blame: words of blame (verbs, nouns, wrongs, denials) and their arguments."""
