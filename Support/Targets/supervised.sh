#!/bin/sh
# Runs inside of the control group, and becomes the server. Where systemd made the group it stays beside the server: an
# empty scope is gone at once, and its count of OOM kills with it. Runs in dash, bash and busybox, as supervisor.sh does.
#
# shellcheck disable=SC2086,SC3045
# Words are split at IFS. POSIX has no soft and hard limits in `ulimit`; all three shells have them.
enter=$1 soft=$2 hard=$3 folder=$4 line=$5 supervisor=$6
IFS='
'
fail() {
    case $1 in *busy*) cause=busy ;; *) cause=${2:--} ;; esac
    printf 'failed %s %s\n' "$cause" "$1" >&3
    exit 126
}
running() { printf 'running %s %s %s\n' "$1" "$(ulimit -S -n)" "$(ulimit -H -n)" >&3; }

# Stopped until the supervisor has seen that the scope is there and has the size.
[ -z "$supervisor" ] || kill -s STOP "$$"
for group in $enter; do
    why=$(printf '%s\n' "$$" | LC_ALL=C tee "$group/cgroup.procs" 2>&1 >/dev/null) || fail "${why#tee: }"
done
if [ -n "$hard" ]; then
    # A soft limit above the hard one is refused, so it goes first where both go down, and again where both go up.
    ulimit -S -n "$soft" 2>/dev/null
    ulimit -H -n "$hard" 2>/dev/null
    ulimit -S -n "$soft" 2>/dev/null || ulimit -S -n "$(ulimit -H -n)"
fi
# A task of ECS has what Docker leaves a container (moby, oci/caps/defaults.go; ECS, KernelCapabilities) and no more: root
# could raise its limits or leave its group. Last, as raising a limit needs more.
as_task=
task_caps='-all,+chown,+dac_override,+fowner,+fsetid,+kill,+setgid,+setuid,+setpcap,+net_bind_service,+net_raw'
task_caps="$task_caps,+sys_chroot,+mknod,+audit_write,+setfcap"
task_mask=0xa80425fb
kept() { $as_task sed -n 's/^CapEff:[^0-9a-f]*/0x/p' /proc/self/status 2>/dev/null; }
more() { caps=$(kept); [ $((${caps:-~0} & ~task_mask)) != 0 ]; }
if [ -n "$hard" ] && more; then
    as_task="setpriv$IFS--bounding-set=$task_caps$IFS--inh-caps=-all$IFS"
    ! more || fail "it would have more capabilities than a task of ECS" capabilities
fi
cd "$folder" 2>/dev/null || fail "the folder $folder cannot be entered"
if [ -z "$supervisor" ]; then
    running "$$"
    exec $as_task /bin/sh -c "$line" 3>&-
fi
$as_task /bin/sh -c "$line" 3>&- &
running "$!"
wait "$!"
printf 'ended %s\n' "$?" >&3
kill -s TERM "$supervisor"
kill -s STOP "$$"
