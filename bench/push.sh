#!/usr/bin/env bash
# Compares this plugin's push to jib-maven-plugin's build: same project, same registries, in alternation, over TLS and
# with an added round trip. Usage: bench/push.sh [ROUNDS] [MILLISECONDS] [MEGABITS-PER-SECOND]
# (needs docker-registry, htpasswd, umoci, skopeo, openssl; the plugin installed in the local repository)
set -euo pipefail

rounds=${1:-5}
delay=${2:-40}
megabits=${3:-Infinity}
here=$(cd "$(dirname "$0")" && pwd)
ours=io.github.lambdacontainer:lambda-container-maven-plugin:0.1.0-SNAPSHOT:push
jib=com.google.cloud.tools:jib-maven-plugin:3.5.2:build
password=bench-password
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2> /dev/null || true; rm -rf "$work"' EXIT

# Two registries with TLS and a password, each behind a delay. Their names are not of this machine, so that nobody
# treats them as such.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=near.example \
  -addext subjectAltName=DNS:near.example,DNS:far.example,DNS:localhost \
  -keyout "$work/key.pem" -out "$work/certificate.pem" 2> /dev/null
java_home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
cp -L "$java_home/lib/security/cacerts" "$work/trusted" && chmod u+w "$work/trusted"
"$java_home/bin/keytool" -importcert -noprompt -keystore "$work/trusted" -storepass changeit -alias bench \
  -file "$work/certificate.pem" 2> /dev/null
printf '127.0.0.1 near.example far.example localhost\n' > "$work/hosts"
htpasswd -nbB AWS "$password" > "$work/htpasswd"

registry() { # name port
  cat > "$work/$1.yml" <<EOF
version: 0.1
log: {level: error}
storage: {filesystem: {rootdirectory: $work/storage-$1}}
http: {addr: 127.0.0.1:$2, tls: {certificate: $work/certificate.pem, key: $work/key.pem}}
auth: {htpasswd: {realm: bench, path: $work/htpasswd}}
EOF
  docker-registry serve "$work/$1.yml" > "$work/$1.log" 2>&1 &
  pids+=($!)
}

port=$((20000 + RANDOM % 20000))
registry near "$port" && registry far $((port + 1))
"$java_home/bin/javac" -d "$work" "$here/Delay.java" "$here/Transfer.java"
for name in near far; do
  [ $name = near ] && number=0 || number=1
  "$java_home/bin/java" -cp "$work" Delay $((port + 2 + number)) $((port + number)) "$delay" "$work/$name.totals" \
    "$megabits" &
  pids+=($!)
done
near=near.example:$((port + 2))
far=far.example:$((port + 3))

# A base with Java, linked from the JDK that runs Maven, in both registries.
mkdir -p "$work/root/opt"
"$java_home/bin/jlink" --add-modules java.se --output "$work/root/opt/java" --strip-debug
umoci init --layout "$work/base" && umoci new --image "$work/base:1"
umoci insert --image "$work/base:1" "$work/root/opt" /opt
for library in libc.so.6 libgcc_s.so.1; do
  umoci insert --image "$work/base:1" "$(readlink -f /lib/x86_64-linux-gnu/$library)" /lib/x86_64-linux-gnu/$library
done
umoci config --image "$work/base:1" --architecture amd64 --os linux \
  --config.env JAVA_HOME=/opt/java --config.env PATH=/opt/java/bin:/usr/bin:/bin
for number in 0 1; do
  for _ in $(seq 50); do
    skopeo copy --quiet --dest-tls-verify=false --dest-creds "AWS:$password" "oci:$work/base:1" \
      "docker://127.0.0.1:$((port + number))/team/base:1" 2> /dev/null && break
    sleep 0.2
  done
done

for tool in maven ours jib; do
  cp -r "$here/../src/it/api-gateway" "$work/$tool"
done
source_file=$(cd "$work/ours" && find src/main/java -name '*.java' | sort | head -1)
# What Maven has to download is downloaded now: below, names are looked up in the hosts file alone.
for tool in ours jib; do
  cd "$work/$tool"
  [ $tool = ours ] && goal=("${ours%push}build" -Dlambda-container.from.image=scratch) || goal=("$jib" -Djib.skip=true)
  mvn -B -q compile "${goal[@]}" > "$work/$tool.log" 2>&1 || { cat "$work/$tool.log"; exit 1; }
done
export MAVEN_OPTS="${MAVEN_OPTS:-} -Djdk.net.hosts.file=$work/hosts -Djavax.net.ssl.trustStore=$work/trusted"
export MAVEN_OPTS="$MAVEN_OPTS -Djavax.net.ssl.trustStorePassword=changeit"

push() { # tool base target
  cd "$work/$1"
  if [ "$1" = ours ]; then
    mvn -B -q compile "$ours" -Dlambda-container.from.image="$2" -Dlambda-container.to.image="$3" \
      -Dlambda-container.from.auth.username=AWS -Dlambda-container.from.auth.password="$password" \
      -Dlambda-container.to.auth.username=AWS -Dlambda-container.to.auth.password="$password" \
      -Dlambda-container.cacheDirectory="$work/cache-ours" > "$work/$1.log" 2>&1
  else
    mvn -B -q compile "$jib" -Djib.from.image="$2" -Djib.to.image="$3" -Djib.container.entrypoint=java \
      -Djib.from.auth.username=AWS -Djib.from.auth.password="$password" \
      -Djib.to.auth.username=AWS -Djib.to.auth.password="$password" \
      -Djib.baseImageCache="$work/cache-jib" -Djib.applicationCache="$work/cache-jib-app" \
      -Djib.disableUpdateChecks=true > "$work/$1.log" 2>&1
  fi || { cat "$work/$1.log"; exit 1; }
}

