"""Serves the site on a free port of this machine only, and prints its address."""
import os

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')

import django
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *args):
        pass


django.setup()
call_command('migrate', verbosity=0)
server = ThreadedWSGIServer(('127.0.0.1', 0), QuietHandler)
server.set_app(get_wsgi_application())
print(f'Site: http://127.0.0.1:{server.server_port}', flush=True)
server.serve_forever()
