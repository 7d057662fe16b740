using System.Collections.Immutable;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Measuring.SelfTest;
using Support.Pool;
using Support.Verdict;

namespace Support.Reports.Data;

/// <summary>One step; of a step that was not attempted, everything that was not measured is null.</summary>
internal sealed class StepData(JudgedStep step)
{
    private readonly StepResult? result = step.Result;

    /// <summary>The connections that the step wanted.</summary>
    public int Sessions => step.Sessions;
    /// <summary>Handshakes started.</summary>
    public int? Attempted => result?.Attempted;
    /// <summary>Handshakes completed and checked.</summary>
    public int? Opened => result?.Opened;
    /// <summary>Open at one instant at the end of the hold, each responsive.</summary>
    public int? Held => result?.Held;
    /// <summary>opened less held.</summary>
    public int? Dropped => result?.Dropped;
    /// <summary>held divided by attempted.</summary>
    public double? SuccessRate => result is { Attempted: > 0 } ? result.SuccessRate : null;
    /// <summary>Opening, holding and counting.</summary>
    public double? Seconds => result?.Seconds;
    /// <summary>How the step was judged.</summary>
    public StepOutcome Outcome => step.Outcome;
    /// <summary>Null for a reliable step.</summary>
    public string? Reason => step.Reason;
    /// <summary>Failed connections by class.</summary>
    public OrderedDictionary<string, int> Failures => FailuresOf(result);
    /// <summary>One example of each class.</summary>
    public OrderedDictionary<string, string> Examples => new(InOrder(result?.Examples));
    /// <summary>TCP, TLS and upgrade together, name resolution apart.</summary>
    public LatencySummary? ConnectMilliseconds => result?.ConnectMilliseconds;
    /// <summary>The TCP part.</summary>
    public LatencySummary? TcpMilliseconds => result?.TcpMilliseconds;
    /// <summary>Null for ws.</summary>
    public LatencySummary? TlsMilliseconds => result?.TlsMilliseconds;
    /// <summary>Request sent to response checked.</summary>
    public LatencySummary? UpgradeMilliseconds => result?.UpgradeMilliseconds;
    /// <summary>Ping to pong at the count.</summary>
    public LatencySummary? PongMilliseconds => result?.PongMilliseconds;
    /// <summary>Null where the host is an address.</summary>
    public double? DnsMilliseconds => result?.DnsMilliseconds;
    /// <summary>When the step began.</summary>
    public DateTimeOffset? StartedAt => result?.StartedAt;
    /// <summary>From the first attempt to the end of the last.</summary>
    public double? OpenSeconds => result?.OpenSeconds;
    /// <summary>Closing, after the count.</summary>
    public double? CloseSeconds => result?.CloseSeconds;
    /// <summary>Why not all handshakes were started.</summary>
    public string? StoppedEarly => result?.StoppedEarly;
    /// <summary>How open connections ended during the hold; null where none did.</summary>
    public LossSummary? Losses => result?.Losses;
    /// <summary>
    /// How most of its connections ended together in a first try, where the step was tried again; else null.
    /// </summary>
    public LossSummary? LossesBefore => step.Before?.Losses;
    /// <summary>
    /// The age at which connections end at any count: a timer, and no limit; null where none was seen.
    /// </summary>
    public double? EndsAtAge => result?.EndsAtAge;
    /// <summary>By the target's address; empty or one row where it has one.</summary>
    public ImmutableArray<AddressCount> Addresses => (result?.Addresses ?? []).OrNone();
    /// <summary>Whether the target still answered after the count; null for a step that was not attempted.</summary>
    public TargetAnswer? TargetAnswer => result?.TargetAnswer;
    /// <summary>What the step cost; every key is null where it could not be read.</summary>
    public StepResources? Resources => result?.Resources;

    internal static OrderedDictionary<string, int> FailuresOf(StepResult? result) => new(InOrder(result?.Failures));

    private static IEnumerable<KeyValuePair<string, T>> InOrder<T>(
        ImmutableSortedDictionary<FailureClass, T>? entries) =>
        entries is null ? [] : entries.Select(entry => KeyValuePair.Create(entry.Key.ToString(), entry.Value));
}

/// <summary>The search for the exact limit.</summary>
internal sealed class SearchData(SearchResult search)
{
    /// <summary>Why it ended, or did not begin.</summary>
    public string Ended => search.Ended;
    /// <summary>How long all of it took.</summary>
    public double? Seconds => search.Seconds;
    /// <summary>The probes in order.</summary>
    public IEnumerable<ProbeData> Tries => search.Probes.Each(probe => new ProbeData(probe));
    /// <summary>The highest count that held 99 %.</summary>
    public int? Holds => search.Limit?.Holds;
    /// <summary>The lowest that did not.</summary>
    public int? Breaks => search.Limit?.Breaks;
    /// <summary>
    /// The same limit where connections are opened slowly; null where the pace makes no difference or was not tried.
    /// </summary>
    public PacedData? Paced => search.Paced is { } paced ? new(paced) : null;
}

/// <summary>One probe of the search.</summary>
internal sealed class ProbeData(SearchProbe probe)
{
    /// <summary>From 1.</summary>
    public int Number => probe.Number;
    /// <summary>With nothing open; added to what was open; the same, slowly.</summary>
    public ProbeKind Kind => probe.Kind;
    /// <summary>Handshakes at once.</summary>
    public int InFlight => probe.Pace.InFlight;
    /// <summary>Opens per second; null is unlimited.</summary>
    public double? Rate => probe.Pace.Rate;
    /// <summary>The connections that the probe wanted.</summary>
    public int Sessions => probe.Result.Sessions;
    /// <summary>Handshakes started.</summary>
    public int Attempted => probe.Result.Attempted;
    /// <summary>Handshakes completed and checked.</summary>
    public int Opened => probe.Result.Opened;
    /// <summary>Open at one instant at the end of the hold, each responsive.</summary>
    public int Held => probe.Result.Held;
    /// <summary>Whether 99 % were held.</summary>
    public bool Holds => probe.Holds;
    /// <summary>Opening, holding and counting.</summary>
    public double? Seconds => probe.Result.Seconds;
    /// <summary>Failed connections by class.</summary>
    public OrderedDictionary<string, int> Failures => StepData.FailuresOf(probe.Result);
}

/// <summary>A limit that lies higher where connections are opened slowly.</summary>
internal sealed class PacedData(PacedLimit paced)
{
    /// <summary>Handshakes at once.</summary>
    public int InFlight => paced.Pace.InFlight;
    /// <summary>Opens per second; null is unlimited.</summary>
    public double? Rate => paced.Pace.Rate;
    /// <summary>The most that were held at that pace.</summary>
    public int Held => paced.Held;
    /// <summary>The highest count that held 99 % at that pace.</summary>
    public int Holds => paced.Limit.Holds;
    /// <summary>The lowest that did not; null where no limit was reached.</summary>
    public int? Breaks => paced.Limit.Breaks;
}

/// <summary>The self-test: whether the suite counts right what a server does that misbehaves in a known way.</summary>
internal sealed class SelfTestData(SelfTestResult result)
{
    /// <summary>Whether every reading was true, and there is at least one.</summary>
    public bool IsTrue => result.IsTrue;
    /// <summary>How long all of it took.</summary>
    public double? Seconds => result.Seconds;
    /// <summary>How long the suite's control group was throttled meanwhile; null where not known.</summary>
    public double? ThrottledSeconds => result.ThrottledSeconds;
    /// <summary>In order.</summary>
    public ImmutableArray<SelfTestReading> Readings => result.Readings.OrNone();
}
