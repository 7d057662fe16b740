using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Support.Settings;

/// <summary>The sizes that are known by name: data, in <c>machine-sizes.json</c> beside this file, with the page of each figure.</summary>
public static class MachineSizes
{
    private static readonly Lazy<ImmutableArray<MachineSize>> Read = new(Load);

    /// <summary>The instance types, by name.</summary>
    public static ImmutableArray<MachineSize> Instances => Read.Value;

    /// <summary>The size of that name: an instance type in any case, or a task's as in <c>512/1024</c>; null where it is neither.</summary>
    public static MachineSize? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Instances.FirstOrDefault(instance => instance.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? (name.Split('/') is [var cpu, var memory]
                && int.TryParse(cpu, NumberStyles.None, CultureInfo.InvariantCulture, out var units)
                && int.TryParse(memory, NumberStyles.None, CultureInfo.InvariantCulture, out var mebibytes) ? OfTask(new(units, mebibytes)) : null);
    }

    /// <summary>A task's size.</summary>
    public static MachineSize OfTask(TaskSize size)
    {
        ArgumentNullException.ThrowIfNull(size);
        return new(size.ToString(), size.Cpu / 1024.0, size.Memory) { IsTask = true };
    }

    private static ImmutableArray<MachineSize> Load()
    {
        using var stream = typeof(MachineSizes).Assembly.GetManifestResourceStream("machine-sizes.json")!;
        using var json = JsonDocument.Parse(stream);
        return
        [
            .. json.RootElement.GetProperty("instances").EnumerateArray().Select(row => new MachineSize(
                row.GetProperty("name").GetString()!, row.GetProperty("vcpus").GetDouble(), row.GetProperty("memoryMiB").GetInt32())
            {
                BaselineCpu = row.TryGetProperty("baselineCpu", out var share) ? share.GetDouble() : 1,
                BaselineGbps = row.TryGetProperty("baselineGbps", out var baseline) ? baseline.GetDouble() : null,
                BurstGbps = row.TryGetProperty("burstGbps", out var burst) ? burst.GetDouble() : null,
            }),
        ];
    }
}
