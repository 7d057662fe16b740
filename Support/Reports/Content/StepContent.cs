using System.Collections.Immutable;
using Support.Measuring;
using Support.Pool;
using Support.Reports.Documents;
using Support.Verdict;
using static Support.Reports.Content.Numbers;
using static Support.Reports.Content.Tables;

namespace Support.Reports.Content;

/// <summary>The steps: the table that everybody reads, and what there is to look up about one of them.</summary>
internal static class StepContent
{
    // Below these nobody would look for a cause there: a thread that comes late by less is scheduled as any other.
    private const double LagWorthTelling = 100;
    private const double ShareWorthTelling = 0.8;

    private const string Meanings =
        "Client: the processes that held the connections. Busy: their CPU time while opening, of what they may use. "
        + "Lag: how late a thread came to its turn. Server's and kernel's count: connections that they saw open when "
        + "the suite counted.";

    /// <summary>One row a step.</summary>
    internal static Block Table(CapacityReport report) => report.Steps.IsEmpty
        ? new Block.Paragraph("No step was planned or attempted.")
        : new Block.Table(
            [.. Counts("Connections", "Opened", "Held", "Success", "Time", "Connect p50", "Connect p99"),
                .. Words("Errors")],
            [.. report.Steps.Select((step, index) => StepRow(step, index > 0 ? report.Steps[index - 1] : null))],
            "Steps");

    /// <summary>How much of each step was held, against the threshold.</summary>
    internal static IEnumerable<Block> Ladder(CapacityReport report)
    {
        if (report.Steps.All(step => step.Result is null))
            yield break;
        var threshold = Share(report.Run.Threshold);
        yield return new Block.Picture(new BarChart(
            "Connections held by step",
            Described(report, threshold),
            new("held, in % of attempted", "%", Least: 0, Most: 100),
        [
            .. report.Steps.Select(step => new Bar(Count(step.Sessions), step.Result is { } result
                ? [new BarPart("held", result.SuccessRate * 100, Held(result), Tone: Phrases.ToneOf(step.Outcome))]
                : [])
            {
                Text = step.Result is { } counted
                    ? $"{Count(counted.Held)} ({Percent(counted.Held, counted.Attempted)} %)" : "not attempted",
                Tone = Phrases.ToneOf(step.Outcome),
            }),
        ])
        {
            Marks = [new Mark(report.Run.Threshold * 100, $"threshold {threshold}")],
        });
    }

    /// <summary>What failed, by class and step, with an example of each.</summary>
    internal static IEnumerable<Block> Failures(CapacityReport report)
    {
        var steps = report.Steps.Select(step => step.Result).OfType<StepResult>()
            .Where(result => !result.Failures.IsEmpty).ToArray();
        var classes = steps.SelectMany(step => step.Failures).GroupBy(failure => failure.Key)
            .Select(group => (Class: group.Key, Total: group.Sum(failure => (long)failure.Value)))
            .OrderByDescending(one => one.Total).ThenBy(one => one.Class).ToArray();
        if (classes.Length == 0)
            yield break;
        // One bar of one colour says nothing that the table does not.
        if (steps.Length > 1 || classes.Length > 1)
            yield return new Block.Picture(FailureChart(steps, [.. classes.Select(one => one.Class)]));
        yield return new Block.Table(
            [.. Words("Error", "Class"), .. Counts([.. steps.Select(step => $"At {Count(step.Sessions)}"), "Total"]),
                .. Words("Example")],
            [
                .. classes.Select(one => Row(
                [
                    Phrases.Failure(one.Class), Text.Code(one.Class.ToString()),
                    .. steps.Select(step =>
                        (Text)Count(step.Failures.TryGetValue(one.Class, out var some) ? some : null)),
                    Count(one.Total),
                    steps.Select(step => step.Examples.GetValueOrDefault(one.Class))
                        .FirstOrDefault(text => text is not null),
                ])),
            ],
            "Errors by class and step");
    }

