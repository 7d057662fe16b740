using System.Globalization;
using Support.Host;

namespace Support.Ecs;

/// <summary>What the platform gives each task: descriptors, clock and disk.</summary>
internal static class HostChecks
{
    // CloudWatch counts by the minute, and a signature may be five minutes off (SigV4): a second is far from both, and
    // far from usual.
    private const double MostClockErrorMilliseconds = 1_000;

    private const double FullDisk = 0.9;

    internal static Answer FileDescriptors(TaskCase given)
    {
        var needed = ClientBudget.DescriptorsNeeded(given.Needs.Connections);
        var source = given.Task.IsFargate
            ? $"Fargate gives {Words.Count(OpenFileLimits.FargateDefault)} where nothing is declared, and up to "
                + $"{Words.Count(OpenFileLimits.Most)}"
            : "without a declared limit the instance's container runtime decides";
        var expected = $"at least {Words.Count(needed)} per process, for {Words.Count(given.Needs.Connections)} "
            + $"connections in up to {ClientBudget.MostWorkers} of them, the reserve and the self-test; {source}";
        var limits = given.Machine.OpenFiles;
        var actual = $"soft {limits.Soft}, hard {limits.Hard}";
        // .NET raises the soft limit to the hard one when it starts: the hard one is in effect.
        return limits.Hard is Limit.None || limits.Hard.Count >= needed
            ? Answer.Passed(expected, actual)
            : Answer.Warning(expected, actual, given.Container(OpenFileLimits.Ulimits(OpenFileLimits.RoundUp(needed))));
    }

    internal static Answer Clock(TaskCase given)
    {
        var expected = $"synchronised, and less than {Words.Count((long)MostClockErrorMilliseconds)} ms off";
        if (given.Task.Clock is not { } clock)
            return Answer.NotApplicable(expected, "not told: only Fargate does");

        var bound = clock.ErrorBoundMilliseconds is { } known ? Say($"at most {known:0.###} ms off") : "error not told";
        var state = clock.IsSynchronized switch
        {
            true => "synchronised",
            false => "not synchronised",
            null => "not told whether synchronised",
        };
        var actual = $"{state}, {bound}";
        return clock.IsSynchronized == true && !(clock.ErrorBoundMilliseconds >= MostClockErrorMilliseconds)
            ? Answer.Passed(expected, actual)
            : Answer.Warning(
                expected, actual,
                "Run the task again, which puts it on another host: the times of this run's metrics may be off. "
                + "Durations are not, they come from a clock that is never set.");
    }

    internal static Answer Storage(TaskCase given)
    {
        const string expected = "less than 90 % in use";
        if (given.Task.Storage is not { UsedMebibytes: { } used, ReservedMebibytes: { } reserved and > 0 })
            return Answer.NotApplicable(expected, "not told: only Fargate does");

        var actual = $"{Words.Count(used)} of {Words.Count(reserved)} MiB in use, the image among it";
        // Gibibytes, rounded up to more than there is; 200 is the most that Fargate gives (ECS API reference,
        // EphemeralStorage).
        var more = Math.Clamp((reserved / 1024) + 10, 21, 200).ToString(CultureInfo.InvariantCulture);
        return used > reserved * FullDisk
            ? Answer.Warning(expected, actual,
                TaskCase.Definition($"\"ephemeralStorage\": {{ \"sizeInGiB\": {more} }}"))
            : Answer.Passed(expected, actual);
    }
}

/// <summary>Whether what the suite prints, metrics among it, gets to its log.</summary>
internal static class LogChecks
{
    /// <summary>Non-blocking by default since 25 June 2025 (ECS API reference, LogConfiguration).</summary>
    internal static Answer Delivery(TaskCase given)
    {
        var expected = $"mode blocking: {(given.Needs.MetricsInLog ? "metrics and results" : "results")} on the "
            + "output get to the log, or wait";
        if (given.Task.This is not { } own)
            return Answer.Warning(expected, "not known which container this is",
                "See Ecs.Metadata: the endpoint did not tell.");
        if (own.Log is not { } log)
            return NotTold(given, expected);

        var place = log.Group is { } group ? $", group {group}, stream {log.Stream ?? "not told"}" : "";
        var actual = $"{log.Driver}, mode {log.Mode ?? "not declared"}{place}";
        return log.Mode switch
        {
            "blocking" => Answer.Passed(expected, actual),
            "non-blocking" => Answer.Warning(
                expected,
                $"{actual}: beyond a buffer of {log.BufferSize ?? "10m"} lines are dropped, and nothing says so",
                Blocking(given, log)),
            _ => Answer.Warning(
                expected,
                $"{actual}: the account's default applies (defaultLogDriverMode; non-blocking since 25 June 2025), "
                + $"which drops lines beyond a buffer of {log.BufferSize ?? "10m"} and does not say so",
                Blocking(given, log)),
        };
    }

    // The driver is optional in an answer of the endpoint; the task definition, where it can be read, has a check of
    // its own.
    private static Answer NotTold(TaskCase given, string expected) => Answer.NotApplicable(
        expected,
        given.Task.MetadataVersion < 4
            ? "not told by version 3 of the endpoint"
            : "the endpoint tells no log driver; see Task.LogDriver, of the task definition");

    // Options that are not shown stay as they are: only those that hold no secret are known here.
    private static string Blocking(TaskCase given, ContainerLog log) =>
        given.Container($"\"logConfiguration\": {{ \"logDriver\": {TaskCase.Text(log.Driver)}, \"options\": {{ "
            + "\"mode\": \"blocking\" } }") + ", beside the other options";
}
