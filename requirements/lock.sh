#!/bin/sh
# Writes the committed lock files: universal, hashed, without the address of any registry.
#   run.txt  what a running Wirknetz needs
#   dev.txt  the same versions, and what tests and checks need
#   uv.txt   the installer the launcher fetches where there is none
set -eu
cd "$(dirname "$0")/.."
UV="${UV:-uv}"
compile() { $UV pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet "$@"; }
compile pyproject.toml -o requirements/run.txt
compile pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt
echo 'uv>=0.8,<1' | compile - -o requirements/uv.txt
