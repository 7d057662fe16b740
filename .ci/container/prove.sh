#!/usr/bin/env bash
# prove.sh [FOLDER]: builds the image and runs the suite in it as a task of 512 MB and 0.25 CPU, without a container engine and without an
# image from anywhere. As root on Debian with buildah, debootstrap, Node and the .NET SDK, where control groups of version 1 can be made; about
# seven minutes. What ran and what it left stays in FOLDER (reports/container). A check that fails makes the exit code 1.
#
# An image's run is played with what an engine itself uses: a mount and a process namespace, so that the entry point is process 1; the image's
# user; its root read-only, with its two volumes; control groups with the limits.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
mkdir -p "${1:-reports/container}" && out=$(cd "${1:-reports/container}" && pwd)
image=$out/image
memory=/sys/fs/cgroup/memory/capacity-prove
processor=/sys/fs/cgroup/cpu/capacity-prove
user=10001
failed=0

check() {
  if eval "$2"; then echo "  ✓ $1"; else echo "  ✗ $1"; failed=1; fi
}

build() {
  local storage=(buildah --root "$out/storage" --runroot "$out/runroot") name container
  bash .ci/container/base.sh "$out/base" || return
  for name in sdk runtime; do
    printf 'FROM scratch\nADD %s.tar /\n' "$name" >"$out/base/$name.Containerfile"
    "${storage[@]}" bud --isolation chroot --layers=false -t "localhost/$name" -f "$out/base/$name.Containerfile" "$out/base" || return
  done
  "${storage[@]}" bud --isolation chroot --layers=false --format docker -v "$HOME/.nuget/packages:/root/.nuget/packages" \
    --build-arg SDK_IMAGE=localhost/sdk --build-arg RUNTIME_IMAGE=localhost/runtime -t localhost/capacity . || return
  "${storage[@]}" images
  container=$("${storage[@]}" from --pull-never localhost/capacity) || return
  "${storage[@]}" inspect --format '{{.Docker.Config}}' "$container"
  mkdir -p "$image"
  cp -a "$("${storage[@]}" mount "$container")/." "$image"
  "${storage[@]}" rm "$container" >/dev/null
}

# The parts of a run that need a mount namespace: in it, as process 1 of a process namespace.
inside() {
  local root=$1 reports=$2 group
  mount --bind "$root" "$root" && mount -o remount,bind,ro "$root"
  mount --bind "$reports" "$root/app/reports"
  mount -t tmpfs -o mode=1777,size=64m tmpfs "$root/tmp"
  mount -t proc proc "$root/proc"
  mount -t tmpfs tmpfs "$root/sys" && mkdir -p "$root/sys/fs/cgroup/memory" "$root/sys/fs/cgroup/cpu"
  for group in memory cpu; do mount --bind "/sys/fs/cgroup/$group/capacity-prove" "$root/sys/fs/cgroup/$group"; done
  mount --rbind /dev "$root/dev"
  cd "$root" && exec chroot --userspec="$user:$user" "$root" /usr/bin/env -C /app /bin/sh /app/deploy/entrypoint.sh
}

# start NAME [SETTING...]: sets reports, log, unshared (waited for) and first (the entry point's id as it is seen from here).
start() {
  local name=$1
  shift
  reports=$out/$name log=$out/$name.log
  rm -rf "$reports" && install -d -o $user -g $user "$reports"
  mkdir -p "$memory" "$processor"
  echo $((512 << 20)) >"$memory/memory.limit_in_bytes"
  echo 25000 >"$processor/cpu.cfs_quota_us"
  (
    echo $BASHPID >"$memory/cgroup.procs" && echo $BASHPID >"$processor/cgroup.procs"
    exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@" \
      unshare --mount --pid --fork --kill-child bash -c "user=$user; $(declare -f inside); inside '$image' '$reports'"
  ) >"$log" 2>&1 &
  unshared=$!
  until first=$(cat "/proc/$unshared/task/$unshared/children" 2>/dev/null) && [ -n "$first" ]; do sleep 0.05; done
  first=${first% }
}

until_logged() {
  for _ in $(seq 1200); do
    grep -qs "$1" "$reports/latest/steps.jsonl" && return
    sleep 0.1
  done
}

process_of() {
  local id
  # shellcheck disable=SC2013 # Process ids, one a line.
  for id in $(cat "$memory/cgroup.procs"); do grep -qsa "$1" "/proc/$id/cmdline" && echo "$id" && return; done
}

