using System.Collections.Immutable;
using Support.Host;
using Support.Plan;
using Support.Plan.Scaling;
using Support.Reports.Documents;
using Support.Settings;
using Support.Verdict;
using static Support.Reports.Content.Numbers;
using static Support.Reports.Content.Tables;

namespace Support.Reports.Content;

/// <summary>How many tasks a service needs. All of it where a plan was asked for, else one line.</summary>
internal static class PlanContent
{
    private const string Readme = "README.md";
    private const string All = "all tasks run";
    private const string Load = "Load";
    private const string Scaling = "Scaling";
    private const string Cost = "Cost";

    /// <summary>The plan.</summary>
    internal static IEnumerable<Block> Of(CapacityReport report)
    {
        var plan = report.Plan;
        var line = $"Tasks needed for {Count(plan.TargetConnections)} connections: {Content.Summary.Tasks(report)}";
        if (!plan.IsAskedFor || plan.Desired is null)
            return [new Block.Paragraph(line + ".")];
        return
        [
            .. plan.Doubt is { } doubt
                ?
                [
                    new Block.Callout(
                        Tone.Warning,
                        $"The limit may not be that of one task: {doubt.TrimEnd('.')}. No policies were written."),
                ]
                : ImmutableArray<Block>.Empty,
            new Block.Figures([.. Figures(report)]),
            new Block.Table(
                [.. Words("What can happen"), .. Counts("Tasks"), .. Words("Arithmetic")],
                [.. plan.Needs.Select(need => Row(Need(need.Kind, plan.Settings), Count(need.Tasks), need.Basis))],
                "Tasks needed for each thing that can happen"),
            .. plan.Loads.IsEmpty ? ImmutableArray<Block>.Empty : Loads(plan),
            .. plan.Table.IsEmpty ? ImmutableArray<Block>.Empty : Targets(plan),
            new Block.Bullets([.. plan.Notes.Select(note => (Text)note)]),
            .. Files(report),
        ];
    }

    /// <summary>The plan on the screen, where somebody asked for it.</summary>
    /// <param name="report">The finished report.</param>
    /// <param name="policies">Where the policies are.</param>
    internal static IEnumerable<Figure> Summary(CapacityReport report, string policies)
    {
        if (!report.Plan.IsAskedFor)
            return [];
        var plan = Figures(report).Where(figure =>
            figure.Name is Load or Scaling or Cost && report.Plan.Desired is not null)
            .Select(figure => figure with { Note = figure.Name == Cost && report.Plan.Cost is not null ? null
                : figure.Note });
        return
        [
            .. report.Plan.Estimate is { } estimate ? [new Figure("Expected", Expected(estimate))]
                : Array.Empty<Figure>(),
            .. plan,
            .. report.Plan is { Doubt: { } doubt, Desired: not null }
                ? [new Figure("Plan in doubt", doubt, Tone: Tone.Warning)]
                : Array.Empty<Figure>(),
            .. HasFiles(report) ? [new Figure("Policies", policies)] : Array.Empty<Figure>(),
        ];
    }

    /// <summary>What one task was expected to hold, and by what; nothing where no plan was asked for.</summary>
    internal static IEnumerable<Block> Estimate(CapacityReport report)
    {
        if (report.Plan is not { IsAskedFor: true, Estimate: { } estimate })
            yield break;
        yield return new Block.Paragraph($"Expected of {Title(estimate)}: {Expected(estimate)}.");
        yield return new Block.Paragraph(report.Plan.Comparison?.Words ?? (report.Verdict.PeakConnections is null
            ? "Not compared: nothing was measured."
            : "Not compared: the server that was measured is not known to be of this size."));
        yield return Ceilings(estimate);
        yield return new Block.Paragraph(Arithmetic(estimate));
    }

