"""Django's PostgreSQL backend, starting the embedded engine when a connection is asked for."""

from django.db.backends.postgresql import base
from django.db.utils import OperationalError

from tracker import services


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes part in the engine of the settings' DATA_DIR before it connects."""

    def get_new_connection(self, conn_params):
        try:
            services.ensure(self.settings_dict["DATA_DIR"], valkey=False)
        except services.ServicesError as error:
            raise OperationalError(str(error)) from error
        return super().get_new_connection(conn_params)