forget() { # tool
  rm -rf "$work/cache-$1" "$work/cache-$1-app"
}

totals() { # requests, bytes up, bytes down
  sleep 0.3
  echo "$(cat "$work/near.log" "$work/far.log" | grep -c '"[A-Z]* /v2/' || true)" \
    "$(cat "$work/near.totals" "$work/far.totals" | awk '{up += $1; down += $2} END {print up, down}')"
}

median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

# What no plugin can do without: see Transfer.
transfer() { # base target jar...
  # shellcheck disable=SC2086
  "$java_home/bin/java" $MAVEN_OPTS -cp "$work" Transfer "$password" "$1" 1 "${@:2}" > "$work/transfer.log" 2>&1 \
    || { cat "$work/transfer.log"; exit 1; }
}

# shellcheck disable=SC2046
least() { # case round
  case $1 in
    "no change") timed asking transfer "$near/team/base" "$near/team/ours" ;;
    *another*cold*) timed moving transfer "$far/team/base" "$near/other/transfer-$2" $(tr ':' ' ' < "$work/class-path") ;;
  esac
}

timed() { # name command...
  local start
  start=$(date +%s%N)
  "${@:2}"
  echo $((($(date +%s%N) - start) / 1000000)) >> "$work/$1.times"
}

maven() {
  cd "$work/maven" && mvn -B -q compile > "$work/maven.log" 2>&1 || { cat "$work/maven.log"; exit 1; }
}

one() { # case tool round
  case $1 in
    "no change") push "$2" "$near/team/base:1" "$near/team/$2:1" ;;
    "one class changed") push "$2" "$near/team/base:1" "$near/team/$2:1" ;;
    "first push, base in a sibling repository") push "$2" "$near/team/base:1" "$near/team/$2-first-$3:1" ;;
    *) push "$2" "$far/team/base:1" "$near/other/$2-${1//[^a-z]/}-$3:1" ;;
  esac
}

prepare() { # case tool
  case $1 in
    "one class changed") printf '\n// %s\nclass Changed%s {}\n' "$RANDOM" "$RANDOM" >> "$work/$2/$source_file" ;;
    *another*cold*) forget "$2" ;;
    *another*facts*) if [ "$2" = ours ]; then rm -rf "$work/cache-ours/blobs"; else forget jib; fi ;;
  esac
}

cd "$work/maven"
MAVEN_OPTS="" mvn -B -q dependency:build-classpath -Dmdep.outputFile="$work/class-path" > "$work/maven.log" 2>&1
maven
for tool in ours jib; do # warms the page cache and the local repository
  push $tool "$near/team/base:1" "$near/team/$tool:1"
done
echo "$(nproc) cores, $(free -g | awk '/Mem:/ {print $2}') GiB, $("$java_home/bin/java" -version 2>&1 | head -1)," \
  "$rounds rounds, $delay ms added, $megabits Mbit/s each way; medians"
echo
echo "| case | Maven alone | this plugin | Jib | ratio | without Maven | requests | | MB up | | MB down | |"
echo "|---|---|---|---|---|---|---|---|---|---|---|---|"
for case in "no change" "one class changed" "first push, base in a sibling repository" \
  "first push, base in another registry, cold cache" "first push, base in another registry, facts kept"; do
  for tool in ours jib; do
    for what in times requests up down; do : > "$work/$tool.$what"; done
  done
  : > "$work/maven.times"
  for round in $(seq "$rounds"); do
    if [ "$case" = "one class changed" ]; then prepare "$case" maven; fi
    timed maven maven
    least "$case" "$round"
    for tool in ours jib; do
      prepare "$case" $tool
      read -r requests up down < <(totals)
      timed $tool one "$case" $tool "$round"
      read -r requests_after up_after down_after < <(totals)
      echo $((requests_after - requests)) >> "$work/$tool.requests"
      echo $((up_after - up)) >> "$work/$tool.up"
      echo $((down_after - down)) >> "$work/$tool.down"
    done
  done
  for tool in ours jib; do
    for what in times requests up down; do median < "$work/$tool.$what"; done
  done | tr '\n' ' ' | awk -v c="$case" -v m="$(median < "$work/maven.times")" \
    '{printf "| %s | %.2f s | %.2f s | %.2f s | %.2f | %.2f | %d | %d | %.2f | %.2f | %.2f | %.2f |\n",
    c, m / 1000, $1 / 1000, $5 / 1000, $1 / $5, ($1 - m) / ($5 - m), $2, $6, $3 / 1e6, $7 / 1e6, $4 / 1e6, $8 / 1e6}'
done

seconds() { median < "$work/$1.times" | awk '{printf "%.2f s", $1 / 1000}'; }

echo
echo "A program without Maven that only asks the two questions of a push without a change takes $(seconds asking); one" \
  "that only brings the base from another registry, and compresses and sends the jars, takes $(seconds moving)."

forget ours
MAVEN_OPTS="$MAVEN_OPTS -Xmx128m" push ours "$far/team/base:1" "$near/other/small-heap:1"
echo
echo "The first push from another registry, with a cold cache, also succeeds with -Xmx128m."
