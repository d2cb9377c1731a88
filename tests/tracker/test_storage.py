"""Static files under names that change with their content."""

import re

from django.core.management import call_command


def test_a_script_imports_another_by_its_changing_name(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", "--no-input", "--verbosity", "0")
    (script,) = tmp_path.glob("tracker/tag.*.js")
    imported = re.search(r'from "(.+)"', script.read_text())[1]
    assert re.fullmatch(r"\./listening\.\w{12}\.js", imported)
    assert (script.parent / imported).exists()
