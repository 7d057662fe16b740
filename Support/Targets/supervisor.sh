#!/bin/sh
# Stays outside of the control group: makes it, starts the server in it, and ends and removes everything when the server
# or standard input ends. Standard input is a pipe from the suite, which the kernel closes however the suite ends. The
# suite writes nothing to the control groups itself: what made a group has to outlive the suite to remove it.
#
# Run as `sh -c TEXT capacity-supervisor ARGUMENT...` in dash, bash and busybox. On standard output, a line each:
# failed CAUSES WHY, running PID SOFT HARD, ended CODE, asked, kills COUNT, left FOLDER.
#
# CAUSES are - or some of swap, busy, undelegated and capabilities, with commas between.
#
# shellcheck disable=SC2015,SC2086
# In `a && b || c`, c is meant for a failure of b as well; words are split where IFS is set for it.
driver=$1 suite=$2 number=$3 line=$4 folder=$5 memory=$6 quota=$7 soft=$8 hard=$9
shift 9
memory_places=$1 cpu_places=$2 controller=$3 supervised=$4
IFS='
'
made='' held='' server='' beside=''

say() { printf '%s\n' "$1" >&3; }
# $1 in words, $2 the causes.
fail() { say "failed ${2:--} $1"; finish; }

# What cannot be done sets why and cause. tee, as the shell's own redirection does not tell the error of a write.
put() {
    why=$(printf '%s' "$1" | LC_ALL=C tee "$2" 2>&1 >/dev/null) && return
    case $why in *busy*) cause=busy ;; *) cause=- ;; esac
    why="${why#tee: } (writing '$1')"
    false
}
same() {
    is=$(cat "$1" 2>/dev/null) || {
        case $1 in *.max) cause=undelegated ;; *) cause=- ;; esac
        why="$1 is not there"
        return 1
    }
    [ "$is" = "$2" ] || { cause=- why="$1 holds '$is' and not '$2'"; false; }
}
limit() { put "$2" "$1" && same "$1" "$2"; }
limit_if_there() { [ ! -e "$1" ] || limit "$1" "$2"; }
# Without that limit (v1: swapaccount=0) a server would swap where a task is killed.
without_swap() {
    same "$1" "$2" || case $(cat /proc/swaps) in
        *"$IFS/"*) cause=swap why="the server could swap: $why, and /proc/swaps has an entry"; false ;;
    esac
}

make() {
    group=$1/$name
    [ -d "$group" ] || why=$(LC_ALL=C mkdir "$group" 2>&1) || { cause=- why=${why#mkdir: }; return 1; }
    made="$made$group$IFS"
}
memory_v1() {
    make "$1" && limit "$group/memory.limit_in_bytes" "$memory" && limit_if_there "$group/$swap" "$memory" \
        && without_swap "$group/$swap" "$memory"
}
cpu_v1() { make "$1" && limit "$group/cpu.cfs_period_us" 100000 && limit "$group/cpu.cfs_quota_us" "$quota"; }
both_v2() {
    for wanted in memory cpu; do
        case " $(cat "$1/cgroup.subtree_control" 2>/dev/null) " in
            *" $wanted "*) ;;
            *) put "+$wanted" "$1/cgroup.subtree_control" || return 1 ;;
        esac
    done
    make "$1" && limit "$group/memory.max" "$memory" && limit_if_there "$group/memory.swap.max" 0 \
        && without_swap "$group/memory.swap.max" 0 && limit_if_there "$group/memory.oom.group" 0 \
        && limit "$group/cpu.max" "$quota 100000"
}
# $1 makes a group below the first of the folders $2 that allows it.
first() {
    whys='' causes=''
    for place in $2; do
        if "$1" "$place"; then held="$held$group$IFS"; return; fi
        [ ! -d "$place/$name" ] || rmdir "$place/$name" 2>/dev/null
        whys="$whys${whys:+; }$why" causes="$causes${causes:+,}$cause"
    done
    fail "$whys" "$causes"
}

