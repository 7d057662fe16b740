using System.Collections.Immutable;
using Support.Host;
using Support.Plan;
using Support.Plan.Scaling;
using Support.Reports.Documents;
using Support.Settings;
using Support.Verdict;
using static Support.Reports.Content.Tables;

namespace Support.Reports.Content;

/// <summary>How many tasks a service needs. All of it where a plan was asked for, else one line.</summary>
internal static class PlanContent
{
    private const string Readme = "README.md";
    private const string All = "all tasks run";

    /// <summary>The plan.</summary>
    internal static IEnumerable<Block> Of(CapacityReport report)
    {
        var plan = report.Plan;
        var line = $"Tasks needed for {Numbers.Count(plan.TargetConnections)} connections: {Summary.Tasks(report)}";
        if (!plan.IsAskedFor || plan.Desired is null)
            return [new Block.Paragraph(line + ".")];
        return
        [
            .. plan.Doubt is { } doubt
                ? [new Block.Callout(Tone.Warning, $"The limit may not be that of one task: {doubt.TrimEnd('.')}. No policies were written.")]
                : ImmutableArray<Block>.Empty,
            new Block.Figures([.. Figures(report)]),
            new Block.Table(
                [.. Words("What can happen"), .. Counts("Tasks"), .. Words("Arithmetic")],
                [.. plan.Needs.Select(need => Row(Need(need.Kind, plan.Settings), Numbers.Count(need.Tasks), need.Basis))],
                "Tasks needed for each thing that can happen"),
            .. plan.Loads.IsEmpty ? ImmutableArray<Block>.Empty : Loads(plan),
            .. plan.Table.IsEmpty ? ImmutableArray<Block>.Empty : Targets(plan),
            .. plan.Notes.IsEmpty ? ImmutableArray<Block>.Empty : [new Block.Bullets([.. plan.Notes.Select(note => (Text)note)])],
            .. Files(report),
        ];
    }

    /// <summary>What one task was expected to hold, and by what; nothing where no plan was asked for.</summary>
    internal static IEnumerable<Block> Estimate(CapacityReport report)
    {
        if (report.Plan is not { IsAskedFor: true, Estimate: { } estimate })
            yield break;
        yield return new Block.Paragraph($"{Title(estimate)}: {Expected(estimate)}.");
        yield return new Block.Paragraph(report.Plan.Comparison?.Words ?? (report.Verdict.HeldAtOnce is null
            ? "Not compared: nothing was measured."
            : "Not compared: the server that was measured is not known to be of this size."));
        yield return Ceilings(estimate);
        yield return new Block.Paragraph(Arithmetic(estimate));
    }

    /// <summary>The estimate as the screen shows it before the first step.</summary>
    internal static Document Screen(CapacityEstimate estimate) => new(
        "Estimate",
        [
            new Block.Paragraph($"Estimate for one task, {Title(estimate)}: {Expected(estimate)}"),
            new Block.Paragraph(Arithmetic(estimate)),
            Ceilings(estimate),
        ]);

    private static IEnumerable<Figure> Figures(CapacityReport report)
    {
        var plan = report.Plan;
        var alone = plan.TasksNeeded is { } needed && needed != plan.Desired ? $"{Numbers.Count(needed)} by the buffer alone" : null;
        yield return new("Tasks needed", $"{Summary.Tasks(report)} for {Numbers.Count(plan.TargetConnections)} connections", alone);
        if (plan.ConnectionsPerTask is { } safe)
            yield return new("Per task", $"at most {Numbers.Count(safe)} connections", "the recommended max");
        if (!plan.Loads.IsEmpty)
        {
            var worst = plan.Loads.MaxBy(load => load.ConnectionsPerTask)!;
            yield return new(
                "Load", $"{Numbers.Count(plan.Loads[0].ConnectionsPerTask)} connections per task",
                worst.Name == All ? null : $"{Numbers.Count(worst.ConnectionsPerTask)} at worst: {worst.Name}");
        }

        if ((plan.TargetPerTask, plan.Minimum, plan.Maximum) is ({ } each, { } least, { } most))
            yield return new("Scaling", $"{Numbers.Count(least)} to {Numbers.Count(most, "task", null)}", $"target {Numbers.Count(each)} connections per task on average");
        yield return plan.Cost is { } cost
            ? new("Cost", $"{Numbers.Money(cost.Total)} per month", $"{Numbers.Money(cost.Task)} per task, {Numbers.Money(cost.LoadBalancers)} for load balancers; {cost.Of}{SizeOf(plan)}")
            : new("Cost", "not known", plan.CostUnknown);
    }

