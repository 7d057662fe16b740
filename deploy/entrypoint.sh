#!/bin/sh
# The entry point of a container that runs the capacity suite; also good without a container.
#
#   deploy/entrypoint.sh                    dotnet test CapacityTests --no-build; in an image, without projects, the built assembly
#   deploy/entrypoint.sh COMMAND...         the command in its place, run in the root (of the repository or the image)
#
# `dotnet test` passes no signal on: a SIGTERM ends it with exit code 0 and leaves the test host alone. As process 1 a shell would
# not even get that far. So this script passes TERM and INT on to the test host itself, which ends the step, writes its
# reports and is red; a second one ends it at once, with the reports of what was measured. Where no complete record of this run
# is there in the end, the exit code is never 0, whatever the command said; where the test host was killed, the report
# is rebuilt from steps.jsonl first, marked incomplete.
#
# Metrics for CloudWatch: the suite appends them to metrics.emf.jsonl among the reports, one JSON document a line, and this script puts each
# on its own standard output, where the log driver takes it, exactly once and as a line of its own. So that none is ever glued to a
# line that the suite has half written, one process alone writes on this output until the suite has ended, and only whole lines.
# While that works, METRICS_RELAYED_FROM tells the suite the absolute path of that file; where it is not set, nobody relays it.
# Where nobody takes the output (a log driver in mode blocking whose log is out of reach), what is left of it is given up after 5 s.
#
# Reports for S3: where CAPACITY_AWS_REPORTSBUCKET names a bucket and this run wrote something, ReportUpload sends the reports folder
# when the run has ended, however it ended. 60 s are what it may take, 10 s where the run was stopped.
#
# Exit codes
#   0        measured, every gate met, and capacity.json of this run says "complete": true
#   1 ...    the command's own: a gate was missed, or nothing could be measured; the record is complete
#   3        no complete record of this run: killed, crashed, or its reports could not be written
#   4        measured, every gate met, and metrics or reports could not be published
#   130 143  stopped by SIGINT, by SIGTERM
#
# Settings: CAPACITY_REPORTS_DIRECTORY, as the suite itself takes it, relative to the root (reports/latest), and
# CAPACITY_AWS_REPORTSBUCKET (none). Where the command or a settings file sets one of these, set it here as well. While it starts it needs a
# folder for temporary files that can be written to (TMPDIR, /tmp); without one, no metric is put on the output.
set -u

# .NET cannot start with a closed standard stream.
(: >&1) 2>/dev/null || exec >/dev/null
(: >&2) 2>/dev/null || exec 2>/dev/null

cd "$(dirname "$0")/.." || exit 3
reports=${CAPACITY_REPORTS_DIRECTORY:-reports/latest}
metrics=$reports/metrics.emf.jsonl

# In a subshell: where nobody reads this output any more, the write ends it, and not this script and its exit code.
say() { (printf 'entrypoint: %s\n' "$*"); }

# suite [FILTER]: the tests, on what is built. `dotnet test` would be one process more, or two, and they are memory that no connection has.
suite() {
  if [ -e CapacityTests/CapacityTests.csproj ]; then
    set -- dotnet test CapacityTests --no-build ${1:+--filter "$1"}
  else
    set -- dotnet exec vstest/vstest.console.dll CapacityTests/CapacityTests.dll --Settings:.runsettings "--ResultsDirectory:$reports" \
      '--Logger:screen' '--Logger:console;verbosity=quiet' '--Logger:trx;LogFileName=capacity.trx' ${1:+"--TestCaseFilter:$1"}
  fi
  run "$@"
}

# upload [ARGUMENT]: sends the reports; limit is how many seconds it may take, and it itself knows of a few less, to say why it failed.
upload() {
  if [ -n "$stopped" ]; then
    limit=10 inside=7
  else
    limit=60 inside=50
  fi
  set -- --within "$inside" "$@"
  if [ -e ReportUpload/ReportUpload.csproj ]; then
    set -- dotnet run --no-build --project ReportUpload -- "$@"
  else
    set -- dotnet ReportUpload/ReportUpload.dll "$@"
  fi
  run timeout -s KILL "$limit" "$@"
}

# What ends a line that says something to relay; no line of the suite ends so.
wake=$(printf '\001wake')
end=$(printf '\001end')

# relay: puts the lines of its standard input on its standard output, and between them those that were appended to the metrics. A word
# to it may come in the middle of a line of the suite: what came before it waits for its end.
relay() {
  trap '' TERM INT
  begun='' metric='' opened=''
  while IFS= read -r line; do
    case $line in
      *"$wake") begun=$begun${line%"$wake"} ;;
      *"$end") begun=$begun${line%"$end"} && break ;;
      *) printf '%s\n' "$begun$line" && begun= ;;
    esac
    relay_metrics
  done
  [ -z "$begun" ] || printf '%s\n' "$begun"
  relay_metrics
  [ -z "$metric" ] || say "the last metric was cut off in the middle of a write and is left out"
}

relay_metrics() {
  if [ -z "$opened" ]; then
    [ -r "$metrics" ] && command exec 4<"$metrics" && opened=yes || return 0
  fi
  # What the last read leaves is the begin of a line that is still being written.
  while IFS= read -r line <&4; do
    printf '%s\n' "$metric$line"
    metric=
  done
  metric=$metric$line
}

