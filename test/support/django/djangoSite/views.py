import os
from pathlib import Path

from django.contrib.auth import get_user_model, login
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.static import serve
from session_security.settings import EXPIRE_AFTER, WARN_AFTER

built_page = Path(os.environ['BUILT_PAGE'])


@ensure_csrf_cookie
def page(request):
    html = (built_page / 'index.html').read_text()
    known = (
        f'data-user="{request.user.username}" '
        f'data-warn-after="{WARN_AFTER}" data-expire-after="{EXPIRE_AFTER}"'
    )
    response = HttpResponse(html.replace('data-user=""', known))
    response['Cache-Control'] = 'no-store'
    return response


def asset(request, name):
    return serve(request, name, document_root=built_page / 'assets')


def sign_in(request, name):
    """In the place of a form: these tests are not about passwords."""
    user, _ = get_user_model().objects.get_or_create(username=name)
    login(request, user)
    return redirect('/')


def cases(request):
    """Refuses strangers as Django REST framework's views do: with a 403."""
    if not request.user.is_authenticated:
        return JsonResponse({'detail': 'Authentication credentials were not provided.'}, status=403)
    return JsonResponse({'cases': [f'A case of {request.user.username}']})
