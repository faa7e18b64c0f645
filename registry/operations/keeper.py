"""Keeping one worker beside the server: started with it, started anew if it ends, stopped with it."""

import subprocess
import sys
from datetime import datetime, timedelta

import structlog

from registry.clock import now

COMMAND = (sys.executable, "-c", "from registry.cli import main; main()", "worker", "--supervised")
#: How long to wait before a worker that ended is started anew; doubled as long as it ends at once.
FIRST_DELAY = timedelta(seconds=1)
LONGEST_DELAY = timedelta(minutes=1)
#: How long a worker may take to stop; longer than it lets a job run on.
STOP_SECONDS = 15


class Keeper:
    """Looks after the worker whenever the server comes round to it.

    The worker's standard input is a pipe that nobody writes to: it ends with us, however we end, and so does it.
    """

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = self.start_at = now()
        self.delay = FIRST_DELAY

    def tend(self) -> None:
        """Start a worker if there is none and the time has come."""
        if self.process is not None and self.process.poll() is not None:
            self._ended(now())
        if self.process is None and now() >= self.start_at:
            self.started_at = now()
            self.process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE)  # noqa: S603 - a fixed command

    def _ended(self, moment: datetime) -> None:
        structlog.get_logger().warning("worker ended")
        self.let_go()
        lasted = moment - self.started_at > LONGEST_DELAY
        self.delay = FIRST_DELAY if lasted else min(self.delay * 2, LONGEST_DELAY)
        self.process, self.start_at = None, moment + self.delay

    def let_go(self) -> None:
        """Close our end of the pipe: in a fork of the server, which must not keep the worker alive, or at the end."""
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()

    def stop(self) -> None:
        """Stop the worker and wait until it is gone."""
        if self.process is None:
            return
        self.let_go()
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
