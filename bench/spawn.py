"""Runs a command and prints what it used, as a line of JSON, and then the end of what it printed."""
import json
import os
import sys
import tempfile
import time

with tempfile.TemporaryFile() as out:
    started = time.perf_counter()
    pid = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, out.fileno(), 1)])
    _, status, used = os.wait4(pid, 0)
    wall = time.perf_counter() - started
    out.seek(max(0, out.seek(0, os.SEEK_END) - 500))
    tail = out.read().decode("utf8", "replace")

print(json.dumps({
    "status": os.waitstatus_to_exitcode(status),
    "wall": wall * 1000,
    "cpu": (used.ru_utime + used.ru_stime) * 1000,
    # Kilobytes, but bytes on macOS.
    "memory": used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024),
}))
sys.stdout.write(tail)
