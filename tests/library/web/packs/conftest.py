"""Packs of the small library, made once."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from library.cli.packs import typeset
from library.web.packs.make import Packer
from library.web.packs.order import Order
from library.web.site import Site


@pytest.fixture(scope="package")
def packer(site: Site) -> Packer:
    return Packer(site.settings, site.catalogue, site.engine, site.vocabularies, typeset=typeset)


@pytest.fixture(scope="package")
def folder(packer: Packer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All English works of the small library as a folder of pages, unpacked."""
    place = tmp_path_factory.mktemp("pack")
    packer.make(Order("en"), place / "all.zip")
    with zipfile.ZipFile(place / "all.zip") as archive:
        archive.extractall(place / "all")
    return place / "all"
