using Support.Measuring.SelfTest;

namespace CapacityTests;

/// <summary>The meter's calibration: once a run, before the first step, whoever asks first.</summary>
internal static class Meter
{
    private static readonly TimeProvider Time = TimeProvider.System;

    private static MeterServers? servers;

    /// <summary>Starts the servers that the meter is tried on, so that they are there when it is; returns at once.</summary>
    public static void Prepare() => servers ??= MeterServers.Start(
        CalibrationDraw.From(Random.Shared.Next()), CapacityRun.Settings.Settings!.Target.Url?.Scheme == Uri.UriSchemeWss);

    /// <summary>Ends those servers where nobody tried the meter.</summary>
    public static ValueTask EndAsync() => CapacityRun.Record.Calibration is null && servers is { } idle ? idle.DisposeAsync() : ValueTask.CompletedTask;

    /// <summary>Calibrates where that is not done yet; null where the run was stopped meanwhile.</summary>
    public static async Task<MeterCalibration?> CalibrateAsync()
    {
        if (CapacityRun.Record.Calibration is { } known)
            return known;
        try
        {
            // A kill from here on leaves a log that says which run it was.
            CapacityRun.Record.Begin();
            Prepare();
            var calibration = await new MeterCalibrator(CapacityRun.Target.Pools, Time).RunAsync(servers!, CapacityRun.Interrupted);
            CapacityRun.Record.Add(calibration);
            return calibration;
        }
        catch (OperationCanceledException) when (CapacityRun.Interrupted.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Why no step can be attempted with this meter; null where it is true.</summary>
    public static async Task<string?> WhyNotAsync()
    {
        var isNew = CapacityRun.Record.Calibration is null;
        if (await CalibrateAsync() is not { } calibration)
            return LadderStops.ByInterruption();
        // A filter left the calibration's own tests out, which show their rows themselves.
        foreach (var reading in calibration.Readings.Where(_ => isNew))
            Screen.Show(Row(reading));
        return calibration.IsTrue
            ? null
            : $"not attempted: the meter is not true: {string.Join("; ", calibration.Readings.Where(reading => !reading.IsTrue).Select(Row))}";
    }

    /// <summary>A reading in one line.</summary>
    public static string Row(MeterReading reading) => FormattableString.Invariant(
        $"{(reading.IsTrue ? "✓" : "✗")} {reading.Name} ({reading.Truth}): read as {reading.Read}{(reading.Problem is { } problem ? $"; {problem}" : "")}, in {reading.Seconds:0.00} s");
}
