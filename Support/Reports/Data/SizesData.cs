using System.Collections.Immutable;
using Support.Measuring.Search;
using Support.Plan;
using Support.Settings;
using Support.Sizes;
using Support.Targets;
using Support.Verdict;

namespace Support.Reports.Data;

/// <summary>What the server holds at task sizes.</summary>
internal sealed class SizesData(SizeReport sizes)
{
    /// <summary>Its command, or embedded.</summary>
    public string Server => sizes.Server;
    /// <summary>
    /// The size of the verdict: the task definition's, else the least that reaches what is required, else the largest;
    /// null where there is none.
    /// </summary>
    public string? Chosen => sizes.Chosen;
    /// <summary>Which of its runs: the one with the least limit; null where none was measured.</summary>
    public int? ChosenRun => sizes.ChosenRun;
    /// <summary>What the costs rest on, in US dollars.</summary>
    public TaskPrice Price => sizes.Price;
    /// <summary>The sizes in the order of measuring.</summary>
    public IEnumerable<SizeData> Rows => sizes.Rows.Each(row => new SizeData(row));
    /// <summary>The change of task size; null where nothing is compared.</summary>
    public SizeChange? Change => sizes.Change;
    /// <summary>What was found when measured and accepted capacities were compared.</summary>
    public ImmutableArray<string> LockNotes => sizes.BaselineNotes.OrNone();
    /// <summary>Why the gate is missed; empty where it is met.</summary>
    public ImmutableArray<string> Missed => sizes.Missed.OrNone();
    /// <summary>Each run, in order.</summary>
    public IEnumerable<SizeRunData> Runs => sizes.Runs.Each(run => new SizeRunData(run));
}

/// <summary>One task size, over all of its runs.</summary>
internal sealed class SizeData(SizeRow row)
{
    /// <summary>As in 256/512.</summary>
    public string Label => row.Label;
    /// <summary>CPU units; 1,024 are one vCPU.</summary>
    public int Cpu => row.Size.Cpu;
    /// <summary>MiB.</summary>
    public int Memory => row.Size.Memory;
    /// <summary>Why it was measured.</summary>
    public ImmutableArray<SizeOrigin> Origins => row.Origins.OrNone();
    /// <summary>Where the numbers come from.</summary>
    public SizeSource Source => row.Source;
    /// <summary>Why there are no numbers, or none of this run.</summary>
    public string? NotMeasured => row.NotMeasured;
    /// <summary>What each run held at 99 % or better.</summary>
    public ImmutableArray<int> Limits => row.Limits.OrNone();
    /// <summary>The same as an interval.</summary>
    public IntervalData? Limit =>
        row.Limit is { } limit ? new(limit.Low, limit.Median, limit.High, limit.Spread, limit.IsLowerBound) : null;
    /// <summary>The least of the runs.</summary>
    public int? MaxReliable => row.MaxReliable;
    /// <summary>The least of the runs.</summary>
    public int? SafeLimit => row.SafeLimit;
    /// <summary>What bound it in most runs, as in memory.</summary>
    public string? BoundBy => row.BoundBy;
    /// <summary>The same in a sentence.</summary>
    public string? Cause => row.Cause;
    /// <summary>What to do about it.</summary>
    public string? Next => row.Next;
    /// <summary>What a held connection adds to the memory that the task is charged for.</summary>
    public double? BytesPerConnection => row.BytesPerConnection;
    /// <summary>Of the quota's periods, at the worst step.</summary>
    public double? ThrottledShare => row.ThrottledShare;
    /// <summary>At the highest step that held 99 %; the worst of the runs.</summary>
    public double? ConnectP95Milliseconds => row.ConnectP95;
    /// <summary>The longest start of the server.</summary>
    public double? StartSeconds => row.StartSeconds;
    /// <summary>On average.</summary>
    public double? SecondsPerRun => row.SecondsPerRun;
    /// <summary>What was expected; null where nothing is for this size.</summary>
    public ExpectedData? Expected => row.Expected is { } expected ? new(expected.From, expected.To) : null;
    /// <summary>Of one such task, in US dollars; a month has 730 hours.</summary>
    public double? CostPerMonth => row.CostPerMonth;
    /// <summary>A month, of 1,000 held connections, by the lower end of the limit; null where it holds none.</summary>
    public double? CostPerThousand => row.CostPerThousand;
}

