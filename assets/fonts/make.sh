#!/usr/bin/env bash
# Makes the font subsets that the program embeds. Needs Debian with npm and python3-fonttools.
# Usage: assets/fonts/make.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for family in sans serif; do
  npm pack --silent "@expo-google-fonts/noto-$family-sc@0.4.3" >/dev/null
  mkdir "$family"
  tar xzf "expo-google-fonts-noto-$family-sc-0.4.3.tgz" -C "$family"
done
# Noto lacks a few characters of names; HanaMin (OFL) lends them.
apt-get download -qq fonts-hanazono >/dev/null 2>&1
dpkg -x fonts-hanazono_*.deb hanazono
/usr/bin/python3 "$here/subset.py" "$work" "$here"
