using System.Collections.Immutable;
using System.Globalization;

namespace Support.Settings;

/// <summary>Task sizes, and what is expected of them.</summary>
internal static class SizeFormats
{
    private const string AllWord = "all";

    /// <summary>CPU units and MiB with a slash between them, comma separated, or all.</summary>
    public static SettingFormat<SizeList> Sizes { get; } = new(
        FormattableString.Invariant($"CPU units ({TaskSize.LeastCpu} to {TaskSize.MostCpu}) / MiB ({TaskSize.LeastMemory} to {TaskSize.MostMemory}), comma separated, each once, as in 256/512, 512/1024; or all, or none"),
        text => SettingFormats.IsWord(text, SettingFormats.None) ? SizeList.None : SettingFormats.IsWord(text, AllWord) ? new SizeList([], true) : ReadSizes(text),
        sizes => sizes.All ? AllWord : sizes.Named.IsEmpty ? SettingFormats.None : string.Join(", ", sizes.Named));

    /// <summary>The name of an instance type that <see cref="MachineSizes"/> knows, or CPU units and MiB with a slash between them.</summary>
    public static SettingFormat<string> Named { get; } = new(
        FormattableString.Invariant($"an instance type that the suite knows, as in t3.medium, or CPU units ({TaskSize.LeastCpu} to {TaskSize.MostCpu}) / MiB ({TaskSize.LeastMemory} to {TaskSize.MostMemory}), as in 512/1024"),
        text => ReadSize(text) is { } size ? size.ToString()
            : MachineSizes.Find(text.Trim()) is { IsTask: false } known ? known.Name
            : Parsed<string>.Bad($"the nearest that it knows is {NearestName.Of(text.Trim(), MachineSizes.Instances.Select(instance => instance.Name))}"),
        value => value);

    /// <summary>A size, an equals sign and a range, comma separated.</summary>
    public static SettingFormat<ImmutableArray<ExpectedCapacity>> Expected { get; } = new(
        "a size and a range of connections, comma separated, as in 256/512=200-500, 512/1024=500-1000; or none",
        text => SettingFormats.IsWord(text, SettingFormats.None) ? ImmutableArray<ExpectedCapacity>.Empty : ReadExpected(text),
        rows => rows.IsEmpty ? SettingFormats.None : string.Join(", ", rows.Select(row => FormattableString.Invariant($"{row.Size}={row.From}-{row.To}"))));

    private static Parsed<SizeList> ReadSizes(string text)
    {
        var sizes = ImmutableArray.CreateBuilder<TaskSize>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (ReadSize(part) is not { } size)
                return Parsed<SizeList>.Bad(NotAllowed(part));
            if (sizes.Contains(size))
                return Parsed<SizeList>.Bad($"{size} is given twice");
            sizes.Add(size);
        }

        return new SizeList(sizes.ToImmutable(), false);
    }

    private static Parsed<ImmutableArray<ExpectedCapacity>> ReadExpected(string text)
    {
        var rows = ImmutableArray.CreateBuilder<ExpectedCapacity>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (ReadRow(part) is not { } row)
                return Parsed<ImmutableArray<ExpectedCapacity>>.Bad(NotAllowed(part));
            if (rows.Any(other => other.Size == row.Size))
                return Parsed<ImmutableArray<ExpectedCapacity>>.Bad($"{row.Size} is given twice");
            rows.Add(row);
        }

        return rows.ToImmutable();
    }

    private static ExpectedCapacity? ReadRow(string part) =>
        part.Split('=', StringSplitOptions.TrimEntries) is [var name, var range] && ReadSize(name) is { } size
        && range.Split('-', StringSplitOptions.TrimEntries) is [var low, var high]
        && NumberFormats.Digits(low, 1, LadderDefinitions.MostConnections) is { } from && NumberFormats.Digits(high, from, LadderDefinitions.MostConnections) is { } to
            ? new(size, from, to)
            : null;

    private static TaskSize? ReadSize(string text) => text.Split('/', StringSplitOptions.TrimEntries) is [var cpu, var memory] ? TaskSize.Read(cpu, memory) : null;

    private static string NotAllowed(string part) => part.Length == 0 ? "a size is missing" : $"'{SettingFormats.EchoPlain(part)}' is not allowed";
}
