from django.conf import settings
from session_security.middleware import SessionSecurityMiddleware


class PassiveRequestsMiddleware(SessionSecurityMiddleware):
    """Requests that no person made, such as a page's polling, do not keep the session alive."""

    def is_passive_request(self, request):
        prefixes = tuple(getattr(settings, 'SESSION_SECURITY_PASSIVE_PREFIXES', ()))
        return (
            # It can only let a session end sooner, so it may be trusted from anyone.
            request.headers.get('X-Session-Passive') == '1'
            or request.path.startswith(prefixes)
            or super().is_passive_request(request)
        )
