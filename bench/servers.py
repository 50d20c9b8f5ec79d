"""The servers that bench/run measures, each started in a folder of its own on a free port of loopback."""

import json
import os
import pathlib
import signal
import socket
import sqlite3
import subprocess
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILD = ROOT / "build" / "release"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def make_certificate(folder: pathlib.Path) -> None:
    """Of the kind that servers have today: ECDSA on P-256."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-keyout", "key.pem", "-out", "cert.pem", "-days", "2", "-subj", "/CN=localhost"],
                   cwd=folder, check=True, capture_output=True)


class Server:
    """A process that listens on self.port."""

    def __init__(self, folder: pathlib.Path, tls: bool):
        self.folder = folder
        self.tls = tls
        self.port = free_port()
        self.process = None
        if tls:
            make_certificate(folder)

    def command(self) -> list[str]:
        raise NotImplementedError

    def start(self) -> None:
        self.launch(self.command())
        self.wait_until_it_listens()

    def launch(self, command, **options) -> None:
        log = open(self.folder / "log", "ab")
        options.setdefault("stdout", log)
        self.process = subprocess.Popen(command, cwd=self.folder, stderr=log, **options)

    def wait_until_it_listens(self) -> None:
        deadline = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"{self.process.args[0]} does not listen; its log is:\n{self.log()}") from None
                time.sleep(0.02)

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")[-2000:]

    def stop(self, how=signal.SIGTERM) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def file(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text)
        return str(self.folder / name)

    def complaints(self, said: int) -> list[str]:
        """What is wrong with what the server has kept of `said` messages; asked after it was stopped."""
        del said
        return []


class Earshot(Server):
    """The real program without a window, with encryption and saving switched on, as anybody starts it."""

    def __init__(self, folder, tls):
        super().__init__(folder, False)
        self.port = 0

    def start(self) -> None:
        self.launch([BUILD / "earshot", "host", "--headless", "--json", "--open", "--name", "Bench", "--bind",
                     "127.0.0.1", "-p", str(self.port), "--data-dir", str(self.folder / "host")],
                    stdout=subprocess.PIPE)
        listening = json.loads(self.process.stdout.readline() or b"{}")
        if listening.get("event") != "listening":
            raise RuntimeError(f"earshot does not listen: {listening}")
        self.port = listening["port"]
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def complaints(self, said: int) -> list[str]:
        """The log of the host must hold exactly the messages that were said, in their order."""
        wrong = []
        logs = list((self.folder / "host").glob("rooms/*/room.db"))
        if len(logs) != 1:
            return [f"{len(logs)} logs instead of one"]
        database = sqlite3.connect(f"file:{logs[0]}?mode=ro", uri=True)
        texts = [text for (text,) in database.execute("SELECT text FROM events WHERE kind = 0 ORDER BY seq")]
        numbers = [int(text[3:11], 16) if text.startswith("~M~") and len(text) == 100 else None for text in texts]
        if numbers != list(range(said)):
            wrong.append(f"the log holds {len(texts)} messages instead of exactly the {said} that were said")
        if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            wrong.append("the log is damaged")
        return wrong


class Raw(Server):
    """bench/raw_limit.cpp"""

    def start(self) -> None:
        self.launch([BUILD / "raw_limit"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.port = int(self.process.stdout.readline())


class Nats(Server):
    def command(self):
        config = f"""
            listen: "127.0.0.1:{self.port}"
            max_connections: 20000
            max_pending: 512MB
            write_deadline: "60s"
            ping_interval: "10m"
        """
        if self.tls:
            config += 'tls { cert_file: "cert.pem", key_file: "key.pem", timeout: 60 }\n'
        return ["nats-server", "-c", self.file("nats.conf", config)]


class Redis(Server):
    def command(self):
        config = """
            bind 127.0.0.1
            save ""
            appendonly no
            maxclients 20000
            tcp-backlog 4096
            client-output-buffer-limit pubsub 0 0 0
        """
        if self.tls:
            config += f"""
                port 0
                tls-port {self.port}
                tls-cert-file cert.pem
                tls-key-file key.pem
                tls-auth-clients no
                tls-protocols TLSv1.3
                tls-session-caching no
            """
        else:
            config += f"port {self.port}\n"
        lines = "\n".join(line.strip() for line in config.splitlines())
        return ["redis-server", self.file("redis.conf", lines + "\n")]


class Mosquitto(Server):
    def command(self):
        config = f"""
            user root
            listener {self.port} 127.0.0.1
            allow_anonymous true
            persistence false
            max_queued_messages 0
            set_tcp_nodelay true
            log_type error
        """
        if self.tls:
            config += "certfile cert.pem\nkeyfile key.pem\ntls_version tlsv1.3\n"
        lines = "\n".join(line.strip() for line in config.splitlines())
        return ["mosquitto", "-c", self.file("mosquitto.conf", lines + "\n")]


class InspIRCd(Server):
    def command(self):
        bind = f'<bind address="127.0.0.1" port="{self.port}" type="clients"'
        config = f"""
            <server name="irc.bench.example" description="bench" network="Bench" id="001">
            <admin name="bench" nick="bench" email="bench@bench.example">
            {bind}{' sslprofile="bench"' if self.tls else ''}>
            <connect allow="*" timeout="60" pingfreq="3600" hardsendq="512M" softsendq="512M" recvq="1M"
                     threshold="1000000000" commandrate="1000000000" fakelag="no" localmax="20000" globalmax="20000"
                     maxconnwarn="no" limit="20000" resolvehostnames="no" useident="no" usednsbl="no">
            <class name="none"><type name="none" classes="none">
            <performance softlimit="20000" somaxconn="4096" netbuffersize="65534" clonesonconnect="no">
            <options prefixquit="Quit: " defaultmodes="" maxtargets="20">
            <channels users="100" opers="100">
            <pid file="{self.folder}/inspircd.pid">
            <log method="file" type="* -USERINPUT -USEROUTPUT" level="default" target="{self.folder}/log">
        """
        if self.tls:
            config += f"""
                <module name="ssl_gnutls">
                <sslprofile name="bench" provider="gnutls" certfile="{self.folder}/cert.pem"
                            keyfile="{self.folder}/key.pem"
                            priority="NONE:+VERS-TLS1.3:+AES-128-GCM:+AEAD:+ECDHE-ECDSA:+GROUP-ALL:+SIGN-ALL:+COMP-NULL:+CTYPE-X509">
            """
        return ["inspircd", "--nofork", "--nopid", "--runasroot", "--config", self.file("inspircd.conf", config)]


SERVERS = {"earshot": Earshot, "nats": Nats, "redis": Redis, "mosquitto": Mosquitto, "inspircd": InspIRCd, "raw": Raw}
PACKAGES = {"nats": "nats-server", "redis": "redis-server", "mosquitto": "mosquitto", "inspircd": "inspircd"}
