#!/usr/bin/env bash
# throttled.sh [RUNS [SCHEME]]: is the self-test right where this side hardly runs? Runs the suite RUNS times (10) over SCHEME (wss, or ws) in
# a control group of 0.1 CPU and 512 MB that it shares with a loop which burns the processor. What ran and what it left stays in
# reports/throttled. A run whose self-test is not true makes the exit code 1. As root, where control groups of version 1 can be made, on what
# `dotnet build` made; about two minutes a run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
runs=${1:-10} scheme=${2:-wss}
out=$PWD/reports/throttled
memory=/sys/fs/cgroup/memory/capacity-throttled
processor=/sys/fs/cgroup/cpu/capacity-throttled
built=bin/Debug/net10.0
rm -rf "$out" && mkdir -p "$out" "$memory" "$processor"
echo $((512 << 20)) >"$memory/memory.limit_in_bytes"
echo 10000 >"$processor/cpu.cfs_quota_us"

started=()
cleanup() {
  kill "${started[@]}" 2>/dev/null || true
  wait
  # The group's last process may take a moment to leave.
  sleep 0.5
  rmdir "$memory" "$processor"
}
trap cleanup EXIT

tls=()
[ "$scheme" = ws ] || tls=(--self-signed "$out/ca.pem")
# The server under test has the processor for itself: it is outside of the group.
dotnet "TargetServer/$built/TargetServer.dll" "${tls[@]}" >"$out/server" &
started+=($!)
until url=$(sed -n 's/^listening {"url":"\([^"]*\)".*/\1/p' "$out/server") && [ -n "$url" ]; do sleep 0.1; done

(echo "$BASHPID" >"$processor/cgroup.procs" && while :; do :; done) &
started+=($!)

failed=0
for run in $(seq "$runs"); do
  reports=$out/$run
  (
    echo "$BASHPID" >"$memory/cgroup.procs" && echo "$BASHPID" >"$processor/cgroup.procs"
    [ "$scheme" = ws ] || export CAPACITY_TARGET_CAFILE=$out/ca.pem
    export CAPACITY_TARGET_URL=$url CAPACITY_LADDER_STEPS=20 CAPACITY_REPORTS_DIRECTORY=$reports
    exec dotnet test "CapacityTests/$built/CapacityTests.dll"
  ) >"$out/$run.log" 2>&1 || true
  # shellcheck disable=SC2016 # It is JavaScript that has the dollars.
  node -e '
    const { calibration: test, verdict } = JSON.parse(require("fs").readFileSync(process.argv[1]));
    const seconds = (value) => value?.toFixed(1) ?? "?";
    console.log(test?.isTrue ? "✓" : "✗", `${seconds(test?.seconds)} s, throttled for ${seconds(test?.throttledSeconds)} s;`, verdict.line);
    process.exitCode = test?.isTrue ? 0 : 1;
  ' "$reports/capacity.json" || failed=1
done
exit $failed
