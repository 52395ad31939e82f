"""The application's registration with Django."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """The investment pipeline, promises and headcount returns."""

    name = "moussem.projects"
    label = "projects"
