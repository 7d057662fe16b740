using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Measuring.SelfTest;
using Support.Sizes;
using Support.Verdict;

namespace Support.Reports.Files;

/// <summary>A line of <c>steps.jsonl</c>: its kind, and what such a line holds.</summary>
internal sealed record StepsLogRecord
{
    public required string Kind { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Schema { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StepsLogHeader? Run { get; init; }

    /// <summary>The task size that a step or a probe is of; null in the plain ladder.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Size { get; init; }

    /// <summary>Which run at that size, from 1; null in the plain ladder.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Number { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JudgedStep? Step { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonPropertyName("try")]
    public SearchProbe? Probe { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SearchResult? Search { get; init; }

    /// <summary>What a server took that was started anew, in stages of one step.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<FreshStage>? Fresh { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SizeRun? SizeRun { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonPropertyName("calibration")]
    public SelfTestResult? SelfTest { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Steps { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Interrupted { get; init; }

    /// <summary>
    /// What a reader keeps of the line; null where its kind is not known or something of it is missing.
    /// </summary>
    internal StepsLogContent? Content() => this switch
    {
        { Kind: "run", Run: { } header } => new() { Header = header },
        { Kind: "step", Step: { } step } => new() { Steps = [EarlierLogs.Completed(step)] },
        { Kind: "try", Probe: { } probe } => new() { Probes = [EarlierLogs.Completed(probe)] },
        { Kind: "search", Search: { } search } => new() { SearchEnd = search },
        { Kind: "fresh", Fresh: { } fresh } => new() { Fresh = fresh },
        { Kind: "sizeStep", Size: { } size, Number: { } number, Step: { } step } =>
            new() { SizeSteps = [new(size, number, EarlierLogs.Completed(step))] },
        { Kind: "sizeTry", Size: { } size, Number: { } number, Probe: { } probe } =>
            new() { SizeProbes = [new(size, number, EarlierLogs.Completed(probe))] },
        { Kind: "sizeRun", SizeRun: { Label: not null, Verdict: not null } run } =>
            new() { SizeRuns = [EarlierLogs.Completed(run)] },
        { Kind: "calibration", SelfTest: { } result } => new() { SelfTest = result },
        { Kind: "complete" } => new() { Complete = true, Interrupted = Interrupted },
        _ => null,
    };
}
