using System.Collections.Immutable;
using Support.Aws.Deployed;
using Support.Ecs;
using Support.Ecs.Definitions;
using Support.Host;
using Support.Settings;

namespace Support.Run;

/// <summary>A check of a run: its id and title are known before anything is read.</summary>
public sealed class RunCheck
{
    internal RunCheck(string id, string title, Func<CancellationToken, Task<Finding>> find) => (Id, Title, Find) = (id, title, find);

    /// <summary>Stable and unique, as in <c>Environment.FileDescriptors</c>.</summary>
    public string Id { get; }

    /// <summary>What is checked, at most 70 characters.</summary>
    public string Title { get; }

    /// <summary>Answers the question.</summary>
    internal Func<CancellationToken, Task<Finding>> Find { get; }
}

/// <summary>
/// The checks of a run: before the first step of settings, machine, target and task, after the last of what is
/// deployed.
/// </summary>
public sealed class RunChecks
{
    private const string SettingsId = "Settings.Usable";
    private const string SettingsTitle = "Settings can be used";

    private readonly RunParts parts;
    private readonly RunRecord record;
    private readonly Interruption interruption;
    private readonly SelfTest selfTest;

    internal RunChecks(
        RunParts parts, RunRecord record, Interruption interruption, SelfTest selfTest, TargetUnderTest target,
        ImmutableArray<DeferredCheck> task, ImmutableArray<DeferredCheck> deployed)
    {
        (this.parts, this.record, this.interruption, this.selfTest) = (parts, record, interruption, selfTest);
        Before =
        [
            new(SettingsId, SettingsTitle, _ => Task.FromResult(OfSettings())),
            .. EnvironmentCheck.All.Select(check => new RunCheck(check.Id, check.Title, token => FindAsync(target, check, token))),
            .. task.Select(Of),
        ];
        After = [.. deployed.Select(Of)];
    }

    /// <summary>Those before the first step, in order; the first is that of the settings.</summary>
    public ImmutableArray<RunCheck> Before { get; }

    /// <summary>Those that compare what is deployed with the plan; empty where no service is named.</summary>
    public ImmutableArray<RunCheck> After { get; }

    /// <summary>Runs a check before the first step, and keeps what it finds.</summary>
    /// <returns>The finding, or why the check was not run.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<(Finding? Finding, string? WhyNot)> RunAsync(RunCheck check, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (check.Id != SettingsId && !parts.Settings.IsUsable)
            return (null, "not checked: the settings cannot be used");
        return await FindAsync(check, record.Add, "checked", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs a check after the last step, and keeps what it finds.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public async Task<(Finding? Finding, string? WhyNot)> CompareAsync(RunCheck check, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(check);
        return interruption.By is { } signal
            ? (null, $"not compared: the run was stopped by {signal}")
            : await FindAsync(check, record.AddDeployed, "compared", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The checks of the task that the settings and the place ask for; the estimate alone on a machine outside of ECS
    /// where no definition and no service is named.
    /// </summary>
    internal static ImmutableArray<DeferredCheck> OfTask(
        RunParts parts, EcsContext ecs, Publisher publisher, SizeMeasurement sizes, TaskUnderTest task, Func<Task<EnvironmentFacts>> machine)
    {
        if (parts.Settings.Settings is not { } settings)
            return [];
        var top = settings.Ladder.Steps[^1];
        var needs = new DefinitionNeeds { Connections = settings.Gate.RequiredConnections ?? top };
        var own = needs with
        {
            Connections = top,
            RunsTheSuite = true,
            MetricsInLog = publisher.Channel == MetricChannel.Emf,
            CallsAws = publisher.Channel == MetricChannel.Api || settings.Aws is not { ReportsBucket: null, Service: null, LoadBalancer: null },
        };
        var checks = ImmutableArray.CreateBuilder<DeferredCheck>();
        if (settings.Aws.TaskDefinition is { } file)
            checks.AddRange(DefinitionChecks.For("TaskDefinition", token => ecs.NamedDefinitionAsync(file, token), needs));
        if (settings.Gate.TaskDefinition is { } gated && gated != settings.Aws.TaskDefinition)
            checks.AddRange(DefinitionChecks.For("Gate", token => TaskDefinitionFile.ReadAsync(gated, token), needs with { Container = settings.Gate.Container }));
        if (sizes.IsOn)
            checks.Add(sizes.Check);
        if (ecs.IsInEcs)
        {
            checks.AddRange(MetadataChecks.For(ecs.MetadataAsync, token => machine().WaitAsync(token), own));
            checks.AddRange(DeployedChecks.OfTask(ecs.DeployedAsync));
            checks.AddRange(DefinitionChecks.For("Task", ecs.OwnDefinitionAsync, own));
        }

        if (settings.Aws.Service is not null)
        {
            checks.AddRange(DeployedChecks.OfService(ecs.DeployedAsync));
            checks.AddRange(DefinitionChecks.For("Service", ecs.ServiceDefinitionAsync, needs));
        }

        // The last: what one task is comes from the checks before it.
        checks.Add(task.Check);
        return checks.ToImmutable();
    }

    /// <summary>What is wrong with the settings in a few words: which ones.</summary>
    internal static string Names(SettingsResult settings) => string.Join(", ", settings.Problems.Select(problem => problem.Name).Distinct());

    private static RunCheck Of(DeferredCheck check) => new(check.Id, check.Title, check.RunAsync);

    // A finding like any other, so that a report on bad settings has the same form.
    private Finding OfSettings()
    {
        const string expected = "every setting is known and in its bounds";
        return parts.Settings.IsUsable
            ? new(SettingsId, SettingsTitle, CheckOutcome.Passed, expected, "all are", "")
            : new(SettingsId, SettingsTitle, CheckOutcome.Critical, expected, string.Join('\n', parts.Settings.Problems), SettingsProblems.Next);
    }

    private async Task<Finding> FindAsync(TargetUnderTest target, EnvironmentCheck check, CancellationToken cancellationToken)
    {
        var finding = await target.FindAsync(check, cancellationToken).ConfigureAwait(false);
        // The machine has been read by now: what the servers take changes no finding, and they are there when the
        // self-test needs them.
        selfTest.Prepare();
        return finding;
    }

    // A stopped task has little time, and a question to AWS may take 20 s.
    private async Task<(Finding? Finding, string? WhyNot)> FindAsync(RunCheck check, Action<Finding> keep, string done, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, interruption.Token);
        try
        {
            var finding = await check.Find(either.Token).ConfigureAwait(false);
            keep(finding);
            parts.Screen.Show(finding);
            return (finding, null);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return (null, $"not {done}: the run was stopped by {interruption.By}");
        }
    }
}
