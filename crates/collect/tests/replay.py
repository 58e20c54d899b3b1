"""Replays pages out of a pywb collection without a server: replay.py FOLDER URL… prints status and body of each.

The folder holds `collections/pages`, made by `wb-manager`. Each URL is `TIMESTAMP/ADDRESS`.
"""

import os
import sys

os.chdir(sys.argv[1])
from pywb.apps.frontendapp import FrontEndApp  # noqa: E402  (it reads the folder it is loaded in)
from wsgiref.util import setup_testing_defaults  # noqa: E402

app = FrontEndApp(custom_config={"framed_replay": False})
for asked in sys.argv[2:]:
    timestamp, address = asked.split("/", 1)
    path, _, query = f"/pages/{timestamp}id_/{address}".partition("?")
    environ = {"PATH_INFO": path, "QUERY_STRING": query, "REQUEST_URI": path + (f"?{query}" if query else "")}
    setup_testing_defaults(environ)
    answer = {}

    def start(status, headers, exc_info=None):
        answer["status"] = status

    body = b"".join(app(environ, start))
    print(answer["status"], body.decode("utf-8", "replace"), flush=True)
os._exit(0)
