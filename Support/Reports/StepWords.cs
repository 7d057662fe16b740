using System.Globalization;
using Support.Measuring;
using Support.Pool;
using Support.Verdict;

namespace Support.Reports;

/// <summary>What is to be said about one step beside its counts: only what a person needs, and nothing where there is nothing.</summary>
internal static class StepWords
{
    // Below these nobody would look for a cause there: a thread that comes late by less is scheduled as any other.
    private const double LagWorthTelling = 100;
    private const double ShareWorthTelling = 0.8;

    /// <summary>One sentence each: losses, addresses, the target afterwards, this side's strain, the server's own limits.</summary>
    internal static IEnumerable<string> Notes(JudgedStep step) => step.Result is not { } result
        ? []
        : new[] { Losses(result.Losses), Addresses(result), Answer(result.TargetAnswer), Strain(result.Resources.Client), Server(result.Resources.Server) }.OfType<string>();

    /// <summary>As in <c>1,024 of 1,024</c>; null where not known.</summary>
    internal static string? Descriptors(ServerReading? server) => server?.Descriptors is { } open
        ? Words.Count(open) + (server.DescriptorLimit is { } limit ? $" of {Words.Count(limit)}" : "")
        : null;

    /// <summary>A share as in <c>85%</c>, in whole percent.</summary>
    internal static string? Share(double? share) =>
        share is { } known && double.IsFinite(known) ? (known * 100).ToString("0", CultureInfo.InvariantCulture) + "%" : null;

    private static string? Losses(LossSummary? losses) => losses is null
        ? null
        : $"{Words.Count(losses.Count)} open connections ended during the hold, at the median {Words.Seconds(losses.MedianAgeSeconds)} after their last byte"
            + $" (their ages within {Words.Seconds(losses.AgeSpreadSeconds)}, the moments within {Words.Seconds(losses.TimeSpreadSeconds)}).";

    private static string? Addresses(StepResult result) => result.Addresses is { IsDefaultOrEmpty: false, Length: > 1 } addresses
        ? "Failed by address: " + string.Join(", ", addresses.Select(Address)) + "."
        : null;

    private static string Address(AddressCount address) =>
        $"{Words.OneLine(address.EndPoint)} {Words.Count(address.Failed)} of {Words.Count(address.Attempted)}";

    private static string? Answer(TargetAnswer answer) => answer switch
    {
        TargetAnswer.Opens => "Afterwards the server opened one more connection.",
        TargetAnswer.Rejects => "Afterwards the server answered, but opened no connection.",
        TargetAnswer.Gone => "Afterwards the server was gone: nobody answered.",
        TargetAnswer.Restarted => "Afterwards the server answered as another process: it was restarted during the step.",
        _ => null,
    };

    private static string? Strain(ClientStrain? client)
    {
        if (client is null)
            return null;
        List<string> found = [];
        if (client.LongestLagMilliseconds >= LagWorthTelling)
            found.Add($"its threads came up to {Words.Milliseconds(client.LongestLagMilliseconds)} ms late");
        if (client.ThrottledSeconds is > 0 and { } throttled)
            found.Add($"it was throttled for {Words.Seconds(throttled)}");
        if (client.BusyShare >= ShareWorthTelling)
            found.Add($"it used {Share(client.BusyShare)} of {Words.Number(client.Cores)} processors while opening");
        if (client.MemoryShare >= ShareWorthTelling)
            found.Add($"its memory was at {Share(client.MemoryShare)} of the limit");
        if (client.OomKills is > 0 and { } kills)
            found.Add($"the kernel killed {Words.Count(kills)} of its processes for memory");
        return found.Count == 0 ? null : $"This side was strained: {string.Join("; ", found)}.";
    }

    private static string? Server(ServerReading? server)
    {
        if (server is null)
            return null;
        List<string> found = [];
        if (server is { Descriptors: { } open, DescriptorLimit: { } limit } && open >= ShareWorthTelling * limit)
            found.Add($"{Descriptors(server)} descriptors in use");
        if (server.ListenOverflows is > 0 and { } overflows)
            found.Add($"the kernel dropped {Words.Count(overflows)} connections at a full accept queue");
        var name = Words.OneLine(server.Name) is { Length: > 0 } known ? $"The server ({known})" : "The server";
        return found.Count == 0 ? null : $"{name}: {string.Join("; ", found)}.";
    }
}
