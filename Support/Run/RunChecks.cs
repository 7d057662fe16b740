using System.Collections.Immutable;
using Support.Host;
using Support.Settings;

namespace Support.Run;

/// <summary>A check of a run: its id and title are known before anything is read.</summary>
public sealed class RunCheck
{
    internal RunCheck(string id, string title, Func<CancellationToken, Task<Finding>> find) =>
        (Id, Title, Find) = (id, title, find);

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

    private readonly RunContext run;
    private readonly SelfTest selfTest;

    internal RunChecks(
        RunContext run, SelfTest selfTest, TargetUnderTest target, ImmutableArray<DeferredCheck> task,
        ImmutableArray<DeferredCheck> deployed)
    {
        (this.run, this.selfTest) = (run, selfTest);
        Before =
        [
            new(SettingsId, SettingsTitle, _ => Task.FromResult(OfSettings())),
            .. EnvironmentCheck.All.Select(
                check => new RunCheck(check.Id, check.Title, token => FindAsync(target, check, token))),
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
        if (check.Id != SettingsId && !run.Parts.Settings.IsUsable)
            return (null, "not checked: the settings cannot be used");
        return await FindAsync(check, run.Record.Add, "checked", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs a check after the last step, and keeps what it finds.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public async Task<(Finding? Finding, string? WhyNot)> CompareAsync(
        RunCheck check, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(check);
        return run.Stopped is { } stopped
            ? (null, $"not compared: {stopped}")
            : await FindAsync(check, run.Record.AddDeployed, "compared", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is wrong with the settings in a few words: which ones.</summary>
    internal static string Names(SettingsResult settings) =>
        string.Join(", ", settings.Problems.Select(problem => problem.Name).Distinct());

    private static RunCheck Of(DeferredCheck check) => new(check.Id, check.Title, check.RunAsync);

    // A finding like any other, so that a report on bad settings has the same form.
    private Finding OfSettings()
    {
        var settings = run.Parts.Settings;
        var (outcome, actual, next) = settings.IsUsable
            ? (CheckOutcome.Passed, "all are", "")
            : (CheckOutcome.Critical, string.Join('\n', settings.Problems), SettingsProblems.Next);
        return new(SettingsId, SettingsTitle, outcome, "every setting is known and in its bounds", actual, next);
    }

    private async Task<Finding> FindAsync(
        TargetUnderTest target, EnvironmentCheck check, CancellationToken cancellationToken)
    {
        var finding = await target.FindAsync(check, cancellationToken).ConfigureAwait(false);
        // The machine has been read by now: what the servers take changes no finding, and they are there when the
        // self-test needs them.
        selfTest.Prepare();
        return finding;
    }

    // A stopped task has little time, and a question to AWS may take 20 s.
    private async Task<(Finding? Finding, string? WhyNot)> FindAsync(
        RunCheck check, Action<Finding> keep, string done, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, run.Interruption.Token);
        try
        {
            var finding = await check.Find(either.Token).ConfigureAwait(false);
            keep(finding);
            run.Screen.Show(finding);
            return (finding, null);
        }
        catch (OperationCanceledException) when (run.Interruption.Token.IsCancellationRequested)
        {
            return (null, $"not {done}: {run.Stopped}");
        }
    }
}
