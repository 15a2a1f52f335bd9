#!/usr/bin/env bash
# Compares `package` with this plugin's build to jib-maven-plugin's buildTar: same project, same base, in alternation.
# Usage: bench/build.sh [ROUNDS]   (needs docker-registry, umoci, skopeo; the plugin installed in the local repository)
set -euo pipefail

rounds=${1:-7}
here=$(cd "$(dirname "$0")" && pwd)
jib=com.google.cloud.tools:jib-maven-plugin:3.5.2:buildTar
port=$((20000 + RANDOM % 20000))
work=$(mktemp -d)
registry_pid=
trap '[ -n "$registry_pid" ] && kill "$registry_pid"; rm -rf "$work"' EXIT

# A registry on loopback with a base that has Java, linked from the JDK that runs Maven.
cat > "$work/registry.yml" <<EOF
version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: $work/registry}}
http: {addr: 127.0.0.1:$port}
EOF
docker-registry serve "$work/registry.yml" > "$work/registry.log" 2>&1 &
registry_pid=$!

java_home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
mkdir -p "$work/root/opt"
"$java_home/bin/jlink" --add-modules java.se --output "$work/root/opt/java" --compress 0 --strip-debug 2> /dev/null \
  || "$java_home/bin/jlink" --add-modules java.se --output "$work/root/opt/java"
umoci init --layout "$work/base" && umoci new --image "$work/base:1"
umoci insert --image "$work/base:1" "$work/root/opt" /opt
umoci insert --image "$work/base:1" "$(readlink -f /lib/x86_64-linux-gnu/libc.so.6)" /lib/x86_64-linux-gnu/libc.so.6
umoci insert --image "$work/base:1" "$(readlink -f /lib/x86_64-linux-gnu/libgcc_s.so.1)" /lib/x86_64-linux-gnu/libgcc_s.so.1
umoci config --image "$work/base:1" --architecture amd64 --os linux \
  --config.env JAVA_HOME=/opt/java --config.env PATH=/opt/java/bin:/usr/bin:/bin
for _ in $(seq 50); do
  skopeo copy --quiet --dest-tls-verify=false "oci:$work/base:1" "docker://127.0.0.1:$port/base:1" 2> /dev/null && break
  sleep 0.2
done

base=127.0.0.1:$port/base:1
for tool in ours jib; do
  cp -r "$here/../src/it/api-gateway" "$work/$tool"
done
source_file=$(cd "$work/ours" && find src/main/java -name '*.java' | sort | head -1)

run() { # tool
  cd "$work/$1"
  if [ "$1" = ours ]; then
    mvn -B -q package -Dmaven.test.skip=true -Dlambda-container.from.image="$base" \
      -Dlambda-container.cacheDirectory="$work/cache-ours" > "$work/$1.log" 2>&1
  else
    mvn -B -q package "$jib" -Dmaven.test.skip=true -Dlambda-container.skip=true -Djib.from.image="$base" \
      -Djib.to.image=bench -Djib.container.entrypoint=java -Djib.allowInsecureRegistries=true \
      -Djib.baseImageCache="$work/cache-jib" -Djib.applicationCache="$work/cache-jib-app" \
      -Djib.disableUpdateChecks=true > "$work/$1.log" 2>&1
  fi || { cat "$work/$1.log"; exit 1; }
}

prepare() { # case tool
  case $1 in
    cold) rm -rf "$work/cache-$2" "$work/cache-$2-app" "$work/$2/target" ;;
    "one class changed") printf '\n// %s\nclass Changed%s {}\n' "$RANDOM" "$RANDOM" >> "$work/$2/$source_file" ;;
  esac
}

median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

run ours && run jib # warms the page cache and the local repository
echo "$(nproc) cores, $(free -g | awk '/Mem:/ {print $2}') GiB, $(java -version 2>&1 | head -1), $rounds rounds, medians of seconds"
echo
echo "| case | lambda-container | jib 3.5.2 | ratio |"
echo "|---|---|---|---|"
for case in cold "no change" "one class changed"; do
  : > "$work/ours.times"; : > "$work/jib.times"
  for _ in $(seq "$rounds"); do
    for tool in ours jib; do
      prepare "$case" "$tool"
      start=$(date +%s%N)
      run "$tool"
      echo $((($(date +%s%N) - start) / 1000000)) >> "$work/$tool.times"
    done
  done
  awk -v c="$case" -v a="$(median < "$work/ours.times")" -v b="$(median < "$work/jib.times")" \
    'BEGIN {printf "| %s | %.2f | %.2f | %.2f |\n", c, a / 1000, b / 1000, a / b}'
done
