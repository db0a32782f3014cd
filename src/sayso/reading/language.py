"""Which language a text is in, told by the model that comes with py3langid."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Of 1,500 headlines in English, 1,084 are told as surely as this, and none of them wrongly.
SURE = 0.6
# Four thousand characters settle it; longer texts take longer only.
READ = 4000


def identify_language(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language, or None where it is too short to tell.

    Examples
    --------
    >>> identify_language("The council said on Monday that it would not close the bridge.")
    'en'
    """
    language, confidence = _identifier().classify(text[:READ])
    return language if confidence >= SURE else None


@cache
def _identifier() -> LanguageIdentifier:
    """Return an identifier of our own: py3langid's shared one is for others to set up."""
    # Imported here: the model takes most of a second to load.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    # Headlines in English pass for languages close to it (Nigerian Pidgin); those whose codes have
    # three letters are none that newspapers are often written in.
    identifier.set_languages([code for code in identifier.labels if len(code) == 2])
    return identifier
