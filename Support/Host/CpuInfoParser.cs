using System.Globalization;

namespace Support.Host;

/// <summary>The processor as <c>/proc/cpuinfo</c> tells it.</summary>
/// <param name="Model">The model in words; null where the kernel gives none.</param>
/// <param name="Processors">The logical processors that are listed.</param>
public sealed record CpuInfo(string? Model, int Processors);

/// <summary>Reads <c>/proc/cpuinfo</c>, which each architecture writes in its own words.</summary>
public static class CpuInfoParser
{
    // Main ID register, Implementer field (Arm Architecture Reference Manual, MIDR_EL1).
    private static readonly Dictionary<int, string> Implementers = new()
    {
        [0x41] = "Arm",
        [0x48] = "HiSilicon",
        [0x51] = "Qualcomm",
        [0x61] = "Apple",
        [0xc0] = "Ampere",
    };

    // Main ID register, PartNum field, of the cores that cloud providers rent out (Arm's technical reference manuals).
    private static readonly Dictionary<int, string> ArmParts = new()
    {
        [0xd08] = "Cortex-A72",
        [0xd0c] = "Neoverse N1",
        [0xd40] = "Neoverse V1",
        [0xd49] = "Neoverse N2",
        [0xd4f] = "Neoverse V2",
    };

    /// <summary>The model and the number of processors; null where the text lists none.</summary>
    /// <param name="text">The content of the file; null where it is absent.</param>
    public static CpuInfo? Parse(string? text)
    {
        var processors = 0;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in (text ?? "").Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
                continue;

            var key = line[..colon].Trim();
            if (key == "processor")
                processors++;
            values.TryAdd(key, line[(colon + 1)..].Trim());
        }

        return processors == 0 ? null : new CpuInfo(Model(values), processors);
    }

    // x86 has "model name"; arm64 only the numbers of the main ID register.
    private static string? Model(Dictionary<string, string> values)
    {
        if (values.TryGetValue("model name", out var name) && name.Length > 0)
            return name;

        if (Hex(values, "CPU implementer") is not { } implementer || Hex(values, "CPU part") is not { } part)
            return null;

        var maker = Implementers.GetValueOrDefault(implementer, $"implementer 0x{implementer:x2}");
        var core = implementer == 0x41 ? ArmParts.GetValueOrDefault(part) : null;
        return $"{maker} {core ?? $"part 0x{part:x3}"}";
    }

    private static int? Hex(Dictionary<string, string> values, string key) =>
        values.TryGetValue(key, out var text)
        && text.StartsWith("0x", StringComparison.Ordinal)
        && int.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}