    private static string SizeOf(ScalingPlan plan) => plan.Size is { } size ? $"; a task of {size.Name}, {plan.SizeFrom}" : "";

    private static IEnumerable<Block> Loads(ScalingPlan plan)
    {
        if (plan.ConnectionsPerTask is not ({ } safe and > 0))
            yield break;
        var share = (PlanLoad load) => Numbers.Share((double)load.ConnectionsPerTask / safe, "0");
        yield return new Block.Picture(new BarChart(
            "Connections per task",
            $"{string.Join("; ", plan.Loads.Select(load => $"{load.Name}: {Numbers.Count(load.ConnectionsPerTask)}, {share(load)} of the recommended max"))}.",
            new("connections per task"),
            [
                .. plan.Loads.Select(load => new Bar(load.Name,
                    [new BarPart("connections", load.ConnectionsPerTask, $"{load.Name}: {Numbers.Count(load.ConnectionsPerTask)}", Tone: load.ConnectionsPerTask > safe ? Tone.Bad : Tone.Neutral)])
                {
                    Text = $"{Numbers.Count(load.Tasks)} × {Numbers.Count(load.ConnectionsPerTask)} ({share(load)})",
                }),
            ])
        {
            Marks =
            [
                .. plan.TargetPerTask is { } target ? [new Mark(target, $"scaling target {Numbers.Count(target)}")] : ImmutableArray<Mark>.Empty,
                new Mark(safe, $"recommended max {Numbers.Count(safe)}"),
            ],
        });
        yield return new Block.Table(
            [.. Words("Situation"), .. Counts("Running tasks", "Connections per task", "Of the recommended max")],
            [.. plan.Loads.Select(load => Row(load.ConnectionsPerTask > safe ? Tone.Bad : Tone.Neutral, load.Name, Numbers.Count(load.Tasks), Numbers.Count(load.ConnectionsPerTask), share(load)))],
            "What a task carries in each situation");
    }

    private static IEnumerable<Block> Targets(ScalingPlan plan)
    {
        Line Of(string name, int series, Func<PlanRow, long> value) => new(
            name, [.. plan.Table.Select(row => new Point(row.TargetConnections, value(row), $"{Numbers.Count(row.TargetConnections)} connections: {Numbers.Count(value(row), "task", null)}"))], series);
        var (first, last) = (plan.Table[0], plan.Table[^1]);
        yield return new Block.Picture(new LineChart(
            "Tasks over connections",
            $"{Numbers.Count(first.Desired)} for {Numbers.Count(first.TargetConnections)} connections, {Numbers.Count(last.Desired)} for {Numbers.Count(last.TargetConnections)}.",
            new("connections of the service", IsLogarithmic: true),
            new("tasks", IsLogarithmic: true),
            [Of("tasks needed", 0, row => row.Desired), Of("by the buffer alone", 1, row => row.TasksNeeded)]));
        yield return new Block.Table(
            [.. Counts("Connections", "Tasks", "By the buffer alone", "Connections per task", "Load balancers", "Cost per month"), .. Words("Tasks set by")],
            [
                .. plan.Table.Select(row => Row(
                    Numbers.Count(row.TargetConnections), Numbers.Count(row.Desired), Numbers.Count(row.TasksNeeded), Numbers.Count(row.ConnectionsPerTask),
                    Numbers.Count(row.LoadBalancers), Numbers.Money(row.Cost?.Total), Short(row.BoundBy))),
            ],
            "The plan for other targets");
    }

