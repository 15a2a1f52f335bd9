#!/usr/bin/env bash
# Builds on a base of 500 MB with a heap of 256 MB, cold and warm.
# Usage: bench/large-base.sh   (needs umoci; the plugin installed in the local repository)
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

java_home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
mkdir -p "$work/root/data" "$work/root/lib"
"$java_home/bin/jlink" --add-modules java.se --output "$work/root/java"
# Random bytes, so that they stay 500 MB when they are compressed; a few large files and many small ones.
for i in $(seq 4); do head -c 100M /dev/urandom > "$work/root/data/large$i"; done
head -c 100M /dev/urandom | split -b 4096 -a 5 - "$work/root/data/small"
cp -L /lib/x86_64-linux-gnu/libc.so.6 /lib/x86_64-linux-gnu/libgcc_s.so.1 "$work/root/lib"

umoci init --layout "$work/base" && umoci new --image "$work/base:1"
umoci insert --image "$work/base:1" "$work/root/data" /data
umoci insert --image "$work/base:1" "$work/root/java" /opt/java
umoci insert --image "$work/base:1" "$work/root/lib" /lib/x86_64-linux-gnu
umoci config --image "$work/base:1" --architecture amd64 --os linux \
  --config.env JAVA_HOME=/opt/java --config.env PATH=/opt/java/bin:/usr/bin:/bin

cp -r "$here/../src/it/request-handler" "$work/project"
cd "$work/project"
echo "base: $(du -sm "$work/base" | cut -f1) MB in a layout, heap: 256 MB"
for run in cold warm; do
  [ "$run" = warm ] && rm -rf target
  start=$(date +%s%N)
  MAVEN_OPTS=-Xmx256m mvn -B -q package -Dmaven.test.skip=true -Dlambda-container.from.image="oci:$work/base" \
    -Dlambda-container.cacheDirectory="$work/cache"
  echo "$run: $((($(date +%s%N) - start) / 1000000)) ms, image.tar $(du -m target/lambda-container/image.tar | cut -f1) MB"
done