# Starts relay; from here on descriptor 3 leads to it. It reads from a pipe that nobody else holds for reading: where it ends
# because nobody reads its output, the suite gets an error and never waits.
start_relay() {
  mkdir -p "$reports" 2>/dev/null
  rm -f "$metrics"
  pipes=$(mktemp -d) && mkfifo "$pipes/lines" "$pipes/appended" || return 1
  relay <"$pipes/lines" &
  helpers=$!
  exec 3>"$pipes/lines" 4<>"$pipes/appended"
  rm -r "$pipes"
  tail -n +1 -F "$metrics" >&4 2>/dev/null 3>&- 4>&- &
  watch=$!
  while IFS= read -r _; do printf '%s\n' "$wake"; done <&4 >&3 4>&- &
  watch="$watch $!"
  helpers="$helpers $watch"
  exec 4>&-
  # As the kernel names the folder: so does the suite.
  case $metrics in
    /*) METRICS_RELAYED_FROM=$metrics ;;
    *) METRICS_RELAYED_FROM=$(pwd -P)/$metrics ;;
  esac
  export METRICS_RELAYED_FROM
}

# within SECONDS ID...: waits so long in all for these to end; then they are killed, and it is not 0.
within() {
  tries=$(($1 * 10))
  late=0
  shift
  for id in "$@"; do
    while kill -0 "$id" 2>/dev/null; do
      [ "$tries" -gt 0 ] || { late=1 && kill -KILL "$id"; } 2>/dev/null
      tries=$((tries - 1))
      sleep 0.1
    done
  done
  return "$late"
}

# What is read slowly comes out to its end; where nobody reads, both the word and the relay would wait for ever.
end_relay() {
  [ -n "$helpers" ] || return 0
  # shellcheck disable=SC2086 # Process ids, with blanks between; so below.
  kill $watch
  (printf '%s\n' "$end" >&3) &
  # shellcheck disable=SC2086
  set -- $! $helpers
  exec 3>&1
  within 5 "$@" || stuck=yes
  helpers=
}

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
  echo "${known# "$$" }"
}

command_of() { tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline"; }

# The test host: by its name, else what runs the test assembly and is not the runner around it; once there is an upload, that.
find_host() {
  other=
  for id in $(descendants); do
    case " $helpers " in *" $id "*) continue ;; esac
    case $(command_of "$id") in
      *ReportUpload*) echo "$id" && return ;;
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

# run COMMAND...: to its end, passing signals on, its output on descriptor 3; the exit code is the command's.
run() {
  "$@" >&3 3>&- &
  child=$!
  while :; do
    if [ -z "$pending" ]; then
      wait "$child"
      code=$?
    else
      # The test host is not there yet: poll again.
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

# Whether capacity.json says that every gate was met.
passed() { [ "$(sed -n '/^ *"verdict": *{/,/"outcome"/s/^ *"outcome": *"\([A-Za-z]*\)".*/\1/p' "$reports/capacity.json" 2>/dev/null)" = passed ]; }

# Whether capacity.json says that something could not be published.
unpublished() { [ -n "$(sed -n '/^ *"outcome": *"notPublished"/p' "$reports/capacity.json" 2>/dev/null)" ]; }

last_step() { sed -n 's/^{"kind":"step","step":{"sessions":\([0-9]*\),"outcome":"\(un\)*reliable".*/\1/p' "$reports/steps.jsonl" 2>/dev/null | tail -n 1; }

pending='' stopped='' code=0 helpers='' stuck=''
unset METRICS_RELAYED_FROM
trap 'received TERM' TERM
trap 'received INT' INT

report_before=$(mark capacity.json)
steps_before=$(mark steps.jsonl)
exec 3>&1
start_relay || say "no pipe could be made below ${TMPDIR:-/tmp}: metrics stay in $metrics" >&2
if [ $# -gt 0 ]; then run "$@"; else suite; fi
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
    suite FullyQualifiedName~CapacityTests.VerdictTests 2>/dev/null 3>/dev/null
    case $(record "$report_before") in
      incomplete) what="$what; report rebuilt, marked incomplete" ;;
      complete) what="$what; a report was written that does not say so" ;;
      *) what="$what; no report could be rebuilt" ;;
    esac
    code=3
  fi
elif [ "$found" = incomplete ]; then
  code=3
elif [ "$code" -eq 1 ] && passed && unpublished; then
  code=4
  what="$what; every gate was met, and not all was published"
fi
end_relay
[ -z "$stuck" ] || what="$what; nobody took its output, whose end is lost"

case $stopped in
  TERM) code=143 what="stopped by SIGTERM; $what" ;;
  INT) code=130 what="stopped by SIGINT; $what" ;;
esac

# send [ARGUMENT]: uploads, and says what became of it.
send() {
  result=$code
  upload "$@"
  sent=$?
  code=$result
  case $sent in
    0) what="$what; reports uploaded" ;;
    137) what="$what; reports not uploaded: killed, or not done within $limit s" ;;
    *) what="$what; reports not uploaded: exit code $sent" ;;
  esac
  [ "$sent" -eq 0 ] || [ "$code" -ne 0 ] || code=4
}

if [ "${CAPACITY_AWS_REPORTSBUCKET:-none}" != none ]; then
  if [ "$(mark capacity.json)" != "$report_before" ]; then
    send
  elif [ "$(mark steps.jsonl)" != "$steps_before" ]; then
    # The report in the folder is an earlier run's.
    send --run-of-steps
  else
    what="$what; reports not uploaded: this run wrote none"
  fi
fi
if [ -n "$stuck" ]; then
  say "$what; exit code $code" &
  within 2 $!
else
  say "$what; exit code $code"
fi
exit "$code"
