using System.Globalization;
using NUnit.Framework;

namespace Support.Tests.Measuring;

/// <summary>A control group of version 1 made for a test, below the root; gone afterwards.</summary>
internal sealed class TestCgroup : IDisposable
{
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(10);

    private readonly string memory;
    private readonly string cpu;

    private TestCgroup()
    {
        var name = string.Create(
            CultureInfo.InvariantCulture, $"capacity-test-{Environment.ProcessId}-{Guid.NewGuid():N}");
        (memory, cpu) = ($"/sys/fs/cgroup/memory/{name}", $"/sys/fs/cgroup/cpu/{name}");
    }

    /// <summary>What a shell does to enter it, ending in <c>; </c>.</summary>
    public string Entering => $"echo $$ > {memory}/cgroup.procs && echo $$ > {cpu}/cgroup.procs && ";

    /// <summary>Makes one; ignores the test where that is not possible.</summary>
    /// <param name="memoryBytes">Its limit of memory.</param>
    /// <param name="cpuMillicores">Its quota, in thousandths of a processor.</param>
    public static TestCgroup Make(long memoryBytes, int cpuMillicores)
    {
        var group = new TestCgroup();
        try
        {
            if (!File.Exists("/sys/fs/cgroup/memory/memory.limit_in_bytes")
                || !File.Exists("/sys/fs/cgroup/cpu/cpu.cfs_quota_us"))
                Assert.Ignore("Control groups of version 1 are not mounted here.");
            Directory.CreateDirectory(group.memory);
            Directory.CreateDirectory(group.cpu);
            Write($"{group.memory}/memory.limit_in_bytes", memoryBytes);
            Write($"{group.cpu}/cpu.cfs_period_us", 100_000);
            Write($"{group.cpu}/cpu.cfs_quota_us", cpuMillicores * 100);
            return group;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            group.Dispose();
            Assert.Ignore($"No control group can be made here: {e.Message}");
            throw;
        }
    }

    /// <summary>Removes it; its processes have ended, and the kernel may need a moment to notice.</summary>
    public void Dispose()
    {
        foreach (var folder in new[] { memory, cpu }.Where(Directory.Exists))
            Assert.That(
                () => TryRemove(folder),
                Is.True.After((int)LongestEnd.TotalMilliseconds, 50),
                $"{folder} is not empty");
    }

    private static bool TryRemove(string folder)
    {
        try
        {
            Directory.Delete(folder);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static void Write(
        string file, long value) => File.WriteAllText(file, value.ToString(CultureInfo.InvariantCulture));
}
