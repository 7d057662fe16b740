using System.Collections.Immutable;
using Support.Ecs;
using Support.Host;
using Support.Measuring.Search;
using Support.Reports.Content;
using Support.Verdict;

namespace Support.Reports.Data;

/// <summary>
/// What one capacity run measured and concluded. Keys are only ever added; null means not known or not measured, never
/// zero.
/// </summary>
internal sealed class CapacityData(CapacityReport report)
{
    /// <summary>Major.minor; the major changes when a key is renamed or removed.</summary>
    public string SchemaVersion { get; } = CapacityReport.SchemaVersion;
    /// <summary>False where the run was stopped before its end.</summary>
    public bool Complete => report.Complete;
    /// <summary>What stopped the run, as in SIGTERM.</summary>
    public string? Interrupted => report.Interrupted;
    /// <summary>
    /// The earlier run that the numbers are of, where this one measured nothing and the report was made anew from
    /// steps.jsonl.
    /// </summary>
    public RebuiltData? Rebuilt => report.Rebuilt is { } rebuilt ? new(rebuilt) : null;
    /// <summary>The run itself.</summary>
    public RunFacts Run => report.Run;
    /// <summary>The server under test.</summary>
    public TargetFacts Target => report.Target;
    /// <summary>Every setting by name, as text; secrets replaced.</summary>
    public OrderedDictionary<string, string> Settings => new(
        report.Settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)));
    /// <summary>Where it ran.</summary>
    public EnvironmentData Environment => new(report);
    /// <summary>
    /// The self-test: whether the suite counts right what a server does that misbehaves in a known way; null where it
    /// did not run.
    /// </summary>
    public SelfTestData? Calibration => report.SelfTest is { } calibration ? new(calibration) : null;
    /// <summary>The steps in order, those that were not attempted included.</summary>
    public IEnumerable<StepData> Steps => report.Steps.Each(step => new StepData(step));
    /// <summary>The search for the exact limit; null where it did not run.</summary>
    public SearchData? Search => report.Search is { } search ? new(search) : null;
    /// <summary>What the run says.</summary>
    public VerdictData Verdict => new(report);
    /// <summary>How many tasks the service needs, and what each of them carries then.</summary>
    public PlanData Plan => new(report);
    /// <summary>What is deployed, compared with the plan; empty where no service was named.</summary>
    public ImmutableArray<Finding> Deployed => report.Deployed.OrNone();
    /// <summary>
    /// What the server holds at task sizes; null in a run without them. Then steps, search and verdict are those of the
    /// chosen size.
    /// </summary>
    public SizesData? Sizes => report.Sizes is { } sizes ? new(sizes) : null;
    /// <summary>Straight lines through memory against held connections.</summary>
    public IEnumerable<SlopeData> Memory => report.MemorySlopes.Each(slope => new SlopeData(slope));
    /// <summary>What the steps before a step said of its memory, and what was read; from the fourth step on.</summary>
    public IEnumerable<PredictionData> MemoryPredictions =>
        report.MemoryPredictions.Each(prediction => new PredictionData(prediction));
    /// <summary>
    /// What CloudWatch says of the service under test and its load balancer for the run's minutes; null where none was
    /// named.
    /// </summary>
    public ServiceData? Service => report.Service is { } service ? new(service) : null;
    /// <summary>
    /// What became of metrics and reports outside of the folder, as far as it was known when this was written.
    /// </summary>
    public ImmutableArray<Publication> Publications => report.Publications.OrNone();
}

/// <summary>The earlier run of a report that was made anew.</summary>
internal sealed class RebuiltData(RebuiltFrom rebuilt)
{
    /// <summary>Its id; null where its line is missing.</summary>
    public string? Run => rebuilt.RunId;
    /// <summary>When it began; null where its line is missing.</summary>
    public DateTimeOffset? StartedAt => rebuilt.StartedAt;
    /// <summary>The last step that it measured.</summary>
    public int? LastStep => rebuilt.LastStep;
    /// <summary>The last probe of a search that did not end.</summary>
    public int? LastTry => rebuilt.LastProbe;
    /// <summary>False for a run that was killed.</summary>
    public bool CameToItsEnd => rebuilt.CameToItsEnd;
    /// <summary>What stopped it; null where nothing did or where it could not be said.</summary>
    public string? Interrupted => rebuilt.Interrupted;
}

