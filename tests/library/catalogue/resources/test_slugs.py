"""Addresses that people can read."""

from __future__ import annotations

import pytest

from library.catalogue.resources.slugs import slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("¡Nuestra calle, nuestra mesa!", "nuestra-calle-nuestra-mesa"),
        ("Récupératrices : l’été", "recuperatrices-l-ete"),
        ("حقوق العمال", "حقوق-العمال"),
        ("घरेलू कामगार", "घरेलू-कामगार"),
        ("***", ""),
        ("word " * 40, "-".join(["word"] * 16)),
        ("x" * 200, "x" * 80),
    ],
)
def test_slugs_can_be_read(title: str, slug: str) -> None:
    assert slug_of(title) == slug
