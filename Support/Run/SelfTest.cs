using Support.Host;
using Support.Measuring.SelfTest;
using Support.Pool;
using Support.Verdict;

namespace Support.Run;

/// <summary>
/// Lets the pool count servers that misbehave in a known way; what a test replaces whose pool is simulated.
/// </summary>
internal interface ISelfTest : IAsyncDisposable
{
    /// <summary>
    /// Starts the servers, so that they are there when they are needed; returns at once. Later calls do nothing.
    /// </summary>
    void Prepare();

    /// <summary>Reads them; called once.</summary>
    Task<SelfTestResult> RunAsync(IPoolSource pools, CancellationToken interrupted);
}

/// <summary>The self-test of a run: once, before the first step, whoever asks first.</summary>
public sealed class SelfTest
{
    private readonly RunContext run;
    private readonly ISelfTest servers;

    internal SelfTest(RunContext run, ISelfTest servers) => (this.run, this.servers) = (run, servers);

    /// <summary>Runs it where that is not done yet.</summary>
    /// <returns>What was read, or why it was not run.</returns>
    public async Task<(SelfTestResult? Result, string? WhyNot)> RunAsync()
    {
        if (run.Settings is null)
            return (null, "the settings cannot be used");
        if (run.Record.Critical is { } critical)
            return (null, $"{critical.Title}: {critical.Actual}");
        return (await OnceAsync().ConfigureAwait(false), run.Stopped);
    }

    /// <summary>A reading in one line.</summary>
    public static string Row(SelfTestReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var mark = reading.IsTrue ? "✓" : "✗";
        var problem = reading.Problem is { } what ? $"; {what}" : "";
        return FormattableString.Invariant(
            $"{mark} {reading.Name} ({reading.Truth}): counted {reading.Read}{problem}, in {reading.Seconds:0.00} s");
    }

    /// <summary>Why nothing is measured with a reading that is not true, in one line.</summary>
    public static string Failure(SelfTestReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return reading.Lacks is null
            ? $"The suite does not count {reading.Name} right: no number can be trusted. {Row(reading)}"
            : $"This machine lacks what the self-test needs, so nothing is measured. {Row(reading)}";
    }

    /// <summary>How long all of it took, and why where that was long, in one line.</summary>
    public static string Duration(SelfTestResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var why = SelfTestText.WhyLong(result) is { } longer ? $", {longer}" : "";
        return Say($"the self-test took {result.Seconds:0.00} s in all{why}");
    }

    /// <summary>Starts the servers, so that they are there when they are needed; returns at once.</summary>
    internal void Prepare() => servers.Prepare();

    /// <summary>Why no step can be attempted with this pool; null where it reads the truth.</summary>
    internal async Task<string?> WhyNoStepAsync()
    {
        if (await OnceAsync().ConfigureAwait(false) is not { } result)
            return run.Stopped is { } stopped ? $"not attempted: {stopped}" : null;
        return result.IsTrue
            ? null
            : $"not attempted: {SelfTestText.NotTrue(result)}";
    }

    private async Task<SelfTestResult?> OnceAsync()
    {
        if (run.Record.SelfTest is { } known)
            return known;
        try
        {
            // A kill from here on leaves a log that says which run it was.
            run.Record.Begin();
            servers.Prepare();
            var result = await servers.RunAsync(run.Pools, run.Interruption.Token).ConfigureAwait(false);
            run.Record.Add(result);
            // Nothing was on the screen all that time.
            if (SelfTestText.WhyLong(result) is not null)
                run.Screen.Note(Duration(result));
            return result;
        }
        catch (OperationCanceledException) when (run.Interruption.Token.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Against two servers of this suite.</summary>
    /// <param name="tls">Whether over TLS.</param>
    /// <param name="time">The clock.</param>
    /// <param name="files">How many files a process of this suite may have open; null where not known.</param>
    internal sealed class OwnServers(bool tls, TimeProvider time, Func<long?> files) : ISelfTest
    {
        private readonly SelfTestDraw draw = SelfTestDraw.From(Random.Shared.Next());
        private SelfTestServers? servers;

        public void Prepare()
        {
            if (files() is null or >= ClientBudget.SelfTestDescriptors)
                servers ??= SelfTestServers.Start(draw, tls);
        }

        public async Task<SelfTestResult> RunAsync(IPoolSource pools, CancellationToken interrupted)
        {
            Prepare();
            return servers is null
                ? SelfTestComparison.OutOfDescriptors(draw, files() ?? 0)
                : await new SelfTestRunner(pools, time).RunAsync(servers, interrupted).ConfigureAwait(false);
        }

        public ValueTask DisposeAsync() => servers?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