/// <summary>Where a run ran.</summary>
internal sealed class EnvironmentData(CapacityReport report)
{
    /// <summary>The ECS task that the suite ran in; null outside of one.</summary>
    public EcsData? Ecs => report.Task is TaskMetadata.Read or TaskMetadata.Unavailable ? new(report.Task) : null;
    /// <summary>What was checked before the first step, in order.</summary>
    public ImmutableArray<Finding> Checks => report.Checks.OrNone();
    /// <summary>What each resource allows; null where nothing was predicted.</summary>
    public IEnumerable<CeilingData>? Ceilings =>
        report.Ceilings is { } ceilings ? CeilingData.Of(ceilings.Rows, ceilings.BindsFirst) : null;
}

/// <summary>What one resource allows, predicted before anything is opened.</summary>
internal sealed class CeilingData(Ceiling ceiling, bool bindsFirst)
{
    /// <summary>As in file descriptors.</summary>
    public string Resource => ceiling.Resource;
    /// <summary>Whose resource it is; both where client and server share a machine.</summary>
    public string Side => ceiling.Side;
    /// <summary>
    /// The connections that it allows; null where it sets no limit or where it is not known: basis says which.
    /// </summary>
    public long? Connections => ceiling.Connections;
    /// <summary>The arithmetic behind the number, or why there is none.</summary>
    public string Basis => ceiling.Basis;
    /// <summary>How to raise it; empty where nothing is to be done.</summary>
    public string Next => ceiling.Next;
    /// <summary>Whether it is the lowest.</summary>
    public bool BindsFirst => bindsFirst;

    internal static IEnumerable<CeilingData> Of(ImmutableArray<Ceiling> rows, Ceiling? first) =>
        rows.Each(row => new CeilingData(row, ReferenceEquals(row, first)));
}

/// <summary>What the run says.</summary>
internal sealed class VerdictData(CapacityReport report)
{
    private readonly RunVerdict verdict = report.Verdict;

    /// <summary>How the run ended.</summary>
    public RunOutcome Outcome => verdict.Outcome;
    /// <summary>The whole verdict in one line.</summary>
    public string Line => VerdictLine.Of(report);
    /// <summary>Why the outcome is not passed.</summary>
    public ImmutableArray<string> Reasons => verdict.Reasons.OrNone();
    /// <summary>Gate.RequiredConnections.</summary>
    public int? RequiredConnections => report.RequiredConnections;
    /// <summary>The highest reliable step below the first unreliable one.</summary>
    public int? LadderReliable => verdict.LadderReliable;
    /// <summary>
    /// exact.held where the limit was found, else the highest count shown reliable below the first that was not.
    /// </summary>
    public int? MaxReliable => verdict.MaxReliable;
    /// <summary>The most connections that any step held.</summary>
    public int? HeldAtOnce => verdict.PeakConnections;
    /// <summary>80 % of what was held at maxReliable.</summary>
    public int? SafeLimit => verdict.SafeLimit;
    /// <summary>The search's answer; null where there is none.</summary>
    public ExactData? Exact => verdict.Exact is { } exact ? new(exact.Holds, exact.Breaks, exact.Held) : null;
    /// <summary>
    /// The limit where it differs from probe to probe, and everything is worked out from its low end; else null.
    /// </summary>
    public VaryingData? Interval => verdict.Interval is { } varies ? new(varies.Low, varies.High) : null;
    /// <summary>
    /// What in the way of opening set the limit, so that it is none of how many are held, and there is no plan; null
    /// where nothing did.
    /// </summary>
    public OpeningLimit? Opening => verdict.Opening;
    /// <summary>
    /// Warnings that come with the verdict, as where client, server and kernel do not count the same.
    /// </summary>
    public ImmutableArray<Finding> Findings => verdict.Findings.OrNone();
    /// <summary>What a service needs to hold as well and the run did not try.</summary>
    public ImmutableArray<Unproven> NotProven => verdict.NotProven.OrNone();
    /// <summary>What bound the run.</summary>
    public BottleneckData Bottleneck => new(verdict.Bottleneck);
}

/// <summary>The exact limit.</summary>
/// <param name="Holds">Held at 99 % or better.</param>
/// <param name="Breaks">Not held; null where no limit was reached, and then holds is a lower bound.</param>
/// <param name="Held">
/// The least held at once where holds were wanted and 99 % were held: less than holds where 99 % were enough.
/// </param>
internal sealed record ExactData(int Holds, int? Breaks, int? Held);

/// <summary>A limit that differs from probe to probe.</summary>
/// <param name="Low">So many are held each time.</param>
/// <param name="High">The most that a probe held.</param>
internal sealed record VaryingData(int Low, int High);

