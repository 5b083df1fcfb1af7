#!/bin/sh
# Fetches the TOML reader of the counting page (smol-toml, BSD-3-Clause) and joins its modules
# that read into one. Run by maintainers only, when it moves on. Needs npm.
set -eu

VERSION=1.9.1
PARTS="date error util primitive struct extract parse"

root=$(cd "$(dirname "$0")/.." && pwd)
target="$root/browser/vendor/smol-toml"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

(cd "$work" && npm pack --silent "smol-toml@$VERSION" >/dev/null && tar xzf ./*.tgz)

rm -rf "$target"
mkdir -p "$target"
cp "$work/package/LICENSE" "$target/LICENSE"
{
  printf '// smol-toml %s, joined by scripts/vendor_smol_toml.sh. Licence: see LICENSE beside it.\n' "$VERSION"
  for part in $PARTS; do
    sed -e '/^\/\*!$/,/^ \*\/$/d' -e '/^import /d' -e 's/^export //' "$work/package/dist/$part.js"
  done
  printf 'export { parse, TomlDate, TomlError };\n'
} > "$target/smol-toml.js"
ls -l "$target"