    /// <summary>How long a connection took to open.</summary>
    internal static IEnumerable<Block> Latency(CapacityReport report)
    {
        var steps = report.Steps.Where(step => step.Result?.ConnectMilliseconds is not null)
            .Select(step => (step.Sessions, Times: step.Result!.ConnectMilliseconds!)).ToArray();
        if (steps.Length == 0)
            yield break;
        (string Name, Func<LatencySummary, double> Of)[] lines =
            [("p50", all => all.P50), ("p95", all => all.P95), ("p99", all => all.P99), ("max", all => all.Max)];
        var last = steps[^1];
        yield return new Block.Picture(new LineChart(
            "Connect time by step",
            $"p50 {Milliseconds(last.Times.P50)} and p99 {Milliseconds(last.Times.P99)} "
                + $"in the step of {Count(last.Sessions)}.",
            new("connections", IsLogarithmic: true)
            {
                Ticks = [.. steps.Select(step => new Tick(step.Sessions, Count(step.Sessions)))],
            },
            new("connect time, ms", "ms", IsLogarithmic: true),
            [
                .. lines.Select((line, series) => new Line(
                    line.Name,
                    [
                        .. steps.Select(step => new Point(
                            step.Sessions, line.Of(step.Times),
                            $"{Count(step.Sessions)}: {line.Name} {Milliseconds(line.Of(step.Times))}")),
                    ],
                    series)),
            ])
        {
            Note = "Name resolution, TCP, TLS and upgrade together.",
        });
    }

    /// <summary>Whose counts agree, what a step cost, and what else was noticed.</summary>
    internal static IEnumerable<Block> Resources(CapacityReport report)
    {
        var steps = report.Steps.Where(step => step.Result is not null).ToArray();
        if (steps.Length == 0)
            yield break;
        var notes = steps.SelectMany(step =>
            Notes(step.Result!).Select(note => (Text)$"{Count(step.Sessions)} connections: {note}")).ToImmutableArray();
        if (!notes.IsEmpty)
            yield return new Block.Bullets(notes);
        yield return new Block.Details("Counts and resources of each step",
            [CostTable(steps), new Block.Paragraph(Meanings)]);
    }

    /// <summary>As in <c>350 of 500 held (70.0 %)</c>.</summary>
    internal static string Held(StepResult result) =>
        $"{Count(result.Held)} of {Count(result.Attempted)} held ({Percent(result.Held, result.Attempted)} %)";

    // Why steps were skipped is said once, in the first of them.
    private static Row StepRow(JudgedStep step, JudgedStep? before)
    {
        if (step.Result is not { } result)
        {
            var reason = before is { Result: null } && before.Reason == step.Reason ? "not attempted" : step.Reason;
            return Row(Tone.Skipped, [Count(step.Sessions), .. Enumerable.Repeat((Text)None, 6), reason]);
        }

        var connect = result.ConnectMilliseconds;
        return Row(
            Phrases.ToneOf(step.Outcome),
            Count(step.Sessions), Count(result.Opened), Count(result.Held),
            Percent(result.Held, result.Attempted) + " %",
            Seconds(result.Seconds), Milliseconds(connect?.P50), Milliseconds(connect?.P99), Why(step, result));
    }

    private static string Why(JudgedStep step, StepResult result) => string.Join(
        "; ",
        new[]
        {
            step.Outcome == StepOutcome.NotAttempted ? step.Reason : null,
            Phrases.Failures(result),
            result.StoppedEarly is { } early ? $"stopped after {Count(result.Attempted)} attempts: {early}" : null,
        }.Where(part => part is { Length: > 0 }));

    private static string Described(CapacityReport report, string threshold) =>
        report.Steps.FirstOrDefault(step => step.Outcome == StepOutcome.Unreliable) is { Result: { } first }
        ? $"The step of {Count(first.Sessions)} is the first below the threshold of {threshold}: {Held(first)}."
        : $"Every step that ran reached the threshold of {threshold}.";

    private static BarChart FailureChart(StepResult[] steps, FailureClass[] classes) => new(
        "Errors by step",
        $"{string.Join("; ", steps.Select(step => $"at {Count(step.Sessions)}: {Phrases.Failures(step)}"))}.",
        new("failed, in % of attempted", "%", Least: 0),
        [
            .. steps.Select(step => new Bar(Count(step.Sessions),
            [
                .. classes
                    .Select((name, series) =>
                        (Name: name, Series: series, Count: step.Failures.GetValueOrDefault(name)))
                    .Where(one => one.Count > 0)
                    .Select(one => new BarPart(
                        Phrases.Failure(one.Name), 100.0 * one.Count / Math.Max(1, step.Attempted),
                        $"{Count(one.Count)} × {Phrases.Failure(one.Name)}", one.Series)),
            ])
            {
                Text = $"{Count(step.Failures.Values.Sum())} ({Percent(step.Failures.Values.Sum(), step.Attempted)} %)",
            }),
        ]);

