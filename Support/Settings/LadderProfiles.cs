using System.Collections.Immutable;

namespace Support.Settings;

/// <summary>The named ladders: steps, threshold and deadline that were found to work together.</summary>
internal static class LadderProfiles
{
    /// <summary>The most connections that a step can ask for.</summary>
    public const int MostConnections = 1_000_000;

    /// <summary>The default first.</summary>
    public static ImmutableArray<LadderSettings> All { get; } =
    [
        new(),
        new()
        {
            Profile = "aws",
            Steps = [10, 50, 100, 200, 500, 1000, 2000, 5000],
            Threshold = 0.8,
            StepTimeout = TimeSpan.FromSeconds(60),
        },
    ];

    public static LadderSettings Named(string profile) => All.Single(known => known.Profile == profile);

    /// <summary>
    /// Ends the ladder at a step, 1 or more: cut where it goes beyond, else continued in 1-2-5 steps.
    /// </summary>
    public static LadderSettings EndingAt(LadderSettings ladder, int? last) => last is not { } end
        ? ladder
        : ladder with
        {
            LastStep = end,
            Steps = [.. ladder.Steps.Concat(OneTwoFive(ladder.Steps[^1], end)).Where(step => step < end), end],
        };

    /// <summary>
    /// Goes on in 1-2-5 steps until a safe limit of so many can be shown, which takes more than that many held.
    /// </summary>
    /// <param name="ladder">The ladder.</param>
    /// <param name="safe">The safe limit that is required, 1 or more; null leaves the ladder as it is.</param>
    public static LadderSettings Showing(LadderSettings ladder, int? safe)
    {
        var top = (int)Math.Min(MostConnections, GateSettings.Showing(safe ?? 0));
        return top <= ladder.Steps[^1]
            ? ladder
            : ladder with { Steps = [.. ladder.Steps, .. OneTwoFive(ladder.Steps[^1], top), top] };
    }

    /// <summary>The profiles in words, for the table of settings.</summary>
    public static string Describe() => string.Join(' ', All.Select(profile => Say(
        $"`{profile.Profile}`: {string.Join(", ", profile.Steps)}; threshold {profile.Threshold:0%}; ")
        + Say($"{profile.StepTimeout.TotalSeconds:0}s per step.")));

    /// <summary>All 1, 2 and 5 times a power of ten above the one and below the other, lowest first.</summary>
    public static IEnumerable<int> OneTwoFive(int above, int below)
    {
        // Long, as the last power may be beyond an int.
        for (long power = 1; power < below; power *= 10)
        {
            foreach (var step in new[] { power, 2 * power, 5 * power })
            {
                if (step > above && step < below) yield return (int)step;
            }
        }
    }
}
