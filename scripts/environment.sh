# Sourced by the scripts beside it, from the root of the repository: finds Python, makes a virtual environment, and
# installs the package there. Names the one command to run where something of the system is missing.
# KG_VENV: folder of the environment (default: .venv). KG_PYTHON: the Python to use.

venv=${KG_VENV:-.venv}

say() { printf '%s\n' "$*" >&2; }

good_python() {
    "$1" -c 'import sys; sys.exit(not ((3, 11) <= sys.version_info[:2] <= (3, 14)))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${KG_PYTHON:-python3.13 python3.12 python3.11 python3.14 python3 python}; do
        if command -v "$candidate" >/dev/null 2>&1 && good_python "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    say "Python 3.11 to 3.14 is needed, and there is none. Install it with:"
    if command -v apt-get >/dev/null 2>&1; then
        say "    sudo apt-get install python3 python3-venv"
    elif command -v dnf >/dev/null 2>&1; then
        say "    sudo dnf install python3.12"
    elif command -v brew >/dev/null 2>&1; then
        say "    brew install python@3.12"
    else
        say "    see https://www.python.org/downloads/"
    fi
    return 1
}

make_venv() {
    if "$1" -m venv "$venv" >/dev/null 2>&1; then
        return
    fi
    rm -rf "$venv"
    if ! "$1" -c 'import ensurepip' >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then
        say "Python lacks its venv module. Install it with:"
        say "    sudo apt-get install python3-venv"
        return 1
    fi
    "$1" -m venv "$venv" # once more, for its own message
}

# make_environment [dev]: the package in development mode, and with `dev` what tests and checks need. Wheels only:
# nothing is compiled.
make_environment() {
    wanted="$(cat pyproject.toml scripts/environment.sh | cksum) $(pwd)"
    if [ "$(cat "$venv/installed-${1:-plain}" 2>/dev/null)" = "$wanted" ] && [ -x "$venv/bin/kg" ]; then
        return
    fi
    python=$(find_python) || return 1
    if ! good_python "$venv/bin/python"; then
        say "Making a virtual environment in $venv with $python ..."
        rm -rf "$venv"
        make_venv "$python" || return 1
    fi
    pip="$venv/bin/python -m pip --disable-pip-version-check"
    say "Installing kg and what it needs (about 670 MB on disk; a minute or two) ..."
    # pip 25.1 is the first that knows dependency groups.
    $pip install --quiet --upgrade 'pip>=25.1' || return 1
    $pip install --quiet --prefer-binary --only-binary :all: --editable . ${1:+--group "$1"} || return 1
    printf '%s\n' "$wanted" >"$venv/installed-${1:-plain}"
    if [ -n "${1:-}" ]; then
        printf '%s\n' "$wanted" >"$venv/installed-plain"
    fi
}
