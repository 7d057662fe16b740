#!/bin/sh
# The entry point of a container that runs the capacity suite; also good without a container.
#
#   deploy/entrypoint.sh                    dotnet test CapacityTests --no-build
#   deploy/entrypoint.sh COMMAND...         the command in its place, run in the repository's root
#
# `dotnet test` passes no signal on: a SIGTERM ends it with exit code 0 and leaves the test host alone. As process 1 a shell would
# not even get that far. So this script passes TERM and INT on to the test host itself, which ends the step, writes its
# reports and is red; a second one ends it at once, with the reports of what was measured. Where no complete record of this run
# is there in the end, the exit code is never 0, whatever the command said; where the test host was killed, the report
# is rebuilt from steps.jsonl first, marked incomplete.
#
# Exit codes
#   0        measured, every gate met, and capacity.json of this run says "complete": true
#   1 ...    the command's own: a gate was missed, or nothing could be measured; the record is complete
#   3        no complete record of this run: killed, crashed, or its reports could not be written
#   130 143  stopped by SIGINT, by SIGTERM
#
# Settings: CAPACITY_REPORTS_DIRECTORY, as the suite itself takes it, relative to the repository's root (reports/latest). Where the
# command or a settings file sets Reports.Directory, set this one as well.
set -u

# .NET cannot start with a closed standard stream.
(: >&1) 2>/dev/null || exec >/dev/null
(: >&2) 2>/dev/null || exec 2>/dev/null

cd "$(dirname "$0")/.." || exit 3
reports=${CAPACITY_REPORTS_DIRECTORY:-reports/latest}
[ $# -gt 0 ] || set -- dotnet test CapacityTests --no-build

say() { printf 'entrypoint: %s\n' "$*"; }

# A file's content in short; compared and not its time, which a clock that is set meanwhile would move.
mark() { cksum 2>/dev/null "$reports/$1" || echo none; }

# The processes below this one, orphans that process 1 inherits included.
descendants() {
  known=" $$ "
  grown=yes
  while [ -n "$grown" ]; do
    grown=
    for folder in /proc/[0-9]*; do
      id=${folder#/proc/}
      case $known in *" $id "*) continue ;; esac
      # The name in brackets may hold anything; what follows the last bracket is state and parent.
      read -r stat 2>/dev/null <"$folder/stat" || continue
      rest=${stat##*) }
      rest=${rest#* }
      case $known in *" ${rest%% *} "*) known="$known$id " grown=yes ;; esac
    done
  done
  echo "${known# $$ }"
}

command_of() { tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline"; }

# The test host: by its name, else what runs the test assembly and is not the runner around it.
find_host() {
  other=
  for id in $(descendants); do
    case $(command_of "$id") in
      *PoolWorker*) ;;
      *testhost*) echo "$id" && return ;;
      *vstest.console* | *"dotnet test"* | *"MSBuild"*) ;;
      *CapacityTests.dll*) other=$id ;;
    esac
  done
  [ -z "$other" ] || echo "$other"
}

# Sends what waits, once there is a test host to take it: a TERM for an INT as well, because a shell starts with SIGINT ignored
# what it starts in the background, and .NET keeps that.
deliver() {
  [ -n "$pending" ] || return 0
  host=$(find_host)
  [ -n "$host" ] || return 0
  for signal in $pending; do kill -s "$signal" "$host" 2>/dev/null; done
  pending=
}

received() {
  pending="$pending TERM"
  [ -n "$stopped" ] || stopped=$1
  deliver
}

# run COMMAND...: to its end, passing signals on; the exit code is the command's.
run() {
  "$@" &
  child=$!
  while :; do
    if [ -z "$pending" ]; then
      wait "$child"
      code=$?
    else
      # The test host is not there yet: look again.
      sleep 0.2
      deliver
    fi
    kill -0 "$child" 2>/dev/null || break
  done
  # A trap ends `wait` as well: only now is it the command's own code, or already known.
  wait "$child" 2>/dev/null
  again=$?
  [ "$again" -eq 127 ] || code=$again
  return "$code"
}

# A runner that was killed leaves its test host, which is still writing; 15 s are what it may take.
outlive() {
  rounds=75
  while [ "$rounds" -gt 0 ] && [ -n "$(find_host)" ]; do
    sleep 0.2
    deliver
    rounds=$((rounds - 1))
  done
}

# What capacity.json of this run says: complete, incomplete, or none.
record() {
  [ "$(mark capacity.json)" != "$1" ] || { echo none && return; }
  case $(sed -n 's/^ *"complete": *\([a-z]*\).*/\1/p' "$reports/capacity.json" 2>/dev/null | head -n 1) in
    true) echo complete ;;
    false) echo incomplete ;;
    *) echo none ;;
  esac
}

last_step() { sed -n 's/^{"kind":"step","step":{"sessions":\([0-9]*\),"outcome":"\(un\)*reliable".*/\1/p' "$reports/steps.jsonl" 2>/dev/null | tail -n 1; }

pending= stopped= code=0
trap 'received TERM' TERM
trap 'received INT' INT

report_before=$(mark capacity.json)
steps_before=$(mark steps.jsonl)
run "$@"
code=$?
outlive
found=$(record "$report_before")
what="ended with exit code $code; its record is $found"

if [ "$found" = none ]; then
  code=3
  what="killed before anything was measured; no report"
  if [ "$(mark steps.jsonl)" != "$steps_before" ]; then
    step=$(last_step)
    what="killed after ${step:+step }${step:-the start, before a step ended}"
    pending=
    run dotnet test CapacityTests --no-build --filter FullyQualifiedName~CapacityTests.VerdictTests >/dev/null 2>&1
    case $(record "$report_before") in
      incomplete) what="$what; report rebuilt, marked incomplete" ;;
      complete) what="$what; a report was written that does not say so" ;;
      *) what="$what; no report could be rebuilt" ;;
    esac
    code=3
  fi
elif [ "$found" = incomplete ]; then
  code=3
fi

case $stopped in
  TERM) code=143 what="stopped by SIGTERM; $what" ;;
  INT) code=130 what="stopped by SIGINT; $what" ;;
esac
say "$what; exit code $code"
exit "$code"
