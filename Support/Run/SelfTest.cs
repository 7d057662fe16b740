using Support.Host;
using Support.Measuring.SelfTest;
using Support.Pool;

namespace Support.Run;

/// <summary>
/// Tries the pool on servers that misbehave in a known way; what a test replaces whose pool is simulated.
/// </summary>
internal interface ISelfTest : IAsyncDisposable
{
    /// <summary>
    /// Starts the servers, so that they are there when they are needed; returns at once. Later calls do nothing.
    /// </summary>
    void Prepare();

    /// <summary>Reads them; called once.</summary>
    Task<MeterCalibration> RunAsync(IPoolSource pools, CancellationToken interrupted);
}

/// <summary>The self-test of a run: once, before the first step, whoever asks first.</summary>
public sealed class SelfTest
{
    private readonly ISelfTest servers;
    private readonly IPoolSource pools;
    private readonly RunRecord record;
    private readonly Interruption interruption;
    private readonly IRunScreen screen;
    private readonly bool isUsable;

    internal SelfTest(RunParts parts, ISelfTest servers, IPoolSource pools, RunRecord record, Interruption interruption)
    {
        (this.servers, this.pools, this.record, this.interruption) = (servers, pools, record, interruption);
        (screen, isUsable) = (parts.Screen, parts.Settings.IsUsable);
    }

    /// <summary>Runs it where that is not done yet.</summary>
    /// <returns>What was read, or why it was not run.</returns>
    public async Task<(MeterCalibration? Calibration, string? WhyNot)> RunAsync()
    {
        if (!isUsable)
            return (null, "the settings cannot be used");
        if (record.Critical is { } critical)
            return (null, $"{critical.Title}: {critical.Actual}");
        return (await CalibrateAsync().ConfigureAwait(false), $"the run was stopped by {interruption.By}");
    }

    /// <summary>A reading in one line.</summary>
    public static string Row(MeterReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var problem = reading.Problem is { } what ? $"; {what}" : "";
        return FormattableString.Invariant(
            $"{(reading.IsTrue ? "✓" : "✗")} {reading.Name} ({reading.Truth}): read as {reading.Read}{problem}, in {reading.Seconds:0.00} s");
    }

    /// <summary>Starts the servers, so that they are there when they are needed; returns at once.</summary>
    internal void Prepare() => servers.Prepare();

    /// <summary>Why no step can be attempted with this pool; null where it reads the truth.</summary>
    internal async Task<string?> WhyNoStepAsync()
    {
        var isNew = record.Calibration is null;
        if (await CalibrateAsync().ConfigureAwait(false) is not { } calibration)
            return interruption.By is { } signal ? $"not attempted: the run was stopped by {signal}" : null;
        // A filter left the self-test's own cases out, which show their rows themselves.
        if (isNew)
            calibration.Readings.ToList().ForEach(screen.Show);
        return calibration.IsTrue
            ? null
            : $"not attempted: the meter is not true: {string.Join("; ", calibration.Readings.Where(reading => !reading.IsTrue).Select(Row))}";
    }

    private async Task<MeterCalibration?> CalibrateAsync()
    {
        if (record.Calibration is { } known)
            return known;
        try
        {
            // A kill from here on leaves a log that says which run it was.
            record.Begin();
            servers.Prepare();
            var calibration = await servers.RunAsync(pools, interruption.Token).ConfigureAwait(false);
            record.Add(calibration);
            return calibration;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Against two servers of this suite.</summary>
    internal sealed class OwnServers(bool tls, TimeProvider time) : ISelfTest
    {
        private MeterServers? servers;

        public void Prepare() => servers ??= MeterServers.Start(CalibrationDraw.From(Random.Shared.Next()), tls);

        public Task<MeterCalibration> RunAsync(IPoolSource pools, CancellationToken interrupted)
        {
            Prepare();
            return new MeterCalibrator(pools, time).RunAsync(servers!, interrupted);
        }

        public ValueTask DisposeAsync() => servers?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
