"""The whole story, played once into a new playground through the verbs of every room."""

from datetime import datetime

from moussem.core.actor import Actor
from moussem.demo.domain.story.association import play_association, play_meeting, play_mission
from moussem.demo.domain.story.cast import gather
from moussem.demo.domain.story.fund import play_fund
from moussem.demo.domain.story.gatherings import play_held, play_to_come
from moussem.demo.domain.story.promises import play_announcements, play_returns, play_signatures, play_stages
from moussem.demo.domain.story.registrations import play_open
from moussem.demo.domain.story.targeting import play_targeting


def play_story(*, team: Actor, second: Actor, at: datetime) -> None:
    """Three gatherings, three agreements, seven projects, five returns, six applications; all days relative to `at`."""
    cast = gather(team=team, second=second, at=at)
    to_come = play_to_come(cast)
    play_open(cast)
    held = play_held(cast)
    projects = play_signatures(cast, held) + play_announcements(cast)
    play_stages(cast, projects)
    play_returns(cast, projects)
    play_fund(cast, projects)
    play_targeting(cast, to_come)
    association = play_association(cast)
    play_meeting(cast, association)
    play_mission(cast, association)
