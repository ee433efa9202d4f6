"""With torch installed, routing must still not load it."""

import subprocess
import sys

import pytest


@pytest.mark.llm
def test_torch_is_there_and_routing_leaves_it_alone():
    code = (
        "import importlib.util, sys; assert importlib.util.find_spec('torch')\n"
        "from datetime import datetime, timezone\n"
        "from funcgemma import Dialogue, Message, Router\n"
        "from funcgemma.functions.builtin import builtin_registry\n"
        "Router(builtin_registry(), None).route(Dialogue((Message('user', '京都の天気'),), datetime.now(timezone.utc)))\n"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
