"""The server as it starts."""

import os
import subprocess
import sys

COUNT = "import gc, {module}; print(gc.get_freeze_count(), gc.get_threshold()[2])"


def collector_after(module, tmp_path):
    """How many objects are frozen once the module is loaded, and after how many middle rounds a full one is made."""
    environment = os.environ | {"MOUSSEM_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "moussem.config.settings"}
    command = [sys.executable, "-c", COUNT.format(module=module)]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    return tuple(int(number) for number in told.split())


def test_what_the_server_starts_with_is_left_out_of_the_collector_s_rounds(tmp_path):
    frozen, middle_rounds = collector_after("moussem.config.wsgi", tmp_path)
    assert frozen > 50_000
    assert middle_rounds == 500
    assert collector_after("moussem.config.cli", tmp_path) == (0, 10)