/// <summary>A limit as an interval: the lowest and the highest of all runs.</summary>
/// <param name="Low">The least that a run found.</param>
/// <param name="Median">Of an even number of runs the lower one.</param>
/// <param name="High">The most that a run found.</param>
/// <param name="Spread">high less low.</param>
/// <param name="IsLowerBound">True where in some run no limit was reached, or the client was the limit.</param>
internal sealed record IntervalData(int Low, int Median, int High, int Spread, bool IsLowerBound);

/// <summary>What a task of a size is expected to hold.</summary>
/// <param name="From">A task that holds fewer gets a warning.</param>
/// <param name="To">Above from.</param>
internal sealed record ExpectedData(int From, int To);

/// <summary>One new server in one new control group. The steps of the chosen run stand whole under steps.</summary>
internal sealed class SizeRunData(SizeRun run)
{
    private readonly RunVerdict verdict = run.Verdict;

    /// <summary>The size.</summary>
    public string Label => run.Label;
    /// <summary>Which run at that size, from 1.</summary>
    public int Number => run.Number;
    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt => run.StartedAt;
    /// <summary>How long all of it took.</summary>
    public double? Seconds => run.Seconds;
    /// <summary>Up to the first handshake that it answered; null where it answered none.</summary>
    public double? StartSeconds => run.StartSeconds;
    /// <summary>Why the server did not start at this size: it holds nothing then.</summary>
    public string? NotStarted => run.NotStarted;
    /// <summary>Why nothing can be said of the server; null where it was measured.</summary>
    public string? Fault => run.Fault;
    /// <summary>What was in effect; null where the server did not start.</summary>
    public GroupLimits? Effective => run.Effective;
    /// <summary>Each time that the server ended, or did not answer any more, and was started anew.</summary>
    public IEnumerable<RestartData> Restarts => run.Restarts.Each(end => new RestartData(end));
    /// <summary>As in verdict.</summary>
    public int? MaxReliable => verdict.MaxReliable;
    /// <summary>As in verdict.</summary>
    public int? HeldAtOnce => verdict.PeakConnections;
    /// <summary>The search's answer; null where there is none.</summary>
    public ExactLimit? Exact => verdict.Exact;
    /// <summary>As in verdict.</summary>
    public int? SafeLimit => verdict.SafeLimit;
    /// <summary>What bound this run.</summary>
    public BottleneckData Bottleneck => new(verdict.Bottleneck);
    /// <summary>Its steps in short.</summary>
    public IEnumerable<ShortStepData> Steps => run.Steps.Each(step => new ShortStepData(step));
    /// <summary>How many the search made; null where it did not run.</summary>
    public int? Tries => run.Search?.Probes.Length;
    /// <summary>Why the search ended, or did not begin.</summary>
    public string? SearchEnded => run.Search?.Ended;
}

/// <summary>How a server ended.</summary>
internal sealed class RestartData(ServerEnd end)
{
    /// <summary>128 + n for signal n; null where it is not known, or where it still ran.</summary>
    public int? ExitCode => end.ExitCode;
    /// <summary>Processes that the kernel killed for memory.</summary>
    public long OomKills => end.OomKills;
    /// <summary>
    /// How it ended; of its standard error only words that are known, as JavaScript heap out of memory.
    /// </summary>
    public string Words => ServerEndText.Of(end).Words;
}

/// <summary>One step of a run at a task size, in short.</summary>
internal sealed class ShortStepData(JudgedStep step)
{
    /// <summary>The connections that the step wanted.</summary>
    public int Sessions => step.Sessions;
    /// <summary>Handshakes started.</summary>
    public int? Attempted => step.Result?.Attempted;
    /// <summary>Open at one instant at the end of the hold, each responsive.</summary>
    public int? Held => step.Result?.Held;
    /// <summary>How the step was judged.</summary>
    public StepOutcome Outcome => step.Outcome;
    /// <summary>Null for a reliable step.</summary>
    public string? Reason => step.Reason;
    /// <summary>Opening, holding and counting.</summary>
    public double? Seconds => step.Result?.Seconds;
    /// <summary>Failed connections by class.</summary>
    public OrderedDictionary<string, int> Failures => StepData.FailuresOf(step.Result);
}
