"""The files that an administrator starts from, each read by the tool that will read it there."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import kubernetes_validate
import pytest
import yaml

from tests.command import ROOT

CONFIG = ROOT / "config"
UNIT = CONFIG / "verbinder@.service"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not on this machine")
def test_systemd_reads_the_unit_without_a_remark(tmp_path):
    unit = tmp_path / UNIT.name
    unit.write_text(re.sub(r"^ExecStart=\S+", f"ExecStart={sys.executable}", UNIT.read_text(encoding="utf-8"), flags=re.MULTILINE))
    instance = tmp_path / "verbinder@waterstad.service"
    instance.symlink_to(unit)
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", instance], capture_output=True, text=True, check=False)

    ours = [line for line in done.stderr.splitlines() if "verbinder@" in line]
    assert (done.returncode, ours) == (0, [])


def test_hadolint_has_nothing_to_say_of_the_containerfile():
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, CONFIG / "Containerfile"], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "")


def test_kubernetes_knows_every_field_of_the_example():
    kinds = []
    for document in yaml.safe_load_all((CONFIG / "kubernetes.yaml").read_text(encoding="utf-8")):
        kubernetes_validate.validate(document, "1.30", strict=True)
        kinds.append(document["kind"])

    assert kinds == ["PersistentVolumeClaim", "Deployment"]


def test_no_secret_stands_in_a_file_that_is_shared():
    for path in (one for one in CONFIG.iterdir() if one.is_file()):
        assert not re.search(r"xox[bap]-\w|xapp-\w|syt_\w|password:\s*\S", path.read_text(encoding="utf-8")), path.name