    private static IEnumerable<Figure> Figures(CapacityReport report)
    {
        var plan = report.Plan;
        yield return new(
            "Tasks needed", $"{Content.Summary.Tasks(report)} for {Count(plan.TargetConnections)} connections",
            plan.TasksNeeded == plan.Desired ? null : $"{Count(plan.TasksNeeded)} by the buffer alone");
        if (plan.ConnectionsPerTask is { } safe)
            yield return new("Per task", $"at most {Count(safe)} connections", "the recommended max");
        if (!plan.Loads.IsEmpty)
        {
            var worst = plan.Loads.MaxBy(load => load.ConnectionsPerTask)!;
            yield return new(
                Load, $"{Count(plan.Loads[0].ConnectionsPerTask)} connections per task",
                worst.Name == All ? null : $"{Count(worst.ConnectionsPerTask)} at worst: {worst.Name}");
        }

        if ((plan.TargetPerTask, plan.Minimum, plan.Maximum) is ({ } each, { } least, { } most))
        {
            yield return new(
                Scaling, $"{Count(least)} to {Count(most, "task", null)}",
                $"target {Count(each)} connections per task on average");
        }

        yield return plan.Cost is { } cost
            ? new(
                Cost, $"{Money(cost.Total)} per month",
                $"{Money(cost.Task)} per task, {Money(cost.LoadBalancers)} for load balancers; {cost.Of}{SizeOf(plan)}")
            : new(Cost, "not known", plan.CostUnknown);
    }

    private static string SizeOf(ScalingPlan plan) =>
        plan.Size is { } size ? $"; a task of {size.Name}, {plan.SizeFrom}" : "";

    private static IEnumerable<Block> Loads(ScalingPlan plan)
    {
        if (plan.ConnectionsPerTask is not ({ } safe and > 0))
            yield break;
        string Share(PlanLoad load) => Numbers.Share((double)load.ConnectionsPerTask / safe, "0");
        Tone ToneOf(PlanLoad load) => load.ConnectionsPerTask > safe ? Tone.Bad : Tone.Neutral;
        yield return new Block.Picture(new BarChart(
            "Connections per task",
            Phrases.List(plan.Loads.Select(load =>
                $"{load.Name}: {Count(load.ConnectionsPerTask)}, {Share(load)} of the recommended max")),
            new("connections per task"),
            [
                .. plan.Loads.Select(load => new Bar(load.Name,
                    [
                        new BarPart(
                            "connections", load.ConnectionsPerTask, $"{load.Name}: {Count(load.ConnectionsPerTask)}",
                            Tone: ToneOf(load)),
                    ])
                {
                    Text = $"{Count(load.Tasks)} × {Count(load.ConnectionsPerTask)} ({Share(load)})",
                }),
            ])
        {
            Marks =
            [
                .. plan.TargetPerTask is { } target
                    ? [new Mark(target, $"scaling target {Count(target)}")]
                    : ImmutableArray<Mark>.Empty,
                new Mark(safe, $"recommended max {Count(safe)}"),
            ],
        });
        yield return new Block.Table(
            [.. Words("Situation"), .. Counts("Running tasks", "Connections per task", "Of the recommended max")],
            [
                .. plan.Loads.Select(load => Row(
                    ToneOf(load), load.Name, Count(load.Tasks), Count(load.ConnectionsPerTask), Share(load))),
            ],
            "What a task carries in each situation");
    }

    private static IEnumerable<Block> Targets(ScalingPlan plan)
    {
        Line Of(string name, int series, Func<PlanRow, long> value) => new(
            name,
            [
                .. plan.Table.Select(row => new Point(
                    row.TargetConnections, value(row),
                    $"{Count(row.TargetConnections)} connections: {Count(value(row), "task", null)}")),
            ],
            series);
        var (first, last) = (plan.Table[0], plan.Table[^1]);
        yield return new Block.Picture(new LineChart(
            "Tasks over connections",
            $"{Count(first.Desired)} for {Count(first.TargetConnections)} connections, "
                + $"{Count(last.Desired)} for {Count(last.TargetConnections)}.",
            new("connections of the service", IsLogarithmic: true),
            new("tasks", IsLogarithmic: true),
            [Of("tasks needed", 0, row => row.Desired), Of("by the buffer alone", 1, row => row.TasksNeeded)]));
        yield return new Block.Table(
            [
                .. Counts(
                    "Connections", "Tasks", "By the buffer alone", "Connections per task", "Load balancers",
                    "Monthly cost"),
                .. Words("Tasks set by"),
            ],
            [
                .. plan.Table.Select(row => Row(
                    Count(row.TargetConnections), Count(row.Desired), Count(row.TasksNeeded),
                    Count(row.ConnectionsPerTask), Count(row.LoadBalancers), Money(row.Cost?.Total),
                        Short(row.BoundBy))),
            ],
            "The plan for other targets");
    }

