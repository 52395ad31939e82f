"""The server as it starts."""

import os
import subprocess
import sys

COUNT = "import gc, {module}; print(gc.get_freeze_count())"


def frozen_after(module, tmp_path):
    environment = os.environ | {"MOUSSEM_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "moussem.config.settings"}
    command = [sys.executable, "-c", COUNT.format(module=module)]
    return int(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)


def test_what_the_server_starts_with_is_left_out_of_the_collector_s_rounds(tmp_path):
    assert frozen_after("moussem.config.wsgi", tmp_path) > 50_000
    assert frozen_after("moussem.config.cli", tmp_path) == 0
