"""The door for servers: HTTP to Django, WebSocket to the houses' sockets."""

import gc
import os
import resource

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")

from django.core.asgi import get_asgi_application

http = get_asgi_application()

from channels.routing import ProtocolTypeRouter  # noqa: E402  apps must be loaded first

from marketplace.sockets import websocket  # noqa: E402

application = ProtocolTypeRouter({"http": http, "websocket": websocket})

# Thousands of sockets are thousands of objects that live long: what is loaded by now is never looked at again, and
# the rest less often (docs/decisions/0004).
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)

# A reader is a socket is a file: as many as this process is allowed, not the 1,024 that a shell gives.
_soft, most_files = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (most_files, most_files))