    private static string Need(PlanNeedKind kind, PlanSettings settings) => kind switch
    {
        PlanNeedKind.Buffer => $"more connections than planned (× {Number(settings.Buffer)})",
        PlanNeedKind.Deployment => $"a deployment ({Count(settings.MinimumHealthyPercent)} % keep running)",
        PlanNeedKind.ZoneLost => $"one of {Count(settings.Zones)} zones lost",
        PlanNeedKind.Reconnect => $"all clients reconnect within {Number(settings.ReconnectWithin.TotalSeconds)} s",
        _ => "the scaling target per task",
    };

    private static string Short(PlanNeedKind kind) => kind switch
    {
        PlanNeedKind.Buffer => "buffer",
        PlanNeedKind.Deployment => "deployment",
        PlanNeedKind.ZoneLost => "lost zone",
        PlanNeedKind.Reconnect => "reconnects",
        _ => "scaling target",
    };

    private static IEnumerable<Block> Files(CapacityReport report)
    {
        if (!HasFiles(report))
            yield break;
        yield return new Block.Paragraph((Text)"Policies as files, in " + Text.Code($"{ScalingScope.Folder}/")
            + $" beside this report: {string.Join(", ", report.ScalingFiles)}.");
        Text?[] steps =
        [
            $"Is the limit final? {Final(report)}",
            IsNamed(report)
                ? null
                : (Text)"Name the service: run again with Aws.Cluster, Aws.Service and Aws.LoadBalancer; until then "
                    + Text.Code(ScalingFileNames.Commands) + " refuses.",
            report.ScalingFiles.Contains(Readme)
                ? (Text)"Read " + Text.Code($"{ScalingScope.Folder}/{Readme}") + "."
                : null,
            report.ScalingFiles.Contains(ScalingFileNames.Commands)
                ? (Text)"Apply them: " + Text.Code($"sh {ScalingScope.Folder}/{ScalingFileNames.Commands}")
                    + ", in this report's folder."
                : null,
        ];
        yield return new Block.Bullets([.. steps.OfType<Text>()], IsNumbered: true);
    }

    private static bool HasFiles(CapacityReport report) =>
        !report.ScalingFiles.IsDefaultOrEmpty && report.Plan.Doubt is null;

    private static string Final(CapacityReport report) =>
        (FoundLimit.IsOfThisClient(report.Verdict), report.Plan.IsLowerBound) switch
    {
        (true, _) => "Not yet: this client was the limit. Measure from more machines first.",
        (_, true) => "Not yet: no limit was reached. Raise the ladder first.",
        _ => "Yes: a limit was found.",
    };

    private static bool IsNamed(CapacityReport report) =>
        report.Settings.Any(setting =>
            setting.Name == "Aws.Service" && setting.Value is not (SettingFormats.None or ""));

    private static string Title(CapacityEstimate estimate) =>
        $"{estimate.Size.Name} ({Number(estimate.Size.Vcpus)} vCPU, "
        + $"{Count(estimate.Size.Memory)} MiB; {estimate.SizeFrom})";

    private static string Expected(CapacityEstimate estimate)
    {
        var range = estimate.ExpectedFrom == estimate.ExpectedTo
            ? Count(estimate.ExpectedTo)
            : $"{Count(estimate.ExpectedFrom)} to {Count(estimate.ExpectedTo)}";
        return $"{range} connections"
            + (estimate.BindsFirst is { } first ? $", limited by {first.Resource} ({Count(first.Connections)})" : "");
    }

    private static string Arithmetic(CapacityEstimate estimate) =>
        $"By memory: ({Count(estimate.Size.Memory)} MiB − {Bytes(estimate.ReservedBytes)} reserved) ÷ "
        + $"{Bytes(estimate.BytesPerConnection)} per connection = {Count(estimate.Theoretical)}. "
        + $"Reserved: {estimate.ReservedFrom}. Per connection: {estimate.BytesFrom}. "
        + "It leaves out what the server has open by itself; the predicted limits of this machine count that.";

    private static Block.Table Ceilings(CapacityEstimate estimate) =>
        HostContent.Ceilings(
            estimate.Ceilings, estimate.BindsFirst, "What each resource of one task allows", hasSide: false);
}
