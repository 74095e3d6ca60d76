"""nginx in front: its files fit docker-compose.yml, and a real nginx passes on what it should."""

import http.client
import http.server
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from .compose import services
from .front import FILES, NGINX, Front

with_nginx = pytest.mark.skipif(NGINX is None, reason="no nginx on this machine")


class Echo(http.server.BaseHTTPRequestHandler):
    """Stands in for the web service and answers with the headers it got."""

    def do_GET(self) -> None:
        body = str(self.headers).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Front]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo) as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        front = Front(tmp_path, web.server_address[1])
        yield front
        front.stop()
        web.shutdown()


@pytest.fixture
def plain(front: Front) -> http.client.HTTPConnection:
    """A browser at the site without a certificate."""
    (front.folder / "static/app.css").write_text("body {}")
    front.start()
    return http.client.HTTPConnection("127.0.0.1", front.http, timeout=5)


def get(connection: http.client.HTTPConnection, path: str, **headers: str) -> tuple[http.client.HTTPResponse, str]:
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    return answer, answer.read().decode()


def test_paths_and_ports_are_those_of_the_compose_file() -> None:
    service = services()["nginx"]
    mounted = {mount.split(":")[1] for mount in service["volumes"]}
    text = "".join(file.read_text() for file in FILES.glob("*.conf"))
    assert mounted == {
        "/etc/nginx/loanbridge",
        "/docker-entrypoint.d/50-choose-site.sh",
        "/etc/nginx/tls",
        "/srv/static",
    }
    assert all(path in text for path in mounted if not path.startswith("/docker"))
    assert all(f"listen {port.split(':')[1]}" in text for port in service["ports"])
    assert f"web:{services()['web']['expose'][0]}" in text


def test_the_script_of_the_image_can_be_run() -> None:
    assert (FILES / "choose-site.sh").stat().st_mode & 0o111 == 0o111


def test_a_certificate_decides_for_tls(front: Front) -> None:
    assert "8443" not in front.choose_site()
    front.make_certificate()
    assert f"{front.https} ssl" in front.choose_site()


@with_nginx
def test_pages_come_from_web_with_the_real_address_of_the_caller(plain: http.client.HTTPConnection) -> None:
    answer, seen = get(plain, "/listings/", X_Forwarded_For="6.6.6.6", X_Forwarded_Proto="https")
    assert answer.status == 200
    assert "X-Forwarded-For: 127.0.0.1\n" in seen
    assert "X-Forwarded-Proto: http\n" in seen
    assert f"Host: 127.0.0.1:{plain.port}\n" in seen
    assert "Upgrade" not in seen


@with_nginx
def test_a_websocket_handshake_is_passed_on(plain: http.client.HTTPConnection) -> None:
    _, seen = get(plain, "/rounds/1/", Connection="Upgrade", Upgrade="websocket")
    assert "Upgrade: websocket\n" in seen
    assert "Connection: upgrade\n" in seen


@with_nginx
def test_static_files_never_reach_web(plain: http.client.HTTPConnection) -> None:
    answer, text = get(plain, "/static/app.css")
    assert (answer.status, text) == (200, "body {}")
    assert answer.headers["Cache-Control"] == "max-age=3600"
    assert get(plain, "/static/missing.css")[0].status == 404
    assert "error_log" not in get(plain, "/static../nginx.conf")[1]


@with_nginx
def test_with_a_certificate_plain_http_leads_to_tls(front: Front) -> None:
    front.make_certificate()
    front.start()
    plain = http.client.HTTPConnection("localhost", front.http, timeout=5)
    trusted = ssl.create_default_context(cafile=str(front.folder / "tls/fullchain.pem"))
    secure = http.client.HTTPSConnection("localhost", front.https, timeout=5, context=trusted)
    answer, _ = get(plain, "/listings/?page=2")
    assert (answer.status, answer.headers["Location"]) == (301, "https://localhost/listings/?page=2")
    assert get(plain, "/healthz")[0].status == 200
    assert "X-Forwarded-Proto: https\n" in get(secure, "/listings/")[1]
