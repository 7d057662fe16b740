using Support.Pool;
using Support.Reports.Files;
using Support.Settings;

namespace Support.Run;

/// <summary>What every part of a run shares.</summary>
/// <param name="Parts">What the run is made of.</param>
/// <param name="Pools">Where the connections are held.</param>
/// <param name="Reports">The folder of the reports.</param>
/// <param name="Record">What was found and measured so far.</param>
/// <param name="Interruption">Whether the run was stopped.</param>
internal sealed record RunContext(
    RunParts Parts, IPoolSource Pools, ReportFolder Reports, RunRecord Record, Interruption Interruption)
{
    /// <summary>The settings; null where they can't be used.</summary>
    public CapacitySettings? Settings => Parts.Settings.Settings;

    /// <summary>Told of everything as it happens.</summary>
    public IRunScreen Screen => Parts.Screen;

    /// <summary>The clock.</summary>
    public TimeProvider Time => Parts.Time;

    /// <summary>As in <c>the run was stopped by SIGTERM</c>; null where nothing stopped it.</summary>
    public string? Stopped => Interruption.By is { } signal ? $"the run was stopped by {signal}" : null;
}
