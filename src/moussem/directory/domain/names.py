"""Names as they are compared: without capitals, accents, punctuation or legal forms."""

import re
import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})
LEGAL_FORMS = frozenset(
    ["sa", "sarl", "sas", "spa", "ltd", "llc", "inc", "gmbh", "plc", "groupe", "group", "holding", "cie", "co"]
)
SMALL_WORDS = frozenset(
    [
        "a",
        "au",
        "aux",
        "d",
        "de",
        "des",
        "du",
        "en",
        "et",
        "l",
        "la",
        "le",
        "les",
        "of",
        "the",
        "and",
        "for",
        "pour",
        "par",
        "in",
        "sur",
    ]
)
SHORTEST_TOKEN = 3
_WORD = re.compile(r"[^\W_]+")


def fold(name: str) -> str:
    """A name without capitals and accents, its words parted by single spaces: what lists sort by."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(LIGATURES))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())[:200]


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name that tell it from others, folded: no legal forms, no small words; all, if none is left."""
    words = tuple(_WORD.findall(fold(name)))
    telling = tuple(word for word in words if word not in LEGAL_FORMS and word not in SMALL_WORDS)
    return telling or words


def initials_of(name: str) -> str:
    """The first letters of the telling words, folded ("Centre régional d'investissement" is "cri"); "" below three."""
    words = words_of(name)
    return "".join(word[0] for word in words) if len(words) >= SHORTEST_TOKEN else ""
