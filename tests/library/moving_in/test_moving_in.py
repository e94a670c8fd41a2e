"""Archives of other systems come in whole or not at all, and not twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.catalogue.provenance import imports
from library.cli.parts import Library
from library.core.errors import InputError
from library.core.resource import Resource, Status
from library.moving_in import importing, mapping
from tests.library.moving_in import archives
from tests.library.moving_in.conftest import planned


def resource_of(library: Library, id_: str) -> Resource:
    found = library.catalogue.resource(id_, public=False)
    assert found
    return found


@pytest.mark.parametrize("system", archives.EVERY)
def test_each_system_says_the_same_of_the_same_work(
    library: Library, tmp_path: Path, system: str
) -> None:
    source = archives.EVERY[system](tmp_path / "archive")
    copies = tuple(path for path in [tmp_path / "archive" / "copies"] if path.exists())
    if system == "wordpress":
        copies = (tmp_path / "archive",)
    with planned(library, source, tmp_path / "made", copies=copies) as plan:
        assert {plan.counts["new"], plan.counts["no file"]} == {1}, plan.rows
        came = importing.carry_out(library.ingest(), plan)
    assert came.done
    [id_] = came.resources
    work = resource_of(library, id_)
    [edition] = work.editions
    assert edition.title == archives.TITLE
    if system != "wordpress":  # an account of a site is no author, and a post is of no kind
        assert (edition.authors, edition.language) == ((archives.AUTHOR,), "en")
        assert work.kind == "report"
    assert str(edition.date) == ("2019-05" if system == "bibtex" else archives.DAY)
    assert (work.filed("topic"), work.filed("group")) == (("wages",), ("domestic-workers",))
    with library.catalogue.read() as conn:
        [kept] = imports.of(conn, [edition.id])
    assert [value for _, value in kept.unmatched] == [archives.SUBJECTS[2]]
    assert archives.TITLE in str(kept.raw)
    with planned(library, source, tmp_path / "made", copies=copies) as plan:
        assert (plan.counts["new"], plan.counts["here"]) == (0, 1)
        assert importing.carry_out(library.ingest(), plan).resources == ()


def elsewhere(source: Path, host: str) -> Path:
    """The same archive of another site, so that nothing in it is known."""
    source.write_text(source.read_text().replace("wp.example", f"{host}.example"))
    return source


def test_all_or_nothing_and_the_rest_where_asked(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = elsewhere(archives.wordpress(tmp_path / "archive", posts=4), "four")
    uploads = tmp_path / "archive/wp-content/uploads/2019/05"
    (uploads / "fund.pdf").write_bytes(archives.pdf("four"))  # the one that is there is another's
    (uploads / "fund-2.pdf").write_bytes(b"%PDF-1.4 broken")
    (uploads / "fund-3.pdf").unlink()
    revision, held = library.catalogue.revision(), stored(library)
    with planned(library, source, tmp_path / "made", copies=(uploads.parents[3],)) as plan:
        assert library.catalogue.revision() == revision
        assert plan.unmatched == {("subject", archives.SUBJECTS[2]): 3}
        assert [row.why for row in plan.faults] == [
            "https://four.example/wp-content/uploads/2019/05/fund-3.pdf is not in a folder of "
            "copies (--files), nor fetched (--fetch)"
        ]
        assert not importing.carry_out(library.ingest(), plan).done
        with monkeypatch.context() as patched, pytest.raises(RuntimeError):
            patched.setattr("library.moving_in.importing.history.note", fail)
            importing.carry_out(library.ingest(), plan, leave_out=True)
        assert (library.catalogue.revision(), stored(library)) == (revision, held)
        some = importing.carry_out(library.ingest(), plan, leave_out=True)
    assert some.done and len(some.resources) == 2
    assert len(some.plan.faults) == 2 and "fund-2.pdf" in some.plan.faults[0].why


def stored(library: Library) -> list[str]:
    return sorted(path.name for path in library.settings.originals.rglob("*") if path.is_file())


def fail(*args: object, **kwargs: object) -> int:
    raise RuntimeError("the power went")


def test_a_mapping_says_what_their_fields_and_values_mean(library: Library, tmp_path: Path) -> None:
    source = archives.omeka(tmp_path / "archive")
    rows = [
        ("dcterms:title", "dcterms:subject", "Theme", "Mood", "media"),
        ("A song", "Bread & roses", "Law", "grave", "media/fund.pdf"),
    ]
    archives.put(tmp_path / "archive", "items.csv", archives.table(rows))
    archives.put(tmp_path / "archive", "media/fund.pdf", archives.pdf("mapping"))
    file = tmp_path / "mapping.toml"
    file.write_text(
        '[fields]\n"Mood" = "use"\n[values.Mood]\n"grave" = ""\n[all]\npublisher = "Our Union"\n'
        '[values.subject]\n"bread & ROSES" = ["topic:wages", "group:nobody"]\n'
    )
    with pytest.raises(InputError) as wrong:
        mapping.of_file(file, {}, library.vocabularies)
    assert "nobody" in str(wrong.value)
    file.write_text(file.read_text().replace("group:nobody", "group:street-vendors"))
    meanings = mapping.of_file(file, {}, library.vocabularies)
    with planned(library, source, tmp_path / "made", meanings=meanings) as plan:
        assert not plan.unmatched
        [id_] = importing.carry_out(library.ingest(), plan).resources
    work = resource_of(library, id_)
    assert (work.filed("topic"), work.filed("group")) == (("wages", "law"), ("street-vendors",))
    assert work.publisher == "Our Union"


def test_texts_and_cards_come_as_pages_and_drafts_stay_drafts(
    library: Library, tmp_path: Path
) -> None:
    words = "We wrote to the mayor about the market. " * 20
    post = archives.item("The letter", 90, "post", f"<content:encoded>{words}</content:encoded>")
    draft = post.replace("publish", "draft").replace("/90/", "/91/").replace("p=90", "p=91")
    source = elsewhere(archives.wordpress(tmp_path / "archive", posts=0), "wp")
    text = source.read_text().replace("<item>", post + draft.replace("The", "No") + "<item>", 1)
    source.write_text(text)
    elsewhere(source, "texts")
    with planned(library, source, tmp_path / "made") as plan:
        assert plan.counts == {"new": 2, "no file": 1}
        ids = importing.carry_out(library.ingest(), plan).resources
    works = [resource_of(library, id_) for id_ in ids]
    assert [work.status for work in works] == [Status.PUBLISHED, Status.DRAFT]
    page = library.catalogue.page(works[0].editions[0].id, 1)
    assert page and "about the market" in page.text
    with planned(library, source, tmp_path / "made", cards=True) as plan:
        assert plan.counts == {"here": 2, "new": 1}


def test_works_of_a_collection_are_put_into_it(library: Library, tmp_path: Path) -> None:
    source = archives.zotero(tmp_path / "archive")
    archives.put(source, f"files/12/{archives.FILE}", archives.pdf("shelf"))
    text = (source / "export.rdf").read_text()
    (source / "export.rdf").write_text(text.replace("zotero.example", "shelf.example"))
    with planned(library, source, tmp_path / "made") as plan:
        [id_] = importing.carry_out(library.ingest(), plan).resources
    [held] = [one for one in library.catalogue.collections() if one.title == "Strike funds"]
    assert id_ in held.resources
