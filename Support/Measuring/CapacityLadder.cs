using System.Collections.Immutable;
using Support.Settings;

namespace Support.Measuring;

/// <summary>
/// The steps of a run in order; at least one, ascending. Its shape comes from the settings alone, so it is known at
/// discovery.
/// </summary>
internal sealed record CapacityLadder
{
    private CapacityLadder(ImmutableArray<CapacityStep> steps) => Steps = steps;

    /// <summary>The steps, lowest first.</summary>
    public ImmutableArray<CapacityStep> Steps { get; }

    /// <summary>The connections of the last step.</summary>
    public int Top => Steps[^1].Sessions;

    /// <summary>Builds the ladder that the settings describe.</summary>
    /// <exception cref="ArgumentException">
    /// There is no step, or they don't ascend. The settings reader reports both first.
    /// </exception>
    public static CapacityLadder From(LadderSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var sessions = settings.Steps.IsDefault ? [] : settings.Steps;
        if (sessions.IsEmpty || sessions.Zip(sessions.Skip(1)).Any(pair => pair.First >= pair.Second))
            throw new ArgumentException(
                $"Ladder.Steps was '{string.Join(',', sessions)}'; allowed: at least one step, ascending.",
                nameof(settings));
        return new([.. sessions.Select((count, index) => new CapacityStep(index + 1, count))]);
    }
}

/// <summary>One rung: so many connections, opened, held, pinged and counted.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Sessions">The connections to attempt; 1 to 1,000,000.</param>
public sealed record CapacityStep(int Number, int Sessions);
