#!/bin/sh
# Fetches the KERN design system and the Fira Sans fonts into the package, so that nobody who
# installs Wirknetz needs npm or a build step. Run by maintainers only, when KERN moves on.
#
# Needs npm, and fonttools with brotli:  pip install --target .fonttools 'fonttools[woff]'
#                                        PYTHONPATH=.fonttools sh scripts/vendor_kern.sh
set -eu

KERN=2.7.2
FONT_LICENCE=5.3.0          # the release of @fontsource/fira-sans that carries the OFL text
WEIGHTS="Regular Italic Medium SemiBold"
# Latin with German, French, Polish and Turkish letters, typographic signs, arrows, minus, checks.
UNICODES="U+0020-007E,U+00A0-017F,U+0218-021B,U+1E9E,U+2009-200A,U+200B-200D,U+2010-2015,U+2018-201F,U+2020-2022,U+2026,U+202F,U+2030,U+2032,U+2033,U+2039,U+203A,U+2044,U+20AC,U+2116,U+2122,U+2190-2193,U+2196-2199,U+2205,U+2211,U+2212,U+221A,U+2248,U+2260,U+2264,U+2265,U+25A0-25A1,U+25B2,U+25BC,U+25CA-25CB,U+25CF,U+2713"
FEATURES="kern,liga,locl,mark,mkmk,ccmp,calt,case,tnum,lnum,pnum,frac,sups,subs,ordn"

root=$(cd "$(dirname "$0")/.." && pwd)
target="$root/src/wirknetz/web/static/vendor/kern"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

unpack() {  # name, version, folder
  (cd "$work" && npm pack --silent "$1@$2" >/dev/null && mkdir "$3" && tar xzf ./*.tgz -C "$3" && rm ./*.tgz)
}

unpack @kern-ux/native "$KERN" kern
unpack @fontsource/fira-sans "$FONT_LICENCE" fontsource

rm -rf "$target"
mkdir -p "$target/fonts"
cp "$work/kern/package/dist/kern.min.css" "$target/kern.min.css"
cp "$work/kern/package/LICENSE.md" "$target/LICENSE-EUPL-1.2.md"
sed "1s/.*/Digitized data copyright (c) 2012-2015, The Mozilla Foundation and Telefonica S.A./" \
  "$work/fontsource/package/LICENSE" > "$target/fonts/LICENSE-OFL-1.1.txt"
printf '@kern-ux/native %s, unchanged: kern.min.css\nFira Sans of the same package, reduced to Latin letters: fonts/\n' \
  "$KERN" > "$target/VERSION.txt"

for weight in $WEIGHTS; do
  python3 -m fontTools.subset "$work/kern/package/dist/fonts/fira-sans/FiraSans-$weight.woff2" \
    --unicodes="$UNICODES" --layout-features="$FEATURES" --flavor=woff2 --no-hinting \
    --name-IDs='0,1,2,3,4,5,6,13,14' --output-file="$target/fonts/FiraSans-$weight.woff2"
done
ls -l "$target" "$target/fonts"
