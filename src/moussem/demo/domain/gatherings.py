"""Playing the gatherings: series, events, their spaces and sessions, and the parts people and organisations take."""

from moussem.demo.domain.reading import Record, period_in, texts
from moussem.demo.domain.stage import Stage
from moussem.directory.models import Person
from moussem.events.domain.agendas import publish_agenda
from moussem.events.domain.events import EventFacts, add_event, add_series, add_session, add_space, take_part
from moussem.events.enums import EventKind, EventMode, PartKind, SpaceKind
from moussem.events.models import Event, Session


def play_gatherings(stage: Stage) -> None:
    """Add each series once and every event with its spaces, sessions and parts, all tied to their words."""
    for text in texts():
        key = text["document"]["key"]
        for record in text.get("series", ()):
            _add_series(stage, key, record)
    for text in texts():
        for record in text.get("event", ()):
            _add_event(stage, text["document"]["key"], record)


def _add_series(stage: Stage, text: str, record: Record) -> None:
    if record["key"] not in stage.cast:
        acronym = record["key"].upper() if record["key"].upper() in record.get("aliases", ()) else ""
        series = add_series(by=stage.by, at=stage.at, name=record["name"], acronym=acronym, publish=True)
        stage.enter(record["key"], series)
    stage.tie_thing(stage.quotes(text, record["cite"]), stage.find(record["key"]))


def _add_event(stage: Stage, text: str, record: Record) -> None:
    places = record["places"]
    event = add_event(
        by=stage.by,
        at=stage.at,
        facts=EventFacts(
            kind=EventKind(record["kind"]),
            name=record["name"],
            theme=record.get("theme"),
            period=period_in(record, "period"),
            place=stage.find(places[0]) if places else None,
            series=stage.find(record["series"]) if "series" in record else None,
            edition=record.get("edition"),
            mode=EventMode(record.get("mode", EventMode.NOT_STATED)),
            margins_of=stage.find(record["margins_of"]) if "margins_of" in record else None,
            description=record.get("note"),
        ),
        publish=True,
    )
    stage.enter(record["key"], event)
    stage.tie_thing(stage.quotes(text, record["cite"]), event)
    for space in record.get("spaces", ()):
        _add_space(stage, text, event, space)
    sessions = {
        session["key"]: add_session(by=stage.by, at=stage.at, event=event, title=session["name"])
        for session in record["sessions"]
    }
    for part in record["participants"]:
        _take_part(stage, text, event, part, sessions)
    if sessions or record.get("spaces"):
        publish_agenda(by=stage.by, at=stage.at, event=event)


def _add_space(stage: Stage, text: str, event: Event, record: Record) -> None:
    space = add_space(by=stage.by, at=stage.at, event=event, kind=SpaceKind(record["kind"]), name=record["name"])
    stage.tie(stage.quotes(text, record["cite"]), "space", space, record["name"], event.subject.address)


def _take_part(stage: Stage, text: str, event: Event, record: Record, sessions: dict[str, Session]) -> None:
    who = stage.find(record["ref"])
    kind = PartKind(record["role"])
    is_person = isinstance(who, Person)
    part = take_part(
        by=stage.by,
        at=stage.at,
        event=event,
        kind=kind,
        session=sessions[record["session"]] if "session" in record else None,
        person=who if is_person else None,
        organisation=None if is_person else who,
    )
    label = {language: f"{who.name} — {event.name[language]}" for language in ("fr", "en")}
    stage.tie(stage.quotes(text, record["cite"]), "part", part, label, event.subject.address)
