"""Make forum/static/dist from the sources of the browser's side. Run by tools/setup.py with the Python of .venv.

    python tools/bundle.py [--dist FOLDER]

    forum/static/js/<name>.js     each becomes an entry (names that begin with _ are only imported), parts that several
                                  entries share become chunks, so that a page never holds two copies of one module
    forum/static/css/site.css     the style sheet of every page; it imports the others
    forum/static/css/events.css   what the pages of events have besides
    forum/static/icons.txt        one icon a line: our name, then Lucide's; together they become one sprite

Every file's name carries a hash of its contents, so that browsers may keep it for good. `manifest.json` leads from the
plain name to the hashed one; `imports` in it lists the chunks that an entry needs, for <link rel="modulepreload">.
Beside each file lie its copies compressed with brotli and gzip, made once here and never in a request.
"""

import argparse
import difflib
import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import brotli

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "forum/static"
NODE_MODULES = ROOT / "node_modules"

# The last browsers for Windows 7 (Chrome 109, Firefox 115) and iPhones of 2015 (Safari 15.4): old office machines.
BROWSERS = "chrome109,edge109,firefox115,safari15.4"
KEPT = 7 * 24 * 3600  # seconds that the files of older bundles stay
COMPRESSED = {".js", ".css", ".svg", ".txt"}
ICON_ATTRIBUTES = (
    'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-linecap="round" stroke-linejoin="round"'
)


class BundleError(Exception):
    """The sources cannot be bundled; the message says where to look."""


