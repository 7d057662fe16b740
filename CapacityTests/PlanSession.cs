using Support.Host;
using Support.Plan;
using Support.Reports;
using Support.Settings;
using Support.Sizes;

namespace CapacityTests;

/// <summary>What one task is, for estimate, plan and cost: as set, else what is measured, else what is deployed, else this machine where the server runs on it.</summary>
internal static class PlanSession
{
    private static EstimateInput? machine;

    /// <summary>The check that the estimate reaches what is required; it shows the estimate before anything is measured.</summary>
    public static DeferredCheck Check { get; } = EstimateCheck.For(EstimateAsync, CapacityRun.Settings.Settings?.Gate.RequiredConnections);

    private static PlanSettings Plan => CapacityRun.Settings.Settings?.Plan ?? new();

    /// <summary>What one task is, as far as it is known by now; null where it is not.</summary>
    /// <param name="sizes">What was found at sizes; null in a run without them.</param>
    public static PlannedTask? Task(SizeReport? sizes)
    {
        var known = Known(sizes);
        if (Plan.Size is not { } name || MachineSizes.Find(name) is not { } size)
            return known;
        // What is set is measured only where it is the same, or where it is all that is known of a server elsewhere.
        return known?.Task.Size == size
            ? known with { Task = known.Task with { From = "Plan.Size" } }
            : new(new(size, "Plan.Size", known?.Task.Architecture), IsMeasured: known is null);
    }

    private static PlannedTask? Known(SizeReport? sizes)
    {
        if (SizeSession.IsOn)
            return OfSizes(sizes);
        if (!CapacityRun.Target.IsHere && EstimateInputs.Of(TaskSession.ServiceDefinition, "the task definition of Aws.Service") is { } service)
            return new(service, IsMeasured: true);
        if (CapacityRun.Settings.Settings?.Target.Url is null && TaskSession.Known.Task?.Size is { } own && MachineSizes.Find(own) is { } task)
            return new(new(task, "the task of this run", TaskSession.Architecture), IsMeasured: true);
        if (EstimateInputs.Of(TaskSession.NamedDefinition, "Aws.TaskDefinition") is { } named)
            return new(named, IsMeasured: false);
        return machine is null ? null : new(machine, IsMeasured: true);
    }

    // Before a size is measured it is that of the task definition, else the first that is asked for.
    private static PlannedTask? OfSizes(SizeReport? sizes)
    {
        var cases = SizeSession.Plan.Cases;
        var chosen = cases.FirstOrDefault(size => size.Label == sizes?.Chosen) ?? cases.FirstOrDefault(size => size.Origins.Contains(SizeOrigin.Definition)) ?? cases.FirstOrDefault();
        return chosen is null ? null : new(
            new(MachineSizes.OfTask(chosen.Size), "the size that is measured", SizeSession.Plan.Definition?.Architecture, chosen.Declared.DescriptorsHard),
            IsMeasured: true);
    }

    private static async Task<CapacityEstimate?> EstimateAsync(CancellationToken cancellationToken)
    {
        if (CapacityRun.Target.IsHere && await CapacityRun.Target.TryContextAsync(cancellationToken) is { } context)
            machine = EstimateInputs.OfMachine(await context.FactsAsync(cancellationToken));
        return Task(null) is { } task ? Estimator.Estimate(task.Task, Plan, measured: null) : null;
    }
}
