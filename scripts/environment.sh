# Sourced by the scripts beside it: finds Python, makes .venv from a lock file, and keeps it in step with that file.
# usage: . scripts/environment.sh; need_environment run|dev

fail() {
  printf 'dateline: %s\n' "$1" >&2
  exit 1
}

# The first of python3.12, python3.11, python3 that really runs and is new enough (a version manager's shim may not).
find_python() {
  local name version
  for name in python3.12 python3.11 python3 python; do
    version=$("$name" -c 'import sys, venv, ensurepip; print("%d%02d" % sys.version_info[:2])' 2>/dev/null) || continue
    [ "$version" -ge 311 ] || continue
    if [ "$version" -ge 313 ] && ! command -v redis-server >/dev/null && ! command -v valkey-server >/dev/null; then
      newer=$name
      continue
    fi
    command -v "$name"
    return
  done
  if [ -n "${newer:-}" ]; then
    fail "Python 3.13 and newer need a redis-server on PATH: install the package redis-server (or valkey), or Python 3.12"
  fi
  fail "Python 3.11 or 3.12 is needed (with venv), and none was found on PATH"
}

need_environment() {
  local lock="requirements/$1.txt" want python
  want=$(cat "$lock" pyproject.toml | cksum)
  if [ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null; then
    if [ "$(cat ".venv/made-from-$1" 2>/dev/null)" = "$want" ]; then return; fi
    if [ "$1" = run ] && [ "$(cat .venv/made-from-dev 2>/dev/null)" = "$(cat requirements/dev.txt pyproject.toml | cksum)" ]; then return; fi
  else
    python=$(find_python) || exit 1
    rm -rf .venv
    "$python" -m venv .venv || fail "can't make .venv with $python"
  fi
  echo "Installing the locked packages into .venv (once) …" >&2
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock" >&2 \
    || fail "the packages of $lock could not be installed; the lines above say why"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . >&2 \
    || fail "the project could not be installed into .venv; the lines above say why"
  printf '%s\n' "$want" > ".venv/made-from-$1"
}
