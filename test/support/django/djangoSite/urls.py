from django.contrib.auth.views import LogoutView
from django.urls import include, path

import views

urlpatterns = [
    path('', views.page),
    path('assets/<path:name>', views.asset),
    path('sign-in/<str:name>/', views.sign_in),
    path('accounts/logout/', LogoutView.as_view()),
    path('session_security/', include('session_security.urls')),
    path('api/cases/', views.cases),
    path('api/poll/cases/', views.cases),
]
