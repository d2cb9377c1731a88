"""Mail: public pages without an account, and the outbox."""

from django.urls import path, re_path

from commitments.mail import views

urlpatterns = [
    path("subscribe/", views.subscribe, name="subscribe"),
    path("subscribe/<str:token>/", views.confirm, name="subscription-confirm"),
    path("subscriptions/<str:token>/", views.manage, name="subscriptions"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    re_path(r"^digests/(?P<period>\d{4}-W\d{2})/$", views.digest, name="digest"),
    path("staff/mail/", views.mail, name="mail"),
    path("staff/mail/<slug:name>/", views.mail_message, name="mail-message"),
    path("staff/mail/<slug:name>/html/", views.mail_html, name="mail-html"),
]
