"""The product's settings with one more address: a bare view, beside which every other speed is shown."""

from moussem.config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.addresses"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405