/// <summary>What bound a run, and how that is known.</summary>
internal sealed class BottleneckData(Bottleneck bottleneck)
{
    /// <summary>Whose limit it was.</summary>
    public BottleneckSide Side => bottleneck.Side;
    /// <summary>
    /// What ran out, as in memory, processor, descriptors, accept queue, its own cap, idle timeout, this client; null
    /// where that is not known or nothing did.
    /// </summary>
    public string? Resource => bottleneck.Resource?.Name();
    /// <summary>The cause in one sentence.</summary>
    public string Cause => bottleneck.Cause;
    /// <summary>What was seen, one sentence each.</summary>
    public ImmutableArray<string> Evidence => bottleneck.Evidence.OrNone();
    /// <summary>What to do.</summary>
    public string Next => bottleneck.Next;
}

/// <summary>What the steps before a step said of its memory, and what was read.</summary>
internal sealed class PredictionData(MemoryPrediction prediction)
{
    /// <summary>As in memory.</summary>
    public string Of => prediction.Of;
    /// <summary>The step.</summary>
    public int Sessions => prediction.Sessions;
    /// <summary>The connections that it held: the prediction is for these, not for those that it wanted.</summary>
    public int Held => prediction.Held;
    /// <summary>The part of the prediction that is there without a connection.</summary>
    public double BaseBytes => prediction.BaseBytes;
    /// <summary>The line through the steps before it, at that count.</summary>
    public double PredictedBytes => prediction.PredictedBytes;
    /// <summary>What was read at the count.</summary>
    public long ActualBytes => prediction.ActualBytes;
}

/// <summary>A straight line through memory against held connections.</summary>
internal sealed class SlopeData(MemorySlope slope)
{
    /// <summary>suite process, worker processes, target process, or kernel, one end.</summary>
    public string Of => slope.Of;
    /// <summary>The slope.</summary>
    public double BytesPerConnection => slope.BytesPerConnection;
    /// <summary>Whether a connection takes no more than this, and may take far less: the heap of a server that was not
    /// started anew had grown over the steps.</summary>
    public bool UpperBound => slope.IsUpperBound;
    /// <summary>Lower end of the slope's 95 % interval.</summary>
    public double? Low => slope.BytesPerConnection - slope.HalfWidth;
    /// <summary>Upper end of the slope's 95 % interval.</summary>
    public double? High => slope.BytesPerConnection + slope.HalfWidth;
    /// <summary>The baseline: memory without a connection, for each process.</summary>
    public double InterceptBytes => slope.InterceptBytes;
    /// <summary>The share of the variance that the line explains.</summary>
    public double? RSquared => slope.RSquared;
    /// <summary>Why the slope must not be planned with.</summary>
    public string? Warning => MemoryContent.Warning(slope);
    /// <summary>What was read, and the line is drawn through.</summary>
    public ImmutableArray<MemoryPoint> Points => slope.Points.OrNone();
}

/// <summary>What CloudWatch says of the service under test.</summary>
internal sealed class ServiceData(ServiceMetrics service)
{
    /// <summary>As in cluster/service.</summary>
    public string? Service => service.Service;
    /// <summary>As in app/NAME/ID.</summary>
    public string? LoadBalancer => service.LoadBalancer;
    /// <summary>The first minute, inclusive.</summary>
    public DateTimeOffset From => service.From;
    /// <summary>The end of the last minute, exclusive.</summary>
    public DateTimeOffset Until => service.Until;
    /// <summary>Why nothing could be read.</summary>
    public string? Problem => service.Problem;
    /// <summary>The metrics in the order of the report.</summary>
    public IEnumerable<MetricData> Metrics => service.Metrics.Each(metric => new MetricData(metric));
}

/// <summary>One metric of CloudWatch over the run's minutes.</summary>
internal sealed class MetricData(ServiceMetric metric)
{
    /// <summary>As CloudWatch calls it.</summary>
    public string Name => metric.Name;
    /// <summary>As CloudWatch calls it, as in Average or Sum.</summary>
    public string Statistic => metric.Statistic;
    /// <summary>As CloudWatch calls it, as in Percent.</summary>
    public string Unit => metric.Unit;
    /// <summary>What no minute may reach.</summary>
    public double? Threshold => metric.Threshold;
    /// <summary>Null is no data, never 0.</summary>
    public double? Greatest => metric.Greatest;
    /// <summary>Whether a minute reached the threshold; null where there is none or no data.</summary>
    public bool? Over => metric.IsOver;
    /// <summary>False where AWS reports it only in minutes in which it is not zero.</summary>
    public bool EveryMinute => metric.EveryMinute;
    /// <summary>What the values mean; empty where the name says it all.</summary>
    public string Note => metric.Note;
    /// <summary>Why not all of it could be read.</summary>
    public string? Problem => metric.Problem;
    /// <summary>The values by minute; empty is no data.</summary>
    public ImmutableArray<MetricPoint> Points => metric.Points.OrNone();
}
