"""The tiny trained shop of the doors, looked at from outside."""

from tests.apps.conftest import (  # noqa: F401
    _no_settings_from_outside,
    home,
    popular_hangs,
    template,
    untrained,
    untrained_template,
)