# Process ids come again: the start tells two processes of one id apart. Those of another namespace cannot be seen here.
started() { stat=$(cat "/proc/$1/stat" 2>/dev/null) || return; (IFS=' '; set -- ${stat##*) }; printf '%s' "${20}"); }
is_zombie() { case $(cat "/proc/$1/stat" 2>/dev/null) in *') Z '*) ;; *) false ;; esac; }
is_stale() { (IFS=-; set -- $1; [ $# = 5 ] && [ "$4" = "$space" ] && [ "$(started "$2")" != "$3" ]); }
sweep() {
    for place in $1; do
        for old in "$place"/capacity-*; do
            [ -d "$old" ] && is_stale "${old##*/}" || continue
            held=$old
            await 40 KILL
            remove "$old"
            held=
        done
    done
}

# The group $1 after those that the server made below it.
tree() (
    for below in "$1"/*/; do [ ! -d "$below" ] || tree "${below%/}"; done
    printf '%s\n' "$1"
)
# A process of another namespace is listed as 0, which kill takes for its own caller.
members() {
    for root in $held; do
        for group in $(tree "$root"); do cat "$group/cgroup.procs" 2>/dev/null; done
    done | while read -r pid; do
        [ "$pid" = 0 ] || [ "$pid" = "$beside" ] || printf '%s\n' "$pid"
    done
}
lives() {
    [ -n "$held" ] || { kill -s 0 -- "-$server" 2>/dev/null; return; }
    for pid in $(members); do kill -s 0 "$pid" 2>/dev/null && return; done
    false
}
strike() {
    [ -n "$held" ] || { kill -s "$1" -- "-$server" 2>/dev/null; return; }
    for group in $held; do [ "$1" != KILL ] || [ ! -e "$group/cgroup.kill" ] || put 1 "$group/cgroup.kill"; done
    for pid in $(members); do kill -s "$1" "$pid" 2>/dev/null; done
}
# Up to $1 times 50 ms until nobody is left, with the signal $2 each time.
await() {
    tries=$1
    while lives && [ "$tries" -gt 0 ]; do
        [ -z "$2" ] || strike "$2"
        sleep 0.05
        tries=$((tries - 1))
    done
}
count_kills() {
    for group in $held; do cat "$group/memory.oom_control" "$group/memory.events" 2>/dev/null; done \
        | while IFS=' ' read -r key value; do
        [ "$key" != oom_kill ] || say "kills $value"
    done
}
remove() {
    tries=50
    while [ -d "$1" ]; do
        for group in $(tree "$1"); do [ "$group" = "$1" ] || rmdir "$group" 2>/dev/null; done
        why=$(LC_ALL=C rmdir "$1" 2>&1) && return
        case $why in *busy*) ;; *) tries=0 ;; esac
        [ "$tries" -gt 0 ] || { [ ! -d "$1" ] || say "left $1"; return; }
        sleep 0.1
        tries=$((tries - 1))
    done
}
finish() {
    trap '' TERM INT HUP
    if [ -n "$server" ]; then
        # It may have ended by itself a moment before it was asked to.
        ! is_zombie "$server" || { wait "$server"; say "ended $?"; }
        say asked
        strike TERM
        await 40
        count_kills
        await 200 KILL
        count_kills
        [ -z "$beside" ] || { kill -s KILL "$beside" 2>/dev/null; wait "$beside"; }
    fi
    for group in $made; do remove "$group"; done
    [ -z "$watch" ] || kill "$watch" 2>/dev/null
    exit 0
}

# For a supervisor that was killed itself: the groups by their names.
take_over() {
    for place in $memory_places$IFS$cpu_places; do [ ! -d "$place/$name" ] || made="$made$place/$name$IFS"; done
    held=$made
    [ -z "$held" ] || await 200 KILL
    for group in $made; do remove "$group"; done
}

# The server has not been started yet: nobody is to be asked.
refuse() {
    kill -s KILL "$server" 2>/dev/null
    wait "$server"
    server=''
    fail "$1" "${2:-}"
}
# The server's folder below the mount point $1 of the controller $2, which is empty for v2.
scope() {
    while IFS=: read -r _ controllers path; do
        case ",$controllers,:$path" in *",$2,"*:*"/$name.scope") printf '%s' "$1$path" ;; esac
    done <"/proc/$server/cgroup"
}
# systemd may not answer at all; and it leaves out what it cannot give, as to a user to whom cpu is not delegated.
find_scope() {
    tries=200
    until case $(cat "/proc/$server/stat") in *') T '*) ;; *) false ;; esac; do
        kill -s 0 "$server" 2>/dev/null && [ "$tries" -gt 0 ] || refuse "systemd-run made no scope"
        sleep 0.05
        tries=$((tries - 1))
    done
    held=$(scope "$memory_places" "$controller")
    [ -n "$held" ] || refuse "systemd-run made no scope for the controller memory"
    if [ -z "$controller" ]; then
        same "$held/memory.max" "$memory" && same "$held/cpu.max" "$quota 100000" \
            && without_swap "$held/memory.swap.max" 0 || refuse "$why" "$cause"
        return
    fi
    same "$held/memory.limit_in_bytes" "$memory" && without_swap "$held/$swap" "$memory" || refuse "$why" "$cause"
    group=$(scope "$cpu_places" cpu)
    [ -n "$group" ] || refuse "systemd-run made no scope for the controller cpu"
    same "$group/cpu.cfs_period_us" 100000 && same "$group/cpu.cfs_quota_us" "$quota" || refuse "$why" "$cause"
}

# As a session of its own the server and its children can be killed without a control group; where there is no setsid,
# the shell gives it a process group.
alone=$(command -v setsid) || set -m 2>/dev/null
start() {
    "$@" $alone /bin/sh -c "$supervised" capacity-server "$held" "$soft" "$hard" "$folder" "$line" "$stay" \
        </dev/null >/dev/null 2>&5 4<&- 5>&- &
    server=$!
}
start_scope() {
    command -v systemd-run >/dev/null || fail "systemd-run is not on the PATH"
    user=--user
    [ "$(id -u)" != 0 ] || user=--system
    stay=$$
    share=$(printf '%d.%02d' $((quota / 1000)) $((quota % 1000 / 10)))
    start systemd-run --scope --quiet --collect "$user" "--unit=$name" \
        -p "MemoryMax=$memory" -p MemorySwapMax=0 -p "CPUQuota=$share%"
    beside=$server
    find_scope
    kill -s CONT "$server"
}

# Standard error is the server's: a shell says there how its children ended.
exec 3>&1 4<&0 5>&2 </dev/null >/dev/null 2>&1
watch='' stay='' swap=memory.memsw.limit_in_bytes
space=$(readlink /proc/self/ns/pid 2>/dev/null | tr -cd 0-9)
name=capacity-$suite-$(started "$suite")-$space-$number
trap : PIPE
trap finish TERM INT HUP
# Standard input ends with the suite, however that ends. Asking again covers a signal that came between two commands.
(
    trap - TERM INT HUP
    while read -r _ <&4; do :; done
    # Where process 1 collects nobody, one that was killed can be signalled for ever.
    while kill -s TERM $$ && ! is_zombie $$; do sleep 0.2; done
    take_over
) 3>/dev/null 5>&- &
watch=$!
case $driver in
    v1)
        sweep "$memory_places"
        sweep "$cpu_places"
        first memory_v1 "$memory_places"
        first cpu_v1 "$cpu_places"
        start
        ;;
    v2) sweep "$memory_places"; first both_v2 "$memory_places"; start ;;
    systemd) start_scope ;;
    *) start ;;
esac
wait "$server"
say "ended $?"
finish
