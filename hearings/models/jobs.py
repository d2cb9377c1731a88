"""When each periodic job last ran, for /readyz and the desk."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobRun(models.Model):
    name = models.CharField(_("job"), max_length=60, unique=True)
    last_success = models.DateTimeField(_("last success"), null=True)
    last_failure = models.DateTimeField(_("last failure"), null=True)
    problem = models.TextField(_("what went wrong"), blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
