using Support.Host;

namespace Support.Tests.Host;

/// <summary>A machine made of files in a temporary folder.</summary>
internal sealed class FakeTree : IDisposable
{
    internal string Root { get; } = Directory.CreateTempSubdirectory("environments").FullName;

    internal FileTree Files => new(Root);

    internal FakeTree With(string path, string text)
    {
        var file = Path.Join(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return this;
    }

    /// <summary>A v2 machine whose group is visible below the mount, as on a host.</summary>
    internal FakeTree WithV2(string group) => this
        .With("/proc/self/cgroup", $"0::{group}\n")
        .With("/proc/self/mountinfo", "24 1 0:6 / /dev rw - devtmpfs devtmpfs rw\n31 23 0:28 / /sys/fs/cgroup "
            + "rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n");

    /// <summary>The files of a whole v1 machine, as captured.</summary>
    internal FakeTree WithCapturedMachine() => this
        .With("/proc/self/limits", Captured.Text("self-limits.txt"))
        .With("/proc/self/cgroup", Captured.Text("self-cgroup-v1.txt"))
        .With("/proc/self/mountinfo", Captured.Text("self-mountinfo-v1.txt"))
        .With("/proc/self/fd/0", "")
        .With("/proc/self/fd/1", "")
        .With("/proc/self/fd/2", "")
        .With("/proc/cpuinfo", Captured.Text("cpuinfo-x64.txt"))
        .With("/proc/meminfo", Captured.Text("meminfo.txt"))
        .With("/proc/net/tcp", Captured.Text("net-tcp.txt"))
        .With("/proc/net/tcp6", Captured.Text("net-tcp6.txt"))
        .With("/proc/net/sockstat", Captured.Text("net-sockstat.txt"))
        .With("/proc/net/sockstat6", Captured.Text("net-sockstat6.txt"))
        .With("/proc/net/netstat", Captured.Text("net-netstat.txt"))
        .With("/proc/sys/kernel/osrelease", "6.18.44\n")
        .With("/proc/sys/net/core/somaxconn", "4096\n")
        .With("/proc/sys/net/ipv4/ip_local_port_range", Captured.Text("ip-local-port-range.txt"))
        .With("/proc/sys/net/ipv4/ip_local_reserved_ports", "\n")
        .With("/proc/sys/net/ipv4/tcp_max_syn_backlog", "2048\n")
        .With("/proc/sys/net/ipv4/tcp_mem", Captured.Text("tcp-mem.txt"))
        .With("/proc/sys/net/ipv4/tcp_tw_reuse", "2\n")
        .With("/proc/sys/net/netfilter/nf_conntrack_max", "262144\n")
        .With("/proc/sys/net/netfilter/nf_conntrack_count", "0\n")
        .With(
            "/sys/fs/cgroup/memory/ecs/db8d0da20ff72d2becfeb1d35a3231b2/memory.limit_in_bytes", "9223372036854771712\n")
        .With("/sys/fs/cgroup/memory/ecs/db8d0da20ff72d2becfeb1d35a3231b2/memory.usage_in_bytes", "24387584\n")
        .With(
            "/sys/fs/cgroup/memory/ecs/db8d0da20ff72d2becfeb1d35a3231b2/memory.stat",
            Captured.Text("memory-stat-v1.txt"))
        .With("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n")
        .With("/sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n")
        .With("/sys/fs/cgroup/cpu/cpu.stat", Captured.Text("cpu-stat-v1.txt"));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
