"""The nginx files of the checkout, run by a real nginx on free ports of loopback with paths of a scratch folder."""

import os
import shutil
import subprocess
from pathlib import Path

from marketplace.local_servers import Process, accepts_connections, free_port

from .compose import ROOT

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
FILES = ROOT / "deploy/nginx"
KINDS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


class Front:
    """nginx as in the container, before a stand-in for the web service on `web_port`."""

    def __init__(self, folder: Path, web_port: int) -> None:
        self.folder = folder
        self._nginx: Process | None = None
        self.http, self.https = free_port(), free_port()
        self._paths = {
            "/etc/nginx/loanbridge": f"{folder}/loanbridge",
            "/etc/nginx/tls": f"{folder}/tls",
            "/srv/static": f"{folder}/static",
            "listen 8080": f"listen 127.0.0.1:{self.http}",
            "listen 8443": f"listen 127.0.0.1:{self.https}",
            "web:8000": f"127.0.0.1:{web_port}",
        }
        for name in ("loanbridge", "tls", "static"):
            (folder / name).mkdir()
        for source in FILES.glob("*.conf"):
            (folder / "loanbridge" / source.name).write_text(self._moved(source.read_text()))

    def _moved(self, text: str) -> str:
        for inside, outside in self._paths.items():
            text = text.replace(inside, outside)
        return text

    def make_certificate(self) -> None:
        """A self-signed one, where the administrator would mount a real one."""
        tls = self.folder / "tls"
        names = ["-keyout", f"{tls}/privkey.pem", "-out", f"{tls}/fullchain.pem", "-subj", "/CN=localhost"]
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *names]
        subprocess.run(command, capture_output=True, check=True)

    def choose_site(self) -> str:
        """What the image does before nginx starts: the site it decides for."""
        active = self.folder / "active.conf"
        subprocess.run([FILES / "choose-site.sh", self.folder / "tls", self.folder / "loanbridge", active], check=True)
        return active.read_text()

    def start(self) -> None:
        """Start nginx and wait until it listens."""
        self.choose_site()
        user = "user root;" if os.geteuid() == 0 else ""  # else its workers could not read the scratch folder
        scratch = " ".join(f"{kind}_temp_path {self.folder}/{kind};" for kind in KINDS)
        (self.folder / "nginx.conf").write_text(
            f"{user} pid {self.folder}/pid; daemon off; error_log stderr; events {{}}\n"
            f"http {{ access_log off; types {{ text/css css; }} {scratch} include {self.folder}/active.conf; }}\n"
        )
        command = [str(NGINX), "-e", "stderr", "-c", f"{self.folder}/nginx.conf"]
        self._nginx = Process("nginx", command, home=self.folder)
        self._nginx.start()
        self._nginx.wait_until(lambda: accepts_connections(self.http), timeout=10)

    def stop(self) -> None:
        """Stop nginx if it was started."""
        if self._nginx:
            self._nginx.stop()
