using System.Collections.Immutable;
using Support.Measuring;
using Support.Settings;
using Support.Targets;
using Support.Verdict;

namespace Support.Run;

/// <summary>
/// What a connection takes of a server that was started anew: after the plain ladder, where <c>Target.Command</c> says
/// how. At a task size it is part of the run there.
/// </summary>
public sealed class ServerMemory
{
    private readonly RunContext run;
    private readonly TargetUnderTest target;

    internal ServerMemory(RunContext run, TargetUnderTest target) => (this.run, this.target) = (run, target);

    /// <summary>Whether this suite can start the server anew.</summary>
    public bool IsOn => target.Command is not null && run.Settings?.Gate.MeasuresSizes != true;

    /// <summary>Measures, and keeps it.</summary>
    /// <returns>The stages; or why there are none.</returns>
    public async Task<(ImmutableArray<FreshStage> Stages, string? WhyNot)> MeasureAsync()
    {
        if (run.Stopped is { } stopped)
            return ([], $"not measured: {stopped}");
        if (run.Record.Faults is [var fault, ..])
            return ([], $"not measured: {fault}");
        if (Held() is not { } held)
            return ([], "not measured: no step held");
        try
        {
            var runner = await target.RenewAsync(run.Interruption.Token).ConfigureAwait(false);
            var stages = await runner.GrowAsync(
                GateSettings.SafeOf(held), run.Interruption.Token).ConfigureAwait(false);
            if (stages.IsEmpty)
                return ([], "not measured: the server did not hold this time what it held before");
            run.Record.Add(stages);
            return (stages, null);
        }
        catch (ServerStartException gone)
        {
            return ([], $"not measured: the server did not start again: {gone.Message}");
        }
        catch (OperationCanceledException) when (run.Interruption.Token.IsCancellationRequested)
        {
            return ([], $"not measured: {run.Stopped}");
        }
    }

    // The highest count that held 99 %, in the ladder or in the search.
    private int? Held() => run.Record.Steps.Select(step => step.Result)
        .Concat((run.Record.Search?.Probes ?? []).Select(probe => probe.Result)).OfType<StepResult>()
        .Where(result => result.Reaches(StepResult.HoldsShare)).Max(result => (int?)result.Held);
}
