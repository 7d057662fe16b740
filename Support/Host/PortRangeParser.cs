using System.Globalization;

namespace Support.Host;

/// <summary>The local ports that the system gives to outgoing connections.</summary>
/// <param name="Low">The lowest; 1 to 65535.</param>
/// <param name="High">The highest; at least <paramref name="Low"/>.</param>
/// <param name="Reserved">How many of them are reserved and never given.</param>
public sealed record PortRange(int Low, int High, int Reserved)
{
    /// <summary>How many can be given, for each source address and destination.</summary>
    public int Usable => High - Low + 1 - Reserved;
}

/// <summary>Reads <c>ip_local_port_range</c> and <c>ip_local_reserved_ports</c> (kernel: Documentation/networking/ip-sysctl.rst).</summary>
public static class PortRangeParser
{
    /// <summary>The range less what is reserved in it; null where the range is not known.</summary>
    /// <param name="range">Two numbers, as in <c>32768 60999</c>; null where the file is absent.</param>
    /// <param name="reserved">A list such as <c>8080,9000-9010</c>; null or empty reserves nothing; what is no range is ignored.</param>
    public static PortRange? Parse(string? range, string? reserved)
    {
        var fields = (range ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 2 || Port(fields[0]) is not { } low || Port(fields[1]) is not { } high || low > high)
            return null;

        var taken = new HashSet<int>();
        foreach (var part in (reserved ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            taken.UnionWith(Within(part, low, high));

        return new PortRange(low, high, taken.Count);
    }

    private static IEnumerable<int> Within(string part, int low, int high)
    {
        var dash = part.IndexOf('-', StringComparison.Ordinal);
        var first = Port(dash < 0 ? part : part[..dash]);
        var last = Port(dash < 0 ? part : part[(dash + 1)..]);
        if (first is null || last is null)
            return [];

        var from = Math.Max(first.Value, low);
        return Enumerable.Range(from, Math.Max(0, Math.Min(last.Value, high) - from + 1));
    }

    private static int? Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535 ? port : null;
}
