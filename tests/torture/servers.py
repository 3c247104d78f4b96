"""A PostgreSQL and a Redis of our own, on free ports, with nothing of theirs outside one temporary folder."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import psycopg
import redis as redis_client

from tests.jobs.live import Process
from tests.torture import programs
from tests.torture.supervisor import Supervisor

OWNER = "lastvote"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Postgres:
    """A server with the settings it comes with: nothing is made faster at the price of what was promised."""

    def __init__(self, directory: Path, supervisor: Supervisor) -> None:
        self.port = free_port()
        self.url = f"postgres://{OWNER}@127.0.0.1:{self.port}/postgres"
        self._data = directory / "postgres"
        self._log = directory / "postgres.log"
        self._make_cluster()
        self.supervised = supervisor.run("PostgreSQL", self._start)

    def _make_cluster(self) -> None:
        self._data.mkdir()
        if os.geteuid() == 0:
            self._data.parent.chmod(0o755)
            shutil.chown(self._data, programs.ACCOUNT, programs.ACCOUNT)
        command = [programs.postgres_program("initdb"), "--pgdata", str(self._data), "--username", OWNER]
        command += ["--auth", "trust", "--encoding", "UTF8", "--no-locale"]
        subprocess.run([*programs.as_nobody_special(), *command], check=True, capture_output=True, cwd="/")

    def _start(self) -> Process:
        command = [programs.postgres_program("postgres"), "-D", str(self._data), "-p", str(self.port)]
        command += ["-c", f"unix_socket_directories={self._data}", "-c", "listen_addresses=127.0.0.1"]
        return Process([*programs.as_nobody_special(), *command], log=self._log)

    def answers(self) -> bool:
        """Say whether it takes connections and answers a question."""
        try:
            with psycopg.connect(self.url, connect_timeout=2) as connection:
                return connection.execute("SELECT 1").fetchone() == (1,)
        except psycopg.Error:
            return False

    def kill(self) -> None:
        """End every process of the server at the same moment."""
        self.supervised.kill_with_children()


class Redis:
    """A server that keeps nothing on disk: each start finds it empty."""

    def __init__(self, directory: Path, supervisor: Supervisor) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._directory = directory
        self._client = redis_client.Redis(port=self.port, socket_timeout=1, socket_connect_timeout=1)
        self.supervised = supervisor.run("Redis", self._start)

    def _start(self) -> Process:
        command = [shutil.which("redis-server"), "--port", str(self.port), "--bind", "127.0.0.1"]
        command += ["--save", "", "--appendonly", "no", "--dir", str(self._directory)]
        return Process(command)

    def answers(self) -> bool:
        """Say whether it answers."""
        try:
            return bool(self._client.ping())
        except redis_client.RedisError:
            return False