def main() -> int:
    """Build beside the old folder, then change places, so that a failure leaves the old one standing."""
    parser = argparse.ArgumentParser(description="Bundle the front end.")
    parser.add_argument("--dist", type=Path, default=STATIC / "dist")
    dist: Path = parser.parse_args().dist.resolve()
    new = dist.with_name(f"{dist.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        manifest = scripts_and_styles(new)
        manifest |= icons(new)
    except (BundleError, subprocess.CalledProcessError) as error:
        shutil.rmtree(new)
        print(f"Front end not bundled: {error}", file=sys.stderr)
        return 1
    (new / "manifest.json").write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n")
    for path in list(new.iterdir()):
        compress(path)
    keep_recent(dist, new)
    shutil.rmtree(dist, ignore_errors=True)
    new.rename(dist)
    return 0


def keep_recent(old: Path, new: Path) -> None:
    """Move what an older bundle brought within KEPT into the new one: pages that are open, and processes that still run
    the older code, ask for those names."""
    for path in old.iterdir() if old.is_dir() else ():
        if not (new / path.name).exists() and time.time() - path.stat().st_mtime < KEPT:
            path.rename(new / path.name)


def scripts_and_styles(folder: Path) -> dict[str, str | dict[str, list[str]]]:
    """Run esbuild; answer plain name to hashed name, and the chunks of each entry under "imports"."""
    entries = [path for path in sorted((STATIC / "js").glob("*.js")) if not path.name.startswith("_")]
    entries += [path for path in (STATIC / "css/site.css", STATIC / "css/events.css") if path.exists()]
    if not entries:
        return {"imports": {}}
    meta_file = folder / "meta.json"
    command = [esbuild(), "--bundle", "--minify", "--format=esm", "--splitting", f"--target={BROWSERS}"]
    command += ["--charset=utf8", "--legal-comments=none", "--log-level=warning", f"--metafile={meta_file}"]
    command += ["--loader:.svg=dataurl", "--loader:.png=file", "--loader:.webp=file"]
    command += ["--entry-names=[name]-[hash]", "--chunk-names=chunk-[hash]", "--asset-names=[name]-[hash]"]
    subprocess.run([*command, f"--outdir={folder}", *map(str, entries)], check=True, cwd=ROOT)
    meta = json.loads(meta_file.read_text())
    meta_file.unlink()
    names: dict[str, str] = {}
    imports: dict[str, list[str]] = {}
    for path, output in meta["outputs"].items():
        entry = output.get("entryPoint")
        if entry:
            names[Path(entry).name] = Path(path).name
            imports[Path(entry).name] = chunks(path, meta["outputs"])
    (folder / "licences.txt").write_text(licences(meta["inputs"]))
    return {**names, "imports": {name: found for name, found in imports.items() if found}}


def esbuild() -> Path:
    """The native program out of esbuild's platform package; its own start script would need Node."""
    found = [*NODE_MODULES.glob("@esbuild/*/bin/esbuild"), *NODE_MODULES.glob("@esbuild/*/esbuild.exe")]
    if not found:
        raise BundleError("node_modules holds no esbuild; delete node_modules and start again.")
    return found[0]


def chunks(path: str, outputs: dict) -> list[str]:
    """The shared parts that an output imports at once, and what those import."""
    found: dict[str, None] = {}
    waiting = [path]
    while waiting:
        for imported in outputs[waiting.pop()].get("imports", []):
            if imported["kind"] == "import-statement" and imported["path"] not in found:
                found[imported["path"]] = None
                waiting.append(imported["path"])
    return [Path(name).name for name in found]


def licences(inputs: dict) -> str:
    """The licence of each package that went in: minifying takes their notices out, and they ask to be kept."""
    packages = {re.search(r"node_modules/((?:@[^/]+/)?[^/]+)/", path) for path in inputs}
    names = sorted({found[1] for found in packages if found} | {"lucide-static"})
    texts = []
    for name in names:
        files = sorted(path for path in (NODE_MODULES / name).iterdir() if re.match(r"(?i)licen[cs]e", path.name))
        texts.append(f"{name}\n\n" + "\n".join(path.read_text(encoding="utf-8") for path in files))
    return ("\n" + "-" * 72 + "\n\n").join(texts)


def icons(folder: Path) -> dict[str, str]:
    """One sprite, used as <svg><use href="…/icons-HASH.svg#name"/></svg>; colour and width come from the page."""
    listing = STATIC / "icons.txt"
    if not listing.exists():
        return {}
    drawings = NODE_MODULES / "lucide-static/icons"
    symbols = {}
    for number, line in enumerate(listing.read_text(encoding="utf-8").splitlines(), start=1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        name, drawing = words[0], drawings / f"{words[-1]}.svg"
        if len(words) > 2 or name in symbols:
            raise BundleError(f"icons.txt line {number}: one icon a line, our name and then Lucide's: {line!r}")
        if not drawing.exists():
            near = difflib.get_close_matches(words[-1], [path.stem for path in drawings.glob("*.svg")], n=4)
            raise BundleError(f"icons.txt line {number}: Lucide has no {words[-1]!r}; near it: {', '.join(near)}")
        shapes = re.search(r"<svg[^>]*>(.*)</svg>", drawing.read_text(encoding="utf-8"), re.DOTALL)
        shapes = re.sub(r"\s*\n\s*", "", shapes[1])
        symbols[name] = f'<symbol id="{name}" {ICON_ATTRIBUTES}>{shapes}</symbol>'
    sprite = '<svg xmlns="http://www.w3.org/2000/svg">' + "\n".join(symbols.values()) + "</svg>\n"
    hashed = f"icons-{hashlib.sha256(sprite.encode()).hexdigest()[:8].upper()}.svg"
    (folder / hashed).write_text(sprite, encoding="utf-8")
    return {"icons.svg": hashed}


def compress(path: Path) -> None:
    """file.br and file.gz beside the file, where that makes it smaller."""
    if path.suffix not in COMPRESSED:
        return
    contents = path.read_bytes()
    packed = {".br": brotli.compress(contents, quality=11), ".gz": gzip.compress(contents, 9, mtime=0)}
    for ending, smaller in packed.items():
        if len(smaller) < len(contents):
            path.with_name(path.name + ending).write_bytes(smaller)


if __name__ == "__main__":
    sys.exit(main())
