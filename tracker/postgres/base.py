"""Django's PostgreSQL backend, starting the embedded engines when a connection is asked for: a process
that writes rows also queues what follows from them."""

from django.conf import settings
from django.db.backends.postgresql import base
from django.db.utils import OperationalError

from tracker import services


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes part in the engine of the settings' DATA_DIR before it connects."""

    def get_new_connection(self, conn_params):
        try:
            services.ensure(self.settings_dict["DATA_DIR"], valkey=settings.EMBEDDED_VALKEY)
        except services.ServicesError as error:
            raise OperationalError(str(error)) from error
        return super().get_new_connection(conn_params)
