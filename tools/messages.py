"""Extract, complete and compile the French of every app, and the Arabic of what guests read; with `--check`, only say
what is missing.

    make messages                  extract into src/moussem/<app>/locale/<language>/LC_MESSAGES/django.po and compile
    tools/messages.py --check      fail on what is untranslated, fuzzy, obsolete, differently filled or not compiled

The msgid is the English sentence. Catalogues are sorted and carry neither dates nor line numbers, so that two branches
differ only where their sentences do. Neither gettext's programs nor a database is needed.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import django
import polib
from django.conf import settings
from django.utils.translation.template import templatize

HOUSE = Path(__file__).resolve().parents[1] / "src" / "moussem"
HEADER = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}


@dataclass(frozen=True)
class Tongue:
    """A language with its catalogues: how many forms a number asks for, and by which rule (that of Django's own)."""

    code: str
    name: str
    forms: int
    rule: str

    @property
    def catalogue(self) -> Path:
        """Where an app keeps its sentences in this language."""
        return Path(f"locale/{self.code}/LC_MESSAGES/django.po")


FRENCH = Tongue("fr", "French", 2, "(n > 1)")
_ARABIC_RULE = "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5"
ARABIC = Tongue("ar", "Arabic", 6, _ARABIC_RULE)
CATALOGUE = FRENCH.catalogue
# What guests read, app by app: files, and of a file of code, after a colon, the names of what they read of it.
READ_BY_GUESTS = {
    "accounts": ("templates/accounts/guest/*", "enums.py:LinkPurpose"),
    "core": (
        "templates/core/base.html", "templates/core/guest.html", "templates/core/pieces/field.html",
        "templates/core/pieces/form_errors.html", "templates/core/pieces/languages.html",
        "templates/core/submissions/*", "submissions.py",
        "formats.py:not_stated,_one_end,_span,_open,clock_of_end,until",
    ),
    "demo": ("templates/demo/link_strip.html",),
    "directory": ("enums.py:OrganisationKind",),
    "events": ("enums.py:EventKind,SpaceKind",),
    "guests": (
        "templates/guests/public/*", "views/public.py", "interfaces/registering_forms.py:RegisterForm",
        "templates/guests/guest/*", "templates/guests/letters/**/*", "views/guest.py", "views/kept.py",
        "templates/guests/pieces/kept.html", "templates/guests/pieces/reasons.html",
        "interfaces/reasons.py", "interfaces/criteria_forms.py:ObjectionForm",
        "interfaces/sentences.py:_no_seat,_space_full,_OF_GUESTS", "interfaces/forms.py:AnswerForm,space_words",
        "interfaces/letters.py:share_words", "enums.py:InvitationState,AttendanceMode,AskedField",
        "enums.py:CriterionField,Verdict,PrequalificationQuestion,LegalBasis,ContactOrigin",
    ),
    "mail": ("templates/mail/guest/*",),
    "meetings": (
        "templates/meetings/guest/*", "templates/meetings/letters/*", "templates/meetings/pieces/guest.html",
        "templates/meetings/pieces/mine.html", "views/guest.py", "enums.py:MeetingState,RequestState",
    ),
}  # fmt: skip
# Which arguments of a call are (context, singular, plural).
CALLS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
CALL = re.compile(rf"\b({'|'.join(sorted(CALLS, key=len, reverse=True))})\(")
PLACE = re.compile(r"%\((\w+)\)[sd]|(?<!{){(\w*)}|%[sd]")


@dataclass(frozen=True, order=True)
class Message:
    """One sentence to translate; `context` and `plural` are empty where it has none."""

    msgid: str
    context: str = ""
    plural: str = ""


def messages_of(app: Path, tongue: Tongue = FRENCH) -> set[Message]:
    """Every sentence of an app's code and templates; in Arabic, those that guests read."""
    if tongue is ARABIC:
        return read_by_guests(app)
    found = {message for path in app.rglob("*.py") for message in in_code(path.read_text(encoding="utf-8"))}
    for path in app.rglob("templates/**/*"):
        if path.suffix in {".html", ".txt", ".xml", ".ics"}:
            found |= set(in_template(path.read_text(encoding="utf-8"), str(path)))
    return found


def read_by_guests(app: Path) -> set[Message]:
    """The sentences of an app that stand on pages and in mails of guests."""
    found: set[Message] = set()
    for wanted in READ_BY_GUESTS.get(app.name, ()):
        pattern, _, names = wanted.partition(":")
        for path in app.glob(pattern):
            text = path.read_text(encoding="utf-8") if path.is_file() else ""
            if path.suffix == ".py":
                found |= set(in_code(_only(text, names.split(",")) if names else text))
            elif path.is_file():
                found |= set(in_template(text, str(path)))
    return found


def _only(text: str, names: list[str]) -> str:
    """The functions, classes and values of a module with these names."""
    return "\n".join(ast.unparse(node) for node in ast.parse(text).body if _name_of(node) in names)


def _name_of(node: ast.stmt) -> str:
    target = getattr(node, "target", None) or next(iter(getattr(node, "targets", ())), None)
    return getattr(node, "name", "") or getattr(target, "id", "")


def in_code(text: str) -> Iterator[Message]:
    """The sentences of Python code: literal arguments of gettext's calls."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            yield from _message(name, node)


def in_template(text: str, origin: str) -> Iterator[Message]:
    """The sentences of a template, as Django itself turns them into calls."""
    calls = templatize(text, origin=origin)
    for match in CALL.finditer(calls):
        for node in _call(calls, match.start()):
            yield from _message(match[1], node)


def _call(text: str, start: int) -> Iterator[ast.Call]:
    """The call that begins at `start`: the shortest stretch up to a bracket that is an expression."""
    end = text.find(")", start)
    while end >= 0:
        try:
            node = ast.parse(text[start : end + 1], mode="eval").body
        except SyntaxError:
            end = text.find(")", end + 1)
            continue
        if isinstance(node, ast.Call):
            yield node
        return


def _message(name: str, call: ast.Call) -> Iterator[Message]:
    if name not in CALLS:
        return
    texts = [_literal(call, place) for place in CALLS[name]]
    if texts[1]:
        yield Message(msgid=texts[1], context=texts[0], plural=texts[2])


def _literal(call: ast.Call, place: int | None) -> str:
    if place is None or place >= len(call.args):
        return ""
    value = call.args[place]
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""


def catalogue(known: list[polib.POEntry], messages: set[Message], tongue: Tongue = FRENCH) -> polib.POFile:
    """A catalogue of exactly `messages`, with the translations that are known."""
    translated = {(entry.msgid, entry.msgctxt or ""): entry for entry in reversed(known) if entry.translated()}
    translated |= {key: entry for key, entry in _fuzzy(known).items() if key not in translated}
    file = polib.POFile(wrapwidth=110)
    plurals = f"nplurals={tongue.forms}; plural={tongue.rule};"
    file.metadata = {"Language": tongue.code, **HEADER, "Plural-Forms": plurals}
    for message in sorted(messages):
        file.append(_entry(message, translated.get((message.msgid, message.context)), tongue.forms))
    return file


def _fuzzy(known: list[polib.POEntry]) -> dict[tuple[str, str], polib.POEntry]:
    return {(entry.msgid, entry.msgctxt or ""): entry for entry in known if "fuzzy" in entry.flags}


def _entry(message: Message, known: polib.POEntry | None, forms: int) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.msgid, msgctxt=message.context or None, msgid_plural=message.plural)
    if known and "fuzzy" in known.flags:
        entry.flags.append("fuzzy")
    if "%(" in message.msgid:
        entry.flags.append("python-format")
    if message.plural:
        none = dict.fromkeys(range(forms), "")
        entry.msgstr_plural = dict(known.msgstr_plural) if known and known.msgstr_plural else none
    else:
        entry.msgstr = known.msgstr if known else ""
    return entry


def merged(messages: set[Message]) -> set[Message]:
    """One message for each msgid and context: a plural form wins over its bare singular."""
    best = {(m.msgid, m.context): m for m in sorted(messages, key=lambda m: bool(m.plural))}
    return set(best.values())


def faults_of(app: Path, tongue: Tongue = FRENCH) -> list[str]:
    """What is wrong with an app's catalogue, each as a sentence."""
    path = app / tongue.catalogue
    messages = merged(messages_of(app, tongue))
    if not path.exists():
        return [f"{app.name}: {len(messages)} sentences and no catalogue: make messages"] if messages else []
    known = list(polib.pofile(str(path)))
    faults = [f"{app.name}: {fault}" for entry in known for fault in _faults(entry)]
    written = {(entry.msgid, entry.msgctxt or "") for entry in known if not entry.obsolete}
    wanted = {(message.msgid, message.context) for message in messages}
    faults += [f"{app.name}: not extracted: {msgid!r}" for msgid, _ in sorted(wanted - written)]
    faults += [f"{app.name}: nobody says {msgid!r} any more" for msgid, _ in sorted(written - wanted)]
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != catalogue(known, messages, tongue).to_binary():
        faults.append(f"{app.name}: the .mo does not fit the .po: make messages")
    return faults


def _faults(entry: polib.POEntry) -> Iterator[str]:
    if entry.obsolete:
        yield f"obsolete: {entry.msgid!r}"
    elif "fuzzy" in entry.flags:
        yield f"fuzzy: {entry.msgid!r}"
    elif not entry.translated():
        yield f"untranslated: {entry.msgid!r}"
    else:
        said = [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())
        allowed = _places(entry.msgid) | _places(entry.msgid_plural or "")
        for text in said:
            if _places(text) - allowed or (not entry.msgid_plural and _places(text) != allowed):
                yield f"other places to fill in {text!r} than in {entry.msgid!r}"


def _places(text: str) -> frozenset[str]:
    return frozenset(match[0] for match in PLACE.finditer(text))


def contradictions(apps: list[Path], tongue: Tongue = FRENCH) -> list[str]:
    """One sentence translated differently by two apps: Django would show either. A plural is a sentence apart."""
    said: dict[tuple[str, str, bool], dict[str, str]] = {}
    for app in apps:
        if (app / tongue.catalogue).exists():
            for entry in polib.pofile(str(app / tongue.catalogue)).translated_entries():
                text = entry.msgstr or " / ".join(entry.msgstr_plural.values())
                said.setdefault((entry.msgid, entry.msgctxt or "", bool(entry.msgid_plural)), {}).setdefault(
                    text, app.name
                )
    return [
        f"{msgid!r} is said differently: " + ", ".join(f"{app} {text!r}" for text, app in sorted(texts.items()))
        for (msgid, *_), texts in sorted(said.items())
        if len(texts) > 1
    ]


def write(app: Path, tongue: Tongue = FRENCH) -> None:
    """Extract an app's sentences, keep what is translated, compile; an app without sentences has no catalogue."""
    path = app / tongue.catalogue
    known = list(polib.pofile(str(path))) if path.exists() else []
    file = catalogue(known, merged(messages_of(app, tongue)), tongue)
    if not len(file):
        path.unlink(missing_ok=True)
        path.with_suffix(".mo").unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    file.save(str(path))
    path.with_suffix(".mo").write_bytes(file.to_binary())
    missing = len(file.untranslated_entries()) + len(file.fuzzy_entries())
    print(f"{app.name}: {len(file)} sentences" + (f", {missing} without {tongue.name}" if missing else ""))


def main(arguments: list[str]) -> int:
    """Write the catalogues, or check them; the exit code is 1 where a check fails."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    apps = sorted(path.parent for path in HOUSE.glob("*/__init__.py"))
    if "--check" not in arguments:
        for app in apps:
            for tongue in (FRENCH, ARABIC):
                write(app, tongue)
        return 0
    tongues = (FRENCH, ARABIC)
    faults = [fault for app in apps for tongue in tongues for fault in faults_of(app, tongue)]
    faults += [fault for tongue in tongues for fault in contradictions(apps, tongue)]
    print("\n".join(faults) or "every sentence is said in French, and in Arabic what guests read")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
