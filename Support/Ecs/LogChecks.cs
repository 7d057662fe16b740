using Support.Host;

namespace Support.Ecs;

/// <summary>Whether what the suite prints, metrics among it, gets to its log.</summary>
internal static class LogChecks
{
    /// <summary>
    /// The mode of every driver is non-blocking since 25 June 2025 unless the account says otherwise (ECS API
    /// reference, LogConfiguration).
    /// </summary>
    internal static Answer Delivery(TaskCase given)
    {
        var expected = $"mode blocking: {(given.Needs.MetricsInLog ? "metrics and results" : "results")} on the "
            + "output get to the log, or wait";
        if (given.Task.This is not { } own)
            return new(CheckOutcome.Warning, expected, "not known which container this is",
                "See Ecs.Metadata: the endpoint did not tell.");
        if (own.Log is not { } log)
            return NotTold(given, expected);

        var place = log.Group is { } group ? $", group {group}, stream {log.Stream ?? "not told"}" : "";
        var actual = $"{log.Driver}, mode {log.Mode ?? "not declared"}{place}";
        return log.Mode switch
        {
            "blocking" => new(CheckOutcome.Passed, expected, actual),
            "non-blocking" => new(
                CheckOutcome.Warning,
                expected,
                $"{actual}: beyond a buffer of {log.BufferSize ?? "10m"} lines are dropped, and nothing says so",
                Blocking(given, log)),
            _ => new(
                CheckOutcome.Warning,
                expected,
                $"{actual}: the account's default applies (defaultLogDriverMode; non-blocking since 25 June 2025), "
                + $"which drops lines beyond a buffer of {log.BufferSize ?? "10m"} and does not say so",
                Blocking(given, log)),
        };
    }

    // The driver is optional in an answer of the endpoint; the task definition, where it can be read, has a check of
    // its own.
    private static Answer NotTold(TaskCase given, string expected) => new(
        CheckOutcome.NotApplicable,
        expected,
        given.Task.MetadataVersion < 4
            ? "not told by version 3 of the endpoint"
            : "the endpoint tells no log driver; see Task.LogDriver, of the task definition");

    // Options that are not shown stay as they are: only those that hold no secret are known here.
    private static string Blocking(TaskCase given, ContainerLog log) =>
        given.Container($"\"logConfiguration\": {{ \"logDriver\": {TaskCase.Text(log.Driver)}, \"options\": {{ "
            + "\"mode\": \"blocking\" } }") + ", beside the other options";
}
