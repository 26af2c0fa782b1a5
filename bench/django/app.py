"""django-session-security as its documentation sets it up, on one page, in one file.

Runs with the python3 that Debian's python3-django-session-security belongs to.
"""
import os
import sys
from pathlib import Path

from django.conf import settings

FOLDER = Path(os.environ['BENCH_FOLDER'])

settings.configure(
    DEBUG=True,
    SECRET_KEY='only for this measurement',
    ALLOWED_HOSTS=['*'],
    ROOT_URLCONF=__name__,
    STATIC_URL='/static/',
    DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': FOLDER / 'db.sqlite3'}},
    SESSION_EXPIRE_AT_BROWSER_CLOSE=True,
    SESSION_SECURITY_WARN_AFTER=int(os.environ['WARN_AFTER']),
    SESSION_SECURITY_EXPIRE_AFTER=int(os.environ['EXPIRE_AFTER']),
    LOGIN_URL='/signed-out',
    INSTALLED_APPS=[
        'django.contrib.auth',
        'django.contrib.contenttypes',
        'django.contrib.sessions',
        'django.contrib.staticfiles',
        'session_security',
    ],
    MIDDLEWARE=[
        'django.contrib.sessions.middleware.SessionMiddleware',
        'django.contrib.auth.middleware.AuthenticationMiddleware',
        'session_security.middleware.SessionSecurityMiddleware',
    ],
    STATICFILES_DIRS=['/usr/share/javascript/jquery'],
    TEMPLATES=[
        {
            'BACKEND': 'django.template.backends.django.DjangoTemplates',
            'APP_DIRS': True,
            'OPTIONS': {'context_processors': ['django.template.context_processors.request']},
        }
    ],
)

from django.contrib.auth import get_user_model, login  # noqa: E402
from django.contrib.auth.decorators import login_required  # noqa: E402
from django.core.management import execute_from_command_line  # noqa: E402
from django.http import HttpResponse, HttpResponseRedirect  # noqa: E402
from django.template import engines  # noqa: E402
from django.urls import include, path  # noqa: E402

PAGE = """<!doctype html><title>Bench</title>
<p id="content">Something that others must not see.</p>
<script src="/static/jquery.js"></script>
{% include 'session_security/all.html' %}
<script>
if (location.search.includes('poll')) setInterval(() => fetch('/poll'), 1000)
</script>"""


def sign_in(request):
    user, _ = get_user_model().objects.get_or_create(username='ada')
    login(request, user, backend='django.contrib.auth.backends.ModelBackend')
    return HttpResponseRedirect('/?' + request.META['QUERY_STRING'])


@login_required
def page(request):
    return HttpResponse(engines['django'].from_string(PAGE).render({}, request))


urlpatterns = [
    path('', page),
    path('sign-in', sign_in),
    path('poll', lambda request: HttpResponse('{}')),
    path('signed-out', lambda request: HttpResponse('<p id="over">Over.</p>')),
    path('session_security/', include('session_security.urls')),
]

if __name__ == '__main__':
    execute_from_command_line([sys.argv[0], 'migrate', '--verbosity', '0'])
    execute_from_command_line([sys.argv[0], 'runserver', '--noreload', '--insecure', os.environ['PORT']])
