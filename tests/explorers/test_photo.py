"""The photo explorer: its states, and the page that repeats them."""

import itertools

import numpy as np
import pytest

from clusterlib import datasets
from clusterlib.explorers import PhotoExplorer, photo
from clusterlib.quantization import code_image, grey, lbg
from clusterlib.quantization.images import image_blocks
from clusterlib.quantization.information import psnr
from clusterlib.quantization.scalar import optimal_levels
from tests.browsing import moved, opened, status

ALL = list(itertools.product(photo.IMAGES, photo.IMAGES, photo.BLOCKS))
PIXELS = """async (r) => { const p = r.explorer.state.coded, i = new Image();
  i.src = p.url; await i.decode();
  const c = document.createElement('canvas'); c.width = p.columns; c.height = p.rows;
  const g = c.getContext('2d'); g.drawImage(i, 0, 0);
  return [...g.getImageData(0, 0, p.columns, p.rows).data].filter((_, j) => j % 4 === 0); }"""


@pytest.fixture(scope="module")
def explorer():
    return PhotoExplorer()


@pytest.fixture
def root(open_page, tmp_path, explorer):
    root = opened(open_page, tmp_path, explorer)
    yield root
    assert root.page.watch.faults == []


def test_the_question_has_the_numbers_of_the_full_photo(explorer):
    photo = grey(datasets.hopper())
    values, counts = np.unique(photo, return_counts=True)
    levels = optimal_levels(values, 2, counts).levels
    two = psnr(photo, code_image(photo, levels[:, None]).decode())
    assert f"{two:.2f}" in explorer.question.explain
    blocks = image_blocks(photo, 2)
    C = lbg(blocks[np.random.default_rng(0).choice(len(blocks), 4000, replace=False)], 16)
    sixteen = psnr(photo, code_image(photo, C, 2).decode())
    assert "27.72" in explorer.question.explain
    assert sixteen == pytest.approx(27.72, abs=0.4)


def test_small_copies_keep_the_order(explorer):
    for image in photo.IMAGES:
        same = {"image": image, "source": image}
        two = explorer.state(**same, block=1, power=1)
        sixteen = explorer.state(**same, block=2, power=4)
        assert two["bits"] == sixteen["bits"] == 1
        assert sixteen["psnr"] > two["psnr"] + 5


def test_every_bit_is_counted(explorer):
    for image, source, block in ALL:
        for power in photo.POWERS:
            state = explorer.state(image=image, source=source, block=block, power=power)
            k = len(state["C"])
            tiles = photo.copy(image).size // block**2
            sent = k * block**2 * 8 if image == source else 0  # a shared codebook is there before
            bits = tiles * np.log2(k) + sent
            assert state["total"] == pytest.approx(bits / photo.copy(image).size)
            assert state["use"].sum() == tiles


def test_the_own_code_book_is_the_better_one(explorer):
    for image, source, block in ALL:
        own = explorer.state(image=image, source=image, block=block, power=8)["psnr"]
        assert explorer.state(image=image, source=source, block=block, power=8)["psnr"] <= own


def test_more_words_never_harm_the_picture(explorer):
    for image, block in itertools.product(photo.IMAGES, photo.BLOCKS):
        quality = [
            explorer.state(image=image, source=image, block=block, power=p)["psnr"]
            for p in photo.POWERS
        ]
        assert quality == sorted(quality)


def test_all_places_agree_with_the_package(root, explorer):
    for image, source, block in ALL:
        for power in photo.POWERS:
            values = {"image": image, "source": source, "block": str(block), "power": power}
            page = moved(root, values, "power", "psnr", "bits", "total", "use", "k")
            state = explorer.state(**{**values, "block": block})
            exact = np.isinf(state["psnr"])
            assert page["psnr"] == (None if exact else pytest.approx(state["psnr"], abs=1e-9))
            assert page["bits"] == pytest.approx(state["bits"])
            assert page["total"] == pytest.approx(state["total"])
            assert page["k"] == len(state["C"])


@pytest.mark.parametrize(("block", "power"), [(1, 1), (2, 4), (4, 8)])
def test_the_picture_is_the_coded_one(root, explorer, block, power):
    values = {"image": "china", "source": "flower", "block": str(block), "power": power}
    moved(root, values, "power")
    coded = explorer.state(**{**values, "block": block})["image"]
    assert root.evaluate(PIXELS) == coded.ravel().astype(int).tolist()


def test_page_and_package_say_the_same(root, explorer):
    for patch in [{"power": 1}, {"block": "4"}, {"source": "china"}, {"image": "flower"}]:
        moved(root, patch, next(iter(patch)))
        values = root.evaluate("r => r.explorer.state.values")
        values["block"] = int(values["block"])
        assert status(root) == explorer.say(explorer.state(**values))


def test_a_new_photo_brings_its_own_code_book(root, explorer):
    root.get_by_label("Photo", exact=True).select_option("flower")
    assert root.evaluate("r => r.explorer.state.values.source") == "flower"
    root.get_by_label("Codebook learned from").select_option("china")
    root.get_by_label("Photo", exact=True).select_option("hopper")
    assert root.evaluate("r => r.explorer.state.values.source") == "china"
