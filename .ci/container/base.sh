#!/usr/bin/env bash
# base.sh FOLDER: two root file systems to build the image on, made of Debian's packages and this machine's .NET, without an image from
# anywhere: FOLDER/sdk.tar and FOLDER/runtime.tar (ASP.NET and no SDK). As root; needs debootstrap, and takes about two minutes.
set -euo pipefail
folder=$1
mkdir -p "$folder"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
# shellcheck source=/dev/null
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
# The mirror that this machine itself uses.
mirror=$(apt-cache policy libc6 | grep -o 'https\?://[^ ]*' | head -n 1)
icu=$(apt-cache depends --recurse libicu-dev | grep -o '^libicu[0-9]*$' | head -n 1)
debootstrap --variant=minbase --include="$icu,libssl3,libstdc++6,ca-certificates,tzdata" "$release" "$work/root" "$mirror" >"$folder/debootstrap.log"
rm -rf "$work"/root/var/cache/apt/archives/*.deb "$work"/root/var/lib/apt/lists/*
# Who signs for the package sources here, signs in the image.
rm -rf "$work/root/etc/ssl/certs"
cp -rL /etc/ssl/certs "$work/root/etc/ssl/certs"

add() { tar -C "$dotnet" -cf - "$@" | tar -C "$work/root/usr/share/dotnet" -xf -; }
mkdir -p "$work/root/usr/share/dotnet"
ln -s ../share/dotnet/dotnet "$work/root/usr/bin/dotnet"
add dotnet host shared
tar -C "$work/root" -cf "$folder/runtime.tar" .
# shellcheck disable=SC2046 # A word a folder.
add sdk $(cd "$dotnet" && ls -d packs templates sdk-manifests library-packs 2>/dev/null)
tar -C "$work/root" -cf "$folder/sdk.tar" .
