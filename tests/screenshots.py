"""`make screenshots`: remakes the README's pictures, docs/images/*.png, from the running system."""

from __future__ import annotations

import io
import tempfile
from dataclasses import replace
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, expect

from local.acceptances import decide
from local.dropbox_emulator.api.cost_model import CostModel
from local.host import ALICE, BOB, OTHER_ALICE
from local.host_expenses import HostExpenses
from local.linking import link_dropbox
from local.processes import wait_until
from local.samples import SAMPLES, write_samples
from local.template import ROOT
from local.world import World, running_world
from tests.chromium import chromium
from tests.e2e.browsing import Desk, on_disk

_IMAGES = ROOT / "docs" / "images"
_WIDTH, _HEIGHT = 900, 900
_COLOURS = 128
_PHOTOS = 45
# So that a batch takes long enough to be seen under way.
_SLOW = CostModel(latency=1.5)
_SECONDS = 120
# The page as its readers are to see it: in English.
_ADMINISTRATOR = replace(BOB, locale="en")


def main() -> None:
    """Both pictures."""
    with tempfile.TemporaryDirectory() as state, chromium(_SECONDS) as browser:
        directory = Path(state) / "dropbox"
        parameters = {"RejectGraceSeconds": "2"}
        with running_world(Path(state), dropbox_directory=directory, parameters=parameters) as world:
            world.host.people[:] = [ALICE, _ADMINISTRATOR, OTHER_ALICE]
            desk = Desk(world, browser)
            _keep(_personal(world, desk), "personal")
            _keep(_company(world, desk), "company")
            desk.close("readme")
            if desk.faults:
                raise SystemExit(f"Something went against the page's policy: {desk.faults}")


def _personal(world: World, desk: Desk) -> bytes:
    """A batch under way."""
    account = world.dropbox.add_account("alice", display_name=ALICE.name)
    visit = desk.sign_in(ALICE)
    # It names directories of this very run; the host's own page has nothing like it.
    visit.page.add_init_script(
        "addEventListener('DOMContentLoaded', () => document.querySelector('aside')?.remove())"
    )
    visit.link(visit.personal, account)
    expect(visit.personal.get_by_role("button", name="Unlink")).to_be_visible()
    auto_import = on_disk(world, account)
    wait_until(auto_import.is_dir, _SECONDS)
    world.dropbox.costs = _SLOW
    write_samples(auto_import)
    for number in range(_PHOTOS):
        _write_photo(auto_import / f"IMG_{4200 + number}.jpg", number)
    progress = visit.personal.get_by_role("progressbar")
    visit.personal.get_by_role("button", name="Close").click()
    wait_until(lambda: _is_under_way(progress), _SECONDS)
    expect(visit.personal.locator("button[aria-expanded]")).to_be_visible()
    visit.page.mouse.move(0, 0)
    taken = visit.page.screenshot()
    world.dropbox.costs = CostModel()
    expect(progress).to_have_js_property("value", _PHOTOS + len(SAMPLES))
    return taken


def _is_under_way(progress: Locator) -> bool:
    return progress.count() == 1 and 10 <= progress.evaluate("bar => bar.value") < _PHOTOS + len(SAMPLES)


def _write_photo(path: Path, number: int) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (600, 800), (5 * number, 200, 100)).save(buffer, "JPEG")
    path.write_bytes(buffer.getvalue())


def _company(world: World, desk: Desk) -> bytes:
    """What was accepted, delivered."""
    account = world.dropbox.add_account("atelier", display_name="Atelier")
    link_dropbox(world, _ADMINISTRATOR, account, "synchronisation", since="2026-01-01")
    expenses = HostExpenses(world)
    named = {sample.path.rpartition("/")[2] for sample in SAMPLES}
    hers = [each for each in expenses.of(ALICE) if each.documents[0].name in named]
    accepted = decide(expenses, ALICE, hers, refused=0, accepted=7)
    visit = desk.sign_in(_ADMINISTRATOR)
    lines = visit.company.get_by_role("listitem").filter(has_text="Delivered")
    expect(lines).to_have_count(len(accepted))
    # What was counted before the last of them arrived is counted anew.
    visit.settings()
    expect(lines).to_have_count(len(accepted))
    visit.page.get_by_role("heading", name="Connected Apps").evaluate(
        "title => scrollTo(0, title.getBoundingClientRect().top - 16)"
    )
    return visit.page.screenshot()


def _keep(taken: bytes, name: str) -> None:
    """Write it with as few colours as look the same."""
    _IMAGES.mkdir(parents=True, exist_ok=True)
    path = _IMAGES / f"{name}.png"
    Image.open(io.BytesIO(taken)).convert("RGB").quantize(_COLOURS).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1024:.0f} kB")


if __name__ == "__main__":
    main()
