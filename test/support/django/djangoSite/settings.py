"""A small Django project with django-session-security, for tests only."""
import os

DEBUG = False
SECRET_KEY = 'only for tests'
ALLOWED_HOSTS = ['127.0.0.1']
ROOT_URLCONF = 'urls'
USE_TZ = False
STATIC_URL = '/static/'
DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.sqlite3',
        'NAME': os.path.join(os.environ['SITE_DATA'], 'site.sqlite3'),
        'OPTIONS': {'timeout': 20},
    },
}
DEFAULT_AUTO_FIELD = 'django.db.models.AutoField'
INSTALLED_APPS = [
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.sessions',
    'session_security',
]
PASSWORD_HASHERS = ['django.contrib.auth.hashers.MD5PasswordHasher']
MIDDLEWARE = [
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    os.environ['SESSION_SECURITY_MIDDLEWARE'],
]

SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_SECURITY_WARN_AFTER = int(os.environ['WARN_AFTER'])
SESSION_SECURITY_EXPIRE_AFTER = int(os.environ['EXPIRE_AFTER'])
SESSION_SECURITY_PASSIVE_PREFIXES = ['/api/poll/']
LOGOUT_REDIRECT_URL = '/'
