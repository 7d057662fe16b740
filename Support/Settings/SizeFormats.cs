using System.Collections.Immutable;

namespace Support.Settings;

internal static class SizeFormats
{
    private static readonly string OneSize = Say(
        $"CPU units ({TaskSize.LeastCpu} to {TaskSize.MostCpu}) / MiB "
        + $"({TaskSize.LeastMemory} to {TaskSize.MostMemory})");

    public static SettingFormat<SizeList> Sizes { get; } = SettingFormats.ListOf<TaskSize>(
            $"{OneSize}, comma separated, each once, as in 256/512, 512/1024", "a size",
            text => ReadSize(text) is { } size ? size : new Bad(), size => size.ToString(),
            (before, size) => before.Contains(size) ? $"{size} is given twice" : null)
        .OrNone()
        .Or("all", new([], true), sizes => new SizeList(sizes, false), sizes => sizes.Named, sizes => sizes.All);

    /// <summary>The name of an instance type that <see cref="MachineSizes"/> knows, or a task's size.</summary>
    public static SettingFormat<string> Named { get; } = new(
        $"an instance type that the suite knows, as in t3.medium, or {OneSize}, as in 512/1024",
        text => ReadSize(text) is { } size ? size.ToString()
            : MachineSizes.Find(text.Trim()) is { IsTask: false } known ? known.Name
            : new Bad($"the nearest that it knows is {Nearest(text)}"),
        value => value);

    /// <summary>A size, an equals sign and a range, comma separated.</summary>
    public static SettingFormat<ImmutableArray<ExpectedCapacity>> Expected { get; } =
        SettingFormats.ListOf<ExpectedCapacity>(
            "sizes with a range of connections, comma separated, as in 256/512=200-500, 512/1024=500-1000", "a size",
            text => ReadExpected(text) is { } expected ? expected : new Bad(),
            row => Say($"{row.Size}={row.From}-{row.To}"),
            (before, row) => before.Any(other => other.Size == row.Size) ? $"{row.Size} is given twice" : null);

    private static ExpectedCapacity? ReadExpected(string part) =>
        part.Split('=', StringSplitOptions.TrimEntries) is [var name, var range] && ReadSize(name) is { } size
        && range.Split('-', StringSplitOptions.TrimEntries) is [var low, var high]
        && NumberFormats.Digits(low, 1, LadderProfiles.MostConnections) is { } from
        && NumberFormats.Digits(high, from, LadderProfiles.MostConnections) is { } to
            ? new(size, from, to)
            : null;

    private static TaskSize? ReadSize(string text) =>
        text.Split('/', StringSplitOptions.TrimEntries) is [var cpu, var memory] ? TaskSize.Read(cpu, memory) : null;

    private static string Nearest(string text) =>
        NearestName.Of(text.Trim(), MachineSizes.Instances.Select(instance => instance.Name));
}
