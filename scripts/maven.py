"""Java programs of Maven Central, fetched once into a folder of jars: what scripts/neo4j and scripts/jena share."""

import os
import re
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"


class FetchError(Exception):
    """A reason to give up, and what to do about it."""


def cache_of(name):
    """Folder for the jars: KG_NAME_CACHE, or a place in the user's cache."""
    return Path(os.environ.get(f"KG_{name.upper()}_CACHE") or Path.home() / ".cache" / "foreign-policy-kg" / name)


def find_java():
    """A Java that is new enough."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    hint = "install it, e.g. sudo apt-get install openjdk-17-jre-headless"
    if java is None:
        raise FetchError(f"Java 17 is needed, and there is none; {hint}")
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, check=True).stderr
    except (OSError, subprocess.CalledProcessError) as exc:
        raise FetchError(f"{java} does not run: {exc}") from exc
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < 17:
        raise FetchError(f"Java 17 or newer is needed, {java} is {version[1] if version else 'something else'}; {hint}")
    return java


def folder_of(name):
    """Where the jars of scripts/NAME.xml lie, or will lie: one folder for each state of that file."""
    pom = pom_of(name).read_text(encoding="utf-8")
    version = re.search(rf"<{name}\.version>(.+?)</{name}\.version>", pom)[1]
    return cache_of(name) / f"lib-{version}-{zlib.crc32(pom.encode()):08x}"


def fetch(name):
    """The folder with the jars of scripts/NAME.xml; fetched if it is not there."""
    lib = folder_of(name)
    if lib.is_dir():
        return lib
    maven = shutil.which("mvn")
    if maven is None:
        raise FetchError(f"Maven is needed to fetch {name}; install it, e.g. sudo apt-get install maven")
    print(f"{name}: fetching {lib.name.removeprefix('lib-')} from Maven Central ...", file=sys.stderr)
    part = lib.with_name(f"{lib.name}.{os.getpid()}.part")
    part.mkdir(parents=True)
    command = [maven, "-q", "-B", "-f", str(pom_of(name)), GOAL, f"-DoutputDirectory={part}"]
    try:
        subprocess.run(command, check=True, stdout=sys.stderr)
        part.rename(lib)
    except (OSError, subprocess.CalledProcessError) as exc:
        if not lib.is_dir():  # another start may have been quicker
            raise FetchError(f"Maven could not fetch {name}: {exc}") from exc
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return lib


def pom_of(name):
    return Path(__file__).with_name(f"{name}.xml")
