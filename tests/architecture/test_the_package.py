from importlib.metadata import version

import moussem


def test_the_version_is_stated_once_for_code_and_package():
    assert version("moussem") == moussem.__version__
