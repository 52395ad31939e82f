"""The settings of the tests with the gallery of components as the only page, and static files from their folders."""

from tests.settings import *  # noqa: F403

DEBUG = True
ROOT_URLCONF = "tests.core.gallery_urls"
THIRD_PARTY_DOORS = {"set_language": ("public", "core.anyone"), "": ("public", "core.anyone")}