    private static string Need(PlanNeedKind kind, PlanSettings settings) => kind switch
    {
        PlanNeedKind.Buffer => $"more connections than planned (× {Numbers.Number(settings.Buffer)})",
        PlanNeedKind.Deployment => $"a deployment ({Numbers.Count(settings.MinimumHealthyPercent)} % keep running)",
        PlanNeedKind.ZoneLost => $"one of {Numbers.Count(settings.Zones)} zones lost",
        PlanNeedKind.Reconnect => $"all clients reconnect within {Numbers.Number(settings.ReconnectWithin.TotalSeconds)} s",
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
        if (report.ScalingFiles.IsDefaultOrEmpty || report.Plan.Doubt is not null)
            yield break;
        yield return new Block.Paragraph((Text)"Policies as files, in " + Text.Code($"{ScalingScope.Folder}/") + $" beside this report: {string.Join(", ", report.ScalingFiles)}.");
        Text?[] steps =
        [
            $"Is the limit final? {Final(report)}",
            IsNamed(report)
                ? null
                : (Text)"Name the service: run again with Aws.Cluster, Aws.Service and Aws.LoadBalancer; until then " + Text.Code(ScalingFileNames.Commands) + " refuses.",
            report.ScalingFiles.Contains(Readme) ? (Text)"Read " + Text.Code($"{ScalingScope.Folder}/{Readme}") + "." : null,
            report.ScalingFiles.Contains(ScalingFileNames.Commands)
                ? (Text)"Apply them: " + Text.Code($"sh {ScalingScope.Folder}/{ScalingFileNames.Commands}") + ", in this report's folder."
                : null,
        ];
        yield return new Block.Bullets([.. steps.OfType<Text>()], IsNumbered: true);
    }

    private static string Final(CapacityReport report) => (report.Verdict.Bottleneck.Side == BottleneckSide.Client, report.Plan.IsLowerBound) switch
    {
        (true, _) => "Not yet: this client was the limit. Measure from more machines first.",
        (_, true) => "Not yet: no limit was reached. Raise the ladder first.",
        _ => "Yes: a limit was found.",
    };

    private static bool IsNamed(CapacityReport report) =>
        report.Settings.Any(setting => setting.Name == "Aws.Service" && setting.Value is not (SettingFormats.None or ""));

    private static string Title(CapacityEstimate estimate) =>
        $"{estimate.Size.Name} ({Numbers.Number(estimate.Size.Vcpus)} vCPU, {Numbers.Count(estimate.Size.Memory)} MiB; {estimate.SizeFrom})";

    private static string Expected(CapacityEstimate estimate)
    {
        var range = estimate.ExpectedFrom == estimate.ExpectedTo
            ? Numbers.Count(estimate.ExpectedTo)
            : $"{Numbers.Count(estimate.ExpectedFrom)} to {Numbers.Count(estimate.ExpectedTo)}";
        return $"{range} connections expected{(estimate.BindsFirst is { Connections: { } most } first ? $", limited by {first.Resource} ({Numbers.Count(most)})" : "")}";
    }

    private static string Arithmetic(CapacityEstimate estimate) =>
        $"By memory: ({Numbers.Count(estimate.Size.Memory)} MiB − {Numbers.Bytes(estimate.ReservedBytes)} reserved) ÷ {Numbers.Bytes(estimate.BytesPerConnection)} per connection "
        + $"= {Numbers.Count(estimate.Theoretical)}. Reserved: {estimate.ReservedFrom}. Per connection: {estimate.BytesFrom}.";

    private static Block.Table Ceilings(CapacityEstimate estimate) => HostContent.Ceilings(estimate.Ceilings, estimate.BindsFirst, "What each resource of one task allows", hasSide: false);
}