json() { node -p "const j = JSON.parse(require('fs').readFileSync('$reports/latest/capacity.json')); $1" 2>/dev/null; }

megabytes() { echo "$(($1 >> 20)) MB"; }

cleanup() {
  [ -z "${unshared:-}" ] || kill -KILL "$unshared" 2>/dev/null
  sleep 0.5
  rmdir "$memory/worker" "$memory" "$processor" 2>/dev/null
}
trap cleanup EXIT

echo "== The image is built"
[ -d "$image" ] || build >"$out/build.log" 2>&1 || { tail -n 20 "$out/build.log"; exit 1; }
grep '^localhost/' "$out/build.log"
check "the image's reports folder is its user's, and nothing else below /app is" "[ \"\$(find '$image/app' -uid $user)\" = '$image/app/reports' ]"
# The bind mounts need these; an engine makes them itself.
mkdir -p "$image/proc" "$image/sys" "$image/dev" "$image/tmp"

echo "== What is taken before the first connection"
start memory CAPACITY_LADDER_STEPS=1 CAPACITY_LADDER_HOLD=8s
until_logged '"kind":"run"'
until [ -n "$(process_of PoolWorker)" ]; do sleep 0.2; done
while kill -0 "$unshared" 2>/dev/null && ! grep -qs '"kind":"step"' "$reports/latest/steps.jsonl"; do
  {
    # shellcheck disable=SC2013 # Process ids, one a line.
    for id in $(cat "$memory/cgroup.procs"); do
      awk -v what="$(tr '\0' ' ' <"/proc/$id/cmdline" | grep -o 'testhost\|vstest.console\|PoolWorker\|TargetServer\|tail\|entrypoint' | head -n 1)" \
        '/^Rss|^Pss:|^Anonymous/ { v[$1] = $2 / 1024 } END { printf "  %-15s resident %6.1f MB, its share %6.1f MB, its own %5.1f MB\n", what, v["Rss:"], v["Pss:"], v["Anonymous:"] }' "/proc/$id/smaps_rollup"
    done
    awk '/^total_rss |^total_cache / { printf "  group: %s %.0f MB\n", $1, $2 / 1048576 }' "$memory/memory.stat"
  } >"$out/memory.now" 2>/dev/null
  [ -z "$(process_of PoolWorker)" ] || mv "$out/memory.now" "$out/memory.txt"
  sleep 0.5
done
wait "$unshared"
cat "$out/memory.txt"
echo "  most ever in the group: $(megabytes "$(cat "$memory/memory.max_usage_in_bytes")") (page cache included)"

echo "== The default run"
began=$SECONDS
start default
wait "$unshared"
code=$?
echo "  $((SECONDS - began)) s; $(tail -n 1 "$log")"
check "it ends with 0" "[ $code -eq 0 ]"
check "every report is there" "for file in capacity.json capacity.md capacity.html capacity.trx junit.xml steps.jsonl; do [ -s '$reports/latest/'\$file ] || exit 1; done"
check "1,000 were held" "[ \"\$(json 'j.verdict.heldAtOnce')\" = 1000 ]"
check "rows came out" "grep -q '^✓  1000 sessions:' '$log'"

echo "== SIGTERM to process 1"
start stopped
until_logged '"kind":"step"'
kill -TERM "$first"
began=$SECONDS
wait "$unshared"
code=$?
echo "  $((SECONDS - began)) s; $(tail -n 1 "$log")"
check "it ends with 143" "[ $code -eq 143 ]"
check "the report says interrupted" "[ \"\$(json 'j.interrupted')\" = SIGTERM ]"

echo "== A worker out of memory"
start starved CAPACITY_LADDER_STEPS=10,15000 CAPACITY_POOL_RATE=500
until_logged '"kind":"step"'
mkdir -p "$memory/worker"
# Its own group is full while the rest has room, so that the kernel takes it and no other.
echo $((6 << 20)) >"$memory/worker/memory.limit_in_bytes"
until [ -n "$(process_of PoolWorker)" ]; do sleep 0.05; done
process_of PoolWorker >"$memory/worker/cgroup.procs"
wait "$unshared"
code=$?
echo "  $(tail -n 1 "$log")"
check "the kernel ended one for memory" "grep -q 'oom_kill [1-9]' '$memory/worker/memory.oom_control'"
check "the report is complete" "[ \"\$(json 'j.complete')\" = true ]"
check "it is red" "[ $code -eq 1 ]"

exit $failed
