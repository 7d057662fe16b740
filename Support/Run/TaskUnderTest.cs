using System.Runtime.InteropServices;
using Support.Host;
using Support.Plan;
using Support.Settings;
using Support.Sizes;

namespace Support.Run;

/// <summary>
/// What one task is, for estimate, plan and cost: as set, else what is measured, else what is deployed, else this
/// machine where the server runs on it.
/// </summary>
internal sealed class TaskUnderTest(RunContext run, TargetUnderTest target, EcsContext ecs, SizeMeasurement sizes)
{
    private EstimateInput? machine;

    /// <summary>
    /// The architecture of this process as a task definition names it, <c>ARM64</c> or <c>X86_64</c>.
    /// </summary>
    public static string Architecture =>
        RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64
            ? "ARM64"
            : "X86_64";

    /// <summary>
    /// The check that the estimate reaches what is required; it shows the estimate before anything is measured.
    /// </summary>
    public DeferredCheck Check => EstimateCheck.For(EstimateAsync, run.Settings?.Gate.RequiredConnections);

    private PlanSettings Plan => run.Settings?.Plan ?? new();

    /// <summary>What one task is, as far as it is known by now; null where it is not.</summary>
    /// <param name="found">What was found at sizes; null in a run without them.</param>
    public PlannedTask? Of(SizeReport? found)
    {
        var known = Known(found);
        if (Plan.Size is not { } name || MachineSizes.Find(name) is not { } size)
            return known;
        // What is set is measured only where it is the same, or where it is all that is known of a server elsewhere.
        return known?.Task.Size == size
            ? known with { Task = known.Task with { From = "Plan.Size" } }
            : new(new(size, "Plan.Size", known?.Task.Architecture), IsMeasured: known is null);
    }

    private PlannedTask? Known(SizeReport? found)
    {
        if (sizes.IsOn)
            return OfSizes(found);
        if (!target.IsHere
            && EstimateInput.Of(ecs.ServiceDefinition, "the task definition of Aws.Service") is { } service)
            return new(service, IsMeasured: true);
        if (run.Settings?.Target.Url is null && ecs.Known.Task?.Size is { } own
            && MachineSizes.Find(own) is { } task)
            return new(new(task, "the task of this run", Architecture), IsMeasured: true);
        if (EstimateInput.Of(ecs.NamedDefinition, "Aws.TaskDefinition") is { } named)
            return new(named, IsMeasured: false);
        return machine is null ? null : new(machine, IsMeasured: true);
    }

    // Before a size is measured it is that of the task definition, else the first that is asked for.
    private PlannedTask? OfSizes(SizeReport? found)
    {
        if (sizes.Known is not { } plan)
            return null;
        var chosen = plan.Cases.FirstOrDefault(size => size.Label == found?.Chosen)
            ?? plan.Cases.FirstOrDefault(size => size.Origins.Contains(SizeOrigin.Definition))
            ?? plan.Cases.FirstOrDefault();
        return chosen is null ? null : new(
            new(
                MachineSizes.OfTask(chosen.Size), "the size that is measured", plan.Definition?.Architecture,
                chosen.Declared.DescriptorsHard),
            IsMeasured: true);
    }

    private async Task<CapacityEstimate?> EstimateAsync(CancellationToken cancellationToken)
    {
        if (target.IsHere && await target.TryContextAsync(cancellationToken).ConfigureAwait(false) is { } context)
            machine = EstimateInput.OfMachine(await context.FactsAsync(cancellationToken).ConfigureAwait(false));
        return Of(null) is { } task ? Estimator.Estimate(task.Task, Plan, measured: null) : null;
    }
}