    private static Block.Table CostTable(IEnumerable<JudgedStep> steps) => new(
        Counts(
            "Connections", "Attempted", "Dropped", "Server's count", "Kernel's count", "Workers", "Client CPU",
            "Client CPU busy", "Client lag", "Client memory", "Server CPU", "Server memory", "Server descriptors",
            "Accept queue overflows"),
        [.. steps.Select(step => Costs(step.Sessions, step.Result!))],
        "Counts and resources of each step");

    private static Row Costs(int sessions, StepResult result)
    {
        var (resources, strain, server) = (result.Resources, result.Resources.Client, result.Resources.Server);
        var client = resources.WorkerCount > 0 ? resources.Workers : resources.Suite;
        return Row(
            Count(sessions), Count(result.Attempted), Count(result.Dropped),
            Count(resources.TargetOpen), Count(resources.KernelEstablished), Count(resources.WorkerCount),
            Seconds(client?.CpuSeconds), Share(strain?.BusyShare, "0"), Milliseconds(strain?.LongestLagMilliseconds),
            Mebibytes(client?.ResidentBytesHeld), Seconds(server?.CpuSeconds ?? resources.Target?.CpuSeconds),
            Mebibytes(resources.ServerBytes), Descriptors(server),
            Count(server?.ListenOverflows));
    }

    private static string Descriptors(ServerReading? server) => server?.Descriptors is { } open
        ? Count(open) + (server.DescriptorLimit is { } limit ? $" of {Count(limit)}" : "")
        : None;

    private static IEnumerable<string> Notes(StepResult result) => new[]
    {
        Losses(result.Losses), Addresses(result.Addresses), Answer(result.TargetAnswer),
        Saturation(result.Resources.Client), Server(result.Resources.Server),
    }.OfType<string>();

    private static string? Losses(LossSummary? losses) => losses is null
        ? null
        : $"{Count(losses.Count)} open connections ended during the hold, {Seconds(losses.MedianAgeSeconds)} after "
            + $"their last byte (median); their ages lie within {Seconds(losses.AgeSpreadSeconds)}, the moments within "
            + $"{Seconds(losses.TimeSpreadSeconds)}.";

    private static string? Addresses(ImmutableArray<AddressCount> addresses) =>
        addresses is { IsDefaultOrEmpty: false, Length: > 1 }
            ? "failed by address: "
                + Phrases.List(addresses.Select(one => $"{one.EndPoint} {Count(one.Failed)} of {Count(one.Attempted)}"))
            : null;

    private static string? Answer(TargetAnswer answer) => answer switch
    {
        TargetAnswer.Opens => "afterwards the server opened one more connection.",
        TargetAnswer.Rejects => "afterwards the server answered, but opened no connection.",
        TargetAnswer.Gone => "afterwards nobody answered: the server was gone.",
        TargetAnswer.Restarted => "afterwards another process answered: the server was restarted during the step.",
        _ => null,
    };

    private static string? Saturation(ClientSaturation? client)
    {
        if (client is null)
            return null;
        string?[] found =
        [
            client.LongestLagMilliseconds >= LagWorthTelling
                ? $"threads up to {Milliseconds(client.LongestLagMilliseconds)} late" : null,
            client.ThrottledSeconds is > 0 and { } throttled ? $"throttled for {Seconds(throttled)}" : null,
            client.BusyShare >= ShareWorthTelling
                ? $"{Share(client.BusyShare, "0")} of {Number(client.Cores)} CPUs busy while opening" : null,
            client.MemoryShare >= ShareWorthTelling ? $"memory at {Share(client.MemoryShare, "0")} of the limit" : null,
            client.OomKills is > 0 and { } kills ? Count(kills, "OOM kill", null) : null,
        ];
        return string.Join("; ", found.OfType<string>()) is { Length: > 0 } all ? $"client saturation: {all}." : null;
    }

    private static string? Server(ServerReading? server)
    {
        if (server is null)
            return null;
        string?[] found =
        [
            server is { Descriptors: { } open, DescriptorLimit: { } limit } && open >= ShareWorthTelling * limit
                ? $"{Descriptors(server)} descriptors in use" : null,
            server.ListenOverflows is > 0 and { } overflows
                ? $"{Count(overflows)} connections dropped at a full accept queue" : null,
        ];
        return string.Join("; ", found.OfType<string>()) is { Length: > 0 } all
            ? $"server{(server.Name is { Length: > 0 } name ? $" ({name})" : "")}: {all}."
            : null;
    }
}
